#include "services/matching/offer_assignment.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/matching/index.h"
#include "services/matching/profile_runs.h"
#include "services/matching/testing/feeding.h"
#include "services/matching/testing/reading.h"
#include "services/server/errors.h"
#include "tests/support/status_matchers.h"

namespace heimweg::matching {
namespace {

using ::heimweg::testing::IsOk;
using ::heimweg::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr int64_t kAssignedAt = 1'800'000'000;

std::string SeekerName(int id) { return absl::StrCat("profiles/p", id); }
std::string OpeningName(int id) {
  return absl::StrCat("networks/a/jobs/j", id);
}

profiles::v1::Profile ASeeker(int id, const std::vector<int>& skills) {
  profiles::v1::Profile profile;
  profile.set_name(SeekerName(id));
  profile.add_adults()->set_id("a");
  profile.mutable_adults(0)->set_seeks_job(true);
  for (const int skill : skills) {
    profile.mutable_adults(0)->add_skills(absl::StrCat("skill ", skill));
  }
  return profile;
}

jobs::v1::Job AnOpening(int id, const std::vector<int>& skills,
                        int capacity = 1) {
  jobs::v1::Job job;
  job.set_name(OpeningName(id));
  job.set_state(type::v1::OFFER_STATE_PUBLISHED);
  for (const int skill : skills) {
    job.add_required_skills(absl::StrCat("skill ", skill));
  }
  if (capacity != 1) job.set_capacity(capacity);
  return job;
}

v1::AssignOffersRequest JobsAssignment() {
  v1::AssignOffersRequest request;
  request.set_kind(type::v1::OFFER_KIND_JOB);
  request.mutable_evaluation_time()->set_seconds(kAssignedAt);
  return request;
}

void Lock(v1::AssignOffersRequest& request, int profile,
          const std::string& offer) {
  v1::AssignmentLock& lock = *request.add_locks();
  lock.set_profile(SeekerName(profile));
  lock.set_offer(offer);
}

// The whole of a stream.
struct Answer {
  v1::AssignmentSummary summary;
  std::vector<v1::OfferAssignment> assignments;
  std::vector<v1::ScarceOffer> scarce_offers;
  std::string bytes;  // without the progress
};

class OfferAssignmentTest : public ::testing::Test {
 protected:
  void Store(const std::vector<jobs::v1::Job>& jobs,
             const std::vector<profiles::v1::Profile>& profiles) {
    testing::FeedingJobs feeding(index_);
    for (const jobs::v1::Job& job : jobs) feeding.Put(job);
    feeding.Apply();
    testing::FeedingHomes(index_).Apply();
    testing::FeedingContacts(index_).Apply();
    profiles::v1::WatchProfilesResponse response;
    for (const profiles::v1::Profile& profile : profiles) {
      *response.add_changes()->mutable_profile() = profile;
    }
    response.set_revision(1);
    response.set_complete(true);
    index_.Apply(response);
  }

  // Whose skills and jobs are drawn; jobs have one or two openings.
  void StoreRandom(uint32_t seed, int profiles, int jobs) {
    std::mt19937 random(seed);
    const auto skills = [&random] {
      std::vector<int> drawn(3);
      for (int& skill : drawn) skill = static_cast<int>(random() % 6);
      return drawn;
    };
    std::vector<jobs::v1::Job> all_jobs;
    for (int i = 0; i < jobs; ++i) {
      all_jobs.push_back(
          AnOpening(i, skills(), 1 + static_cast<int>(random() % 2)));
    }
    std::vector<profiles::v1::Profile> all_profiles;
    for (int i = 0; i < profiles; ++i) {
      all_profiles.push_back(ASeeker(i, skills()));
    }
    Store(all_jobs, all_profiles);
  }

  absl::StatusOr<Answer> All(const v1::AssignOffersRequest& request,
                             int threads = 2) {
    Answer answer;
    server::Background background(threads);
    ProfileRuns runs(
        index_, [] { return absl::FromUnixSeconds(kAssignedAt); }, background);
    const absl::Status end = testing::ReadAll<v1::AssignOffersResponse>(
        [&](server::Wake wake) {
          return runs.OpenAssignment(request, std::move(wake));
        },
        [&answer](const auto& message) { Add(message, answer); });
    if (!end.ok()) return end;
    return answer;
  }

