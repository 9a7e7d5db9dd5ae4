// TestBook: a book of jobs on RocksDB in a folder of its own, with a clock that
// stands until it is moved and calls that wait for their end.
#ifndef HEIMWEG_SERVICES_OFFERS_TESTING_TEST_BOOK_H_
#define HEIMWEG_SERVICES_OFFERS_TESTING_TEST_BOOK_H_

#include <functional>
#include <future>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "services/jobs/job_kind.h"
#include "services/offers/offer_book.h"
#include "services/places/gazetteer.h"
#include "services/places/sample_places.h"
#include "services/server/call.h"
#include "services/server/errors.h"
#include "services/server/source.h"
#include "storage/engine.h"
#include "storage/store.h"
#include "storage/test_store.h"

namespace heimweg::offers::testing {

using jobs::v1::Job;

inline constexpr char kSun[] = "networks/sun";

inline Job AJob(const std::string& title = "Pflegefachkraft") {
  Job job;
  job.set_title(title);
  job.mutable_place()->set_postal_code("04924");
  return job;
}

inline Job ARow(const std::string& external_id,
                const std::string& title = "Pflegefachkraft") {
  Job job = AJob(title);
  job.set_source("csv:test");
  job.set_external_id(external_id);
  return job;
}

inline Job WithPerson(Job job) {
  job.mutable_contact_person()->set_display_name("Erika Mustermann");
  job.mutable_place()->set_street_address("Markt 1");
  return job;
}

inline std::vector<std::string> Names(const jobs::v1::ListJobsResponse& page) {
  std::vector<std::string> names;
  for (const Job& job : page.jobs()) names.push_back(job.name());
  return names;
}

inline std::string Uuid(int number) {
  return absl::StrCat("00000000-0000-4000-8000-",
                      absl::Dec(number, absl::kZeroPad12));
}

// The field paths of an INVALID_ARGUMENT status.
inline std::vector<std::string> Fields(const absl::Status& status) {
  std::vector<std::string> fields;
  for (const auto& violation : server::ViolationsOf(status)) {
    fields.push_back(violation.field);
  }
  return fields;
}

// Thread-safe but for Reopen.
class TestBook {
 public:
  using Book = OfferBook<jobs::JobKind>;
  using Import = std::function<absl::StatusOr<jobs::v1::ImportJobsResponse>(
      const jobs::v1::ImportJobsRequest&)>;
  using Watch = std::unique_ptr<server::Source<jobs::v1::WatchJobsResponse>>;

  explicit TestBook(std::function<void(BookOptions&)> adjust = {},
                    storage::TestStore::Adjust adjust_store = {})
      : store_(std::move(adjust_store)), adjust_(std::move(adjust)) {
    Open();
  }

  // On another engine than RocksDB; without Reopen.
  explicit TestBook(std::unique_ptr<storage::Engine> engine) {
    storage::StoreOptions options;
    options.clock = store_.clock().AsFunction();
    other_store_ = *storage::Store::Open(std::move(engine), options);
    Open();
  }

  Book& operator*() { return *book_; }
  Book* operator->() { return book_.get(); }
  storage::TestClock& clock() { return store_.clock(); }
  storage::Store& store() { return other_store_ ? *other_store_ : *store_; }

  void Reopen() {
    book_.reset();
    store_.Reopen();
    Open();
  }

  absl::StatusOr<Job> Create(const jobs::v1::CreateJobRequest& request) {
    Job response;
    absl::Status status = Wait([&](const Book::Done& done) {
      book_->Create(server::Call(), request, &response, done);
    });
    if (!status.ok()) return status;
    return response;
  }

  // In the network "sun"; an empty id lets the book choose.
  absl::StatusOr<Job> Create(const Job& job, const std::string& id = "",
                             const std::string& parent = kSun) {
    jobs::v1::CreateJobRequest request;
    request.set_parent(parent);
    *request.mutable_job() = job;
    request.set_job_id(id);
    return Create(request);
  }

  absl::StatusOr<Job> Get(const std::string& name, bool full = false) {
    jobs::v1::GetJobRequest request;
    request.set_name(name);
    if (full) request.set_view(type::v1::OFFER_VIEW_FULL);
    Job response;
    absl::Status status = book_->Get(request, &response);
    if (!status.ok()) return status;
    return response;
  }

  absl::StatusOr<jobs::v1::ListJobsResponse> List(
      const jobs::v1::ListJobsRequest& request) {
    jobs::v1::ListJobsResponse response;
    absl::Status status = book_->List(request, &response);
    if (!status.ok()) return status;
    return response;
  }

  absl::StatusOr<Job> Update(const jobs::v1::UpdateJobRequest& request) {
    Job response;
    absl::Status status = Wait([&](const Book::Done& done) {
      book_->Update(server::Call(), request, &response, done);
    });
    if (!status.ok()) return status;
    return response;
  }

  absl::StatusOr<Job> Update(const Job& job,
                             const std::vector<std::string>& paths = {}) {
    jobs::v1::UpdateJobRequest request;
    *request.mutable_job() = job;
    for (const std::string& path : paths) {
      request.mutable_update_mask()->add_paths(path);
    }
    return Update(request);
  }

  absl::Status Delete(const jobs::v1::DeleteJobRequest& request) {
    return Wait([&](const Book::Done& done) {
      book_->Delete(server::Call(), request, done);
    });
  }

  absl::Status Delete(const std::string& name, const std::string& etag = "") {
    jobs::v1::DeleteJobRequest request;
    request.set_name(name);
    request.set_etag(etag);
    return Delete(request);
  }

  // A stream of Import whose requests wait for their answers.
  Import StartImport() {
    return
        [stream = book_->Import()](const jobs::v1::ImportJobsRequest& request) {
          std::promise<absl::StatusOr<jobs::v1::ImportJobsResponse>> answer;
          stream(server::Call(), request,
                 [&](absl::StatusOr<jobs::v1::ImportJobsResponse> given) {
                   answer.set_value(std::move(given));
                 });
          return answer.get_future().get();
        };
  }

  absl::StatusOr<Watch> StartWatch(const std::string& token = "",
                                   const std::string& parent = "networks/-") {
    jobs::v1::WatchJobsRequest request;
    request.set_parent(parent);
    request.set_resume_token(token);
    return book_->Watch(request, [] {});
  }

 private:
  void Open() {
    BookOptions options;
    options.clock = store_.clock().AsFunction();
    options.id_seed = ++opened_;
    if (adjust_) adjust_(options);
    book_ = std::make_unique<Book>(store(), gazetteer_, options);
  }

  static absl::Status Wait(
      const std::function<void(const Book::Done&)>& start) {
    std::promise<absl::Status> end;
    start([&end](absl::Status status) { end.set_value(std::move(status)); });
    return end.get_future().get();
  }

  const places::Gazetteer gazetteer_ =
      *places::Gazetteer::Make(places::SampleTables());
  storage::TestStore store_;
  std::unique_ptr<storage::Store> other_store_;  // Used if there is one.
  const std::function<void(BookOptions&)> adjust_;
  uint64_t opened_ = 0;
  std::unique_ptr<Book> book_;
};

inline jobs::v1::ImportJobsRequest Rows(const std::vector<Job>& rows,
                                        const std::string& parent = kSun) {
  jobs::v1::ImportJobsRequest request;
  request.set_parent(parent);
  for (const Job& row : rows) *request.add_jobs() = row;
  return request;
}

}  // namespace heimweg::offers::testing

#endif  // HEIMWEG_SERVICES_OFFERS_TESTING_TEST_BOOK_H_
