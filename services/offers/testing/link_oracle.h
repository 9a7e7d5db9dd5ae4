// LinkOracle: which job repeats which by the rules of offer_links.h, told from
// all jobs at once by comparing each with each: no blocks, no index, no order
// of changes.
#ifndef HEIMWEG_SERVICES_OFFERS_TESTING_LINK_ORACLE_H_
#define HEIMWEG_SERVICES_OFFERS_TESTING_LINK_ORACLE_H_

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "absl/strings/str_split.h"
#include "absl/time/time.h"
#include "services/jobs/job_kind.h"
#include "services/offers/common_rules.h"
#include "services/offers/testing/test_book.h"

namespace heimweg::offers::testing {

// Thread-compatible.
class LinkOracle {
 public:
  // `jobs` with their personal parts.
  LinkOracle(std::vector<Job> jobs, absl::Time now)
      : jobs_(std::move(jobs)), now_(now) {
    std::sort(jobs_.begin(), jobs_.end(), [](const Job& a, const Job& b) {
      return std::make_tuple(ToTime(a.create_time()), Key(a)) <
             std::make_tuple(ToTime(b.create_time()), Key(b));
    });
    for (const Job& job : jobs_) by_name_[job.name()] = &job;
    LinkAlike();
    LinkJoined();
  }

  // By name, the name of the job that it repeats.
  const std::map<std::string, std::string>& links() const { return links_; }

 private:
  static std::string Network(const Job& job) {
    return std::vector<std::string>(absl::StrSplit(job.name(), '/'))[1];
  }
  static std::string Key(const Job& job) {
    return Network(job) + "/" + job.name();
  }

  bool Live(const Job& job) const {
    return job.state() == type::v1::OFFER_STATE_PUBLISHED &&
           ToTime(job.validity().end_time()) > now_;
  }

  static bool MayBeOne(const Job& a, const Job& b) {
    if (a.source() != b.source()) return true;
    if (Network(a) == Network(b)) return false;
    return a.source().empty() || a.external_id() == b.external_id();
  }

  static bool StandsFor(const Job& leader, const Job& job) {
    const absl::Time start = leader.validity().has_start_time()
                                 ? ToTime(leader.validity().start_time())
                                 : ToTime(leader.create_time());
    absl::Time shown =
        std::max(ToTime(job.create_time()), ToTime(leader.create_time()));
    if (job.validity().has_start_time()) {
      shown = std::max(shown, ToTime(job.validity().start_time()));
    }
    if (start > shown) return false;
    if (leader.visibility() == type::v1::VISIBILITY_PUBLIC) return true;
    return Network(leader) == Network(job) &&
           leader.visibility() <= job.visibility();
  }

  void LinkAlike() {
    std::map<uint64_t, size_t> of_block;
    std::vector<const Job*> leaders;
    std::map<const Job*, std::vector<const Job*>> followers;
    for (const Job& job : jobs_) {
      const uint64_t block = jobs::JobKind::BlocksOf(job).own;
      if (job.has_duplicate_ruling() || block == 0 ||
          job.state() != type::v1::OFFER_STATE_PUBLISHED ||
          of_block[block]++ >= kMostOfABlock || !Live(job)) {
        continue;
      }
      const Job* best = nullptr;
      int best_score = kLikelyOne - 1;
      for (const Job* leader : leaders) {
        const auto& others = followers[leader];
        if (!MayBeOne(*leader, job) || !StandsFor(*leader, job) ||
            !std::all_of(others.begin(), others.end(), [&](const Job* other) {
              return MayBeOne(*other, job);
            })) {
          continue;
        }
        const int score = jobs::JobKind::Likeness(*leader, job);
        if (score > best_score) {
          best = leader;
          best_score = score;
        }
      }
      if (best == nullptr) {
        leaders.push_back(&job);
      } else {
        followers[best].push_back(&job);
        links_[job.name()] = best->name();
      }
    }
  }

  void LinkJoined() {
    std::map<std::string, std::string> joined;
    for (const Job& job : jobs_) {
      if (!job.duplicate_ruling().has_same_as() || !Live(job)) continue;
      std::string other = job.duplicate_ruling().same_as();
      if (const auto found = links_.find(other); found != links_.end()) {
        other = found->second;
      }
      const auto leader = by_name_.find(other);
      if (other == job.name() || leader == by_name_.end() ||
          leader->second->duplicate_ruling().has_same_as() ||
          !Live(*leader->second) || !StandsFor(*leader->second, job)) {
        continue;
      }
      joined[job.name()] = other;
    }
    links_.merge(joined);
  }

  std::vector<Job> jobs_;
  const absl::Time now_;
  std::map<std::string, const Job*> by_name_;
  std::map<std::string, std::string> links_;
};

}  // namespace heimweg::offers::testing

#endif  // HEIMWEG_SERVICES_OFFERS_TESTING_LINK_ORACLE_H_