  static void Add(const v1::AssignOffersResponse& message, Answer& answer) {
    if (message.has_summary()) {
      answer.summary = message.summary();
      EXPECT_EQ(message.ranked_profiles(), message.total_profiles());
      answer.bytes += message.SerializeAsString();
    }
    for (const auto& one : message.assignments()) {
      answer.assignments.push_back(one);
      answer.bytes += one.SerializeAsString();
    }
    for (const auto& one : message.scarce_offers()) {
      answer.scarce_offers.push_back(one);
    }
  }

  static std::vector<std::string> Pairs(const Answer& answer) {
    std::vector<std::string> pairs;
    for (const v1::OfferAssignment& one : answer.assignments) {
      pairs.push_back(
          absl::StrCat(one.profile().substr(one.profile().find('/') + 1), "-",
                       one.offer().substr(one.offer().rfind('/') + 1)));
    }
    return pairs;
  }

  Index index_{IndexOptions{false, 64}};
};

// The greatest total from profile `i` on, trying everything.
int64_t BestTotal(const std::vector<std::map<std::string, int32_t>>& scores,
                  size_t i, std::map<std::string, int32_t>& capacities) {
  if (i == scores.size()) return 0;
  int64_t best = BestTotal(scores, i + 1, capacities);
  for (const auto& [offer, score] : scores[i]) {
    int32_t& left = capacities[offer];
    if (left == 0) continue;
    --left;
    best = std::max(best, score + BestTotal(scores, i + 1, capacities));
    ++left;
  }
  return best;
}

TEST_F(OfferAssignmentTest, TheTotalIsTheGreatestThatThereIs) {
  for (const uint32_t seed : {1U, 2U, 3U, 4U, 5U, 6U}) {
    SCOPED_TRACE(seed);
    constexpr int kProfiles = 6;
    constexpr int kJobs = 4;
    StoreRandom(seed, kProfiles, kJobs);
    const auto answer = All(JobsAssignment());
    ASSERT_THAT(answer, IsOk());

    const Snapshot snapshot = index_.snapshot();
    const OfferPlaces places(snapshot, type::v1::OFFER_KIND_JOB);
    std::map<std::string, int32_t> capacities;
    for (int i = 0; i < kJobs; ++i) {
      capacities[OpeningName(i)] =
          places.CapacityAt(*places.Find(OpeningName(i)));
    }
    std::vector<std::map<std::string, int32_t>> scores(kProfiles);
    for (int i = 0; i < kProfiles; ++i) {
      Question question;
      question.kind = type::v1::OFFER_KIND_JOB;
      const auto wish =
          CompileWish(question, *snapshot.profiles->Find(SeekerName(i)),
                      absl::FromUnixSeconds(kAssignedAt));
      ASSERT_THAT(wish, IsOk());
      const auto ranking = Rank(snapshot, *wish, {});
      ASSERT_THAT(ranking, IsOk());
      for (const v1::Match& match : ranking->matches()) {
        scores[i][match.offer()] = match.score_millionths();
      }
    }

    int64_t total = 0;
    std::map<std::string, int32_t> left = capacities;
    for (const v1::OfferAssignment& one : answer->assignments) {
      const int id = std::stoi(one.profile().substr(10));
      EXPECT_EQ(one.score_millionths(), scores[id].at(one.offer()));
      EXPECT_EQ(one.adult(), "a");
      EXPECT_GE(--left[one.offer()], 0);
      total += one.score_millionths();
    }
    EXPECT_EQ(total, BestTotal(scores, 0, capacities));
    EXPECT_EQ(answer->summary.total_score(), total);
    EXPECT_EQ(answer->summary.best_total_score(), total);
    EXPECT_EQ(answer->summary.assigned_profiles(),
              static_cast<int64_t>(answer->assignments.size()));
    EXPECT_TRUE(std::is_sorted(answer->assignments.begin(),
                               answer->assignments.end(),
                               [](const auto& a, const auto& b) {
                                 return a.profile() < b.profile();
                               }));
  }
}

TEST_F(OfferAssignmentTest, CapacitiesAreTheOffersUnlessTheRequestNamesOthers) {
  Store({AnOpening(1, {1}, 2)},
        {ASeeker(1, {1}), ASeeker(2, {1}), ASeeker(3, {1})});
  v1::AssignOffersRequest request = JobsAssignment();

  const auto own = All(request);
  ASSERT_THAT(own, IsOk());
  EXPECT_THAT(own->assignments, SizeIs(2));
  EXPECT_EQ(own->summary.profiles_with_matches(), 3);
  EXPECT_EQ(own->summary.matched_offers(), 1);
  EXPECT_EQ(own->summary.pairs(), 3);
  ASSERT_THAT(own->scarce_offers, SizeIs(1));
  EXPECT_EQ(own->scarce_offers[0].offer(), OpeningName(1));
  EXPECT_EQ(own->scarce_offers[0].capacity(), 2);
  EXPECT_EQ(own->scarce_offers[0].shadow_price_millionths(),
            own->assignments[0].score_millionths());

  v1::OfferCapacity& capacity = *request.add_capacities();
  capacity.set_offer(OpeningName(1));
  capacity.set_capacity(3);
  const auto three = All(request);
  ASSERT_THAT(three, IsOk());
  EXPECT_THAT(three->assignments, SizeIs(3));
  EXPECT_THAT(three->scarce_offers, IsEmpty());

  request.mutable_capacities(0)->set_capacity(0);
  const auto none = All(request);
  ASSERT_THAT(none, IsOk());
  EXPECT_THAT(none->assignments, IsEmpty());
}

TEST_F(OfferAssignmentTest, CapacitiesOutliveTheMergeOfSegments) {
  for (int i = 0; i < 200; ++i) {
    testing::FeedingJobs feeding(index_);
    feeding.set_revision(static_cast<uint64_t>(i));
    feeding.Put(AnOpening(i, {1}, 1 + i % 3));
    feeding.Apply();
  }
  while (index_.Merge()) continue;

  const Snapshot snapshot = index_.snapshot();
  const OfferPlaces places(snapshot, type::v1::OFFER_KIND_JOB);
  for (int i = 0; i < 200; ++i) {
    const auto place = places.Find(OpeningName(i));
    ASSERT_TRUE(place.has_value());
    EXPECT_EQ(places.NameAt(*place), OpeningName(i));
    EXPECT_EQ(places.CapacityAt(*place), 1 + i % 3);
  }
}

TEST_F(OfferAssignmentTest, LocksStayWhateverElseWouldBeBetter) {
  // Job 2 is none of the best of anybody: it is a draft.
  jobs::v1::Job draft = AnOpening(2, {1});
  draft.set_state(type::v1::OFFER_STATE_DRAFT);
  Store({AnOpening(0, {1}), AnOpening(1, {2}), draft},
        {ASeeker(0, {1}), ASeeker(1, {2}), ASeeker(2, {1}), ASeeker(3, {2})});
  v1::AssignOffersRequest request = JobsAssignment();
  Lock(request, 0, "");
  Lock(request, 3, OpeningName(0));
  Lock(request, 1, OpeningName(2));

  const auto answer = All(request);

  ASSERT_THAT(answer, IsOk());
  EXPECT_THAT(Pairs(*answer), ElementsAre("p1-j2", "p2-j1", "p3-j0"));
  EXPECT_TRUE(answer->assignments[0].locked());
  EXPECT_EQ(answer->assignments[0].score_millionths(), 0);
  EXPECT_FALSE(answer->assignments[1].locked());
  EXPECT_TRUE(answer->assignments[2].locked());
  EXPECT_GT(answer->assignments[2].score_millionths(), 0);
  EXPECT_EQ(answer->summary.total_score(),
            answer->assignments[1].score_millionths() +
                answer->assignments[2].score_millionths());
  EXPECT_EQ(answer->summary.profiles_with_matches(), 3);
}

TEST_F(OfferAssignmentTest, LocksMayNotTakeMoreThanThereIs) {
  Store({AnOpening(0, {1})}, {ASeeker(0, {1}), ASeeker(1, {1})});
  v1::AssignOffersRequest request = JobsAssignment();
  Lock(request, 0, OpeningName(0));
  Lock(request, 1, OpeningName(0));

  const auto answer = All(request);

  EXPECT_THAT(answer, StatusIs(absl::StatusCode::kFailedPrecondition,
                               HasSubstr(OpeningName(0))));
}

TEST_F(OfferAssignmentTest, OtherMethodsSayWhatTheyLose) {
  bool lost = false;
  for (const uint32_t seed : {1U, 2U, 3U, 4U, 5U, 6U, 7U, 8U}) {
    StoreRandom(seed, 40, 20);
    v1::AssignOffersRequest request = JobsAssignment();
    const auto best = All(request);
    request.set_method(v1::ASSIGNMENT_METHOD_STABLE);
    const auto stable = All(request);
    request.set_method(v1::ASSIGNMENT_METHOD_GREEDY);
    const auto greedy = All(request);
    ASSERT_THAT(best, IsOk());
    ASSERT_THAT(stable, IsOk());
    ASSERT_THAT(greedy, IsOk());
    for (const auto& other : {stable, greedy}) {
      EXPECT_EQ(other->summary.best_total_score(), best->summary.total_score());
      EXPECT_LE(other->summary.total_score(), best->summary.total_score());
      EXPECT_THAT(other->scarce_offers, IsEmpty());
      lost |= other->summary.total_score() < best->summary.total_score();
    }
    EXPECT_EQ(stable->summary.blocking_pairs(), 0);
  }
  EXPECT_TRUE(lost);
}

TEST_F(OfferAssignmentTest, TheAnswerIsTheSameWhateverTheThreads) {
  StoreRandom(9, 300, 80);
  const auto first = All(JobsAssignment(), 1);
  ASSERT_THAT(first, IsOk());
  EXPECT_THAT(first->assignments, SizeIs(::testing::Gt(80U)));
  for (const int threads : {2, 7}) {
    const auto again = All(JobsAssignment(), threads);
    ASSERT_THAT(again, IsOk());
    EXPECT_TRUE(again->bytes == first->bytes) << threads;
  }
}

TEST_F(OfferAssignmentTest, WithoutProfilesThereIsAnEmptyAnswer) {
  Store({AnOpening(1, {1})}, {});
  const auto answer = All(JobsAssignment());
  ASSERT_THAT(answer, IsOk());
  EXPECT_NE(answer->bytes, "");
  EXPECT_THAT(answer->assignments, IsEmpty());
}

TEST_F(OfferAssignmentTest, NamesEveryWrongField) {
  Store({AnOpening(1, {1})}, {ASeeker(1, {1})});
  const auto fields = [this](const v1::AssignOffersRequest& request) {
    std::vector<std::string> names;
    for (const server::Violation& one :
         server::ViolationsOf(All(request).status())) {
      names.push_back(one.field);
    }
    return names;
  };
  v1::AssignOffersRequest request;
  request.set_limit(-1);
  request.set_network("a");
  request.set_method(static_cast<v1::AssignmentMethod>(9));
  request.add_capacities()->set_capacity(100'001);
  request.add_capacities();
  Lock(request, 1, OpeningName(1));
  Lock(request, 1, "");
  EXPECT_THAT(fields(request), ::testing::UnorderedElementsAre(
                                   "kind", "limit", "network", "method",
                                   "capacities[0].capacity",
                                   "capacities[1].offer", "locks[1].profile"));

  request = JobsAssignment();
  request.add_capacities()->set_offer(OpeningName(7));
  Lock(request, 8, OpeningName(9));
  EXPECT_THAT(
      fields(request),
      ElementsAre("capacities[0].offer", "locks[0].profile", "locks[0].offer"));
}

}  // namespace
}  // namespace heimweg::matching
