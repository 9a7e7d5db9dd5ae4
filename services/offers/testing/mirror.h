// Mirror: a receiver of Watch, and the state that it should reach.
#ifndef HEIMWEG_SERVICES_OFFERS_TESTING_MIRROR_H_
#define HEIMWEG_SERVICES_OFFERS_TESTING_MIRROR_H_

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/offers/testing/test_book.h"
#include "services/server/source.h"

namespace heimweg::offers::testing {

// Jobs "0", "1" and so on, in the network "sun".
inline void ImportMany(TestBook& book, int count,
                       size_t description_bytes = 0) {
  auto import = book.StartImport();
  for (int from = 0; from < count; from += 100) {
    std::vector<Job> rows;
    for (int i = from; i < std::min(count, from + 100); ++i) {
      rows.push_back(ARow(std::to_string(i)));
      rows.back().set_description(std::string(description_bytes, 'x'));
    }
    ASSERT_TRUE(import(Rows(rows)).ok());
  }
}

// The store's public state, as Mirror holds it.
inline std::map<std::string, std::string> State(TestBook& book,
                                                const std::string& parent) {
  std::map<std::string, std::string> state;
  jobs::v1::ListJobsRequest request;
  request.set_parent(parent);
  request.set_page_size(1'000);
  request.mutable_filter()->set_include_expired(true);
  do {
    const auto page = book.List(request);
    for (const Job& job : page->jobs()) {
      state[job.name()] = job.SerializeAsString();
    }
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  return state;
}

// What a receiver of Watch holds: applies messages as its contract says.
class Mirror {
 public:
  void Apply(const jobs::v1::WatchJobsResponse& message) {
    for (const auto& change : message.changes()) {
      if (change.has_job()) {
        offers_[change.job().name()] = change.job().SerializeAsString();
      } else {
        offers_.erase(change.deleted_name());
      }
    }
    token_ = message.resume_token();
  }

  // Takes messages until there is nothing more, at most `limit` (-1: all).
  // Returns whether the last one was complete.
  absl::StatusOr<bool> Drain(server::Source<jobs::v1::WatchJobsResponse>& watch,
                             int limit = -1) {
    bool complete = false;
    for (int i = 0; i != limit; ++i) {
      jobs::v1::WatchJobsResponse message;
      auto pulled = watch.Next(&message);
      if (!pulled.ok()) return pulled.status();
      if (*pulled != server::Pull::kMessage) break;
      Apply(message);
      complete = message.complete();
    }
    return complete;
  }

  const std::map<std::string, std::string>& offers() const { return offers_; }
  const std::string& token() const { return token_; }

 private:
  std::map<std::string, std::string> offers_;
  std::string token_;
};

}  // namespace heimweg::offers::testing

#endif  // HEIMWEG_SERVICES_OFFERS_TESTING_MIRROR_H_
