// What tests of the standing matcher share: a real store, a real index, and a
// nurse who looks for a job.
#ifndef HEIMWEG_SERVICES_MATCHING_TESTING_STANDING_FIXTURE_H_
#define HEIMWEG_SERVICES_MATCHING_TESTING_STANDING_FIXTURE_H_

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/matching/index.h"
#include "services/matching/standing/match_act.h"
#include "services/matching/standing/standing_matcher.h"
#include "services/matching/testing/feeding.h"
#include "storage/test_store.h"
#include "tests/support/status_matchers.h"

namespace heimweg::matching {

inline constexpr char kJob[] = "networks/n/jobs/j";

class StandingFixture : public ::testing::Test {
 protected:
  StandingFixture() {
    // Every store has been read once.
    feeding_.Apply();
    testing::FeedingHomes(index_).Apply();
    testing::FeedingContacts(index_).Apply();
    ApplyProfiles();
  }

  absl::Time now() { return store_.clock().AsFunction()(); }

  // A nurse who looks near one place and consented to all networks.
  profiles::v1::Profile AProfile(const std::string& id) {
    profiles::v1::Profile profile;
    profile.set_name("profiles/" + id);
    profile.set_etag("1");
    profile.set_creator("app");
    auto& adult = *profile.add_adults();
    adult.set_id("a");
    adult.set_seeks_job(true);
    adult.add_occupations()->set_kldb_code("81302");
    adult.add_skills("wundpflege");
    auto& consent = *profile.add_consents();
    consent.set_purpose(profiles::v1::CONSENT_PURPOSE_MATCHING);
    consent.set_network("networks/-");
    *consent.mutable_expire_time() = TimestampOf(now() + absl::Hours(24 * 900));
    profile.mutable_notifications()->set_enabled(true);
    profile.mutable_notifications()->set_threshold_millionths(500'000);
    return profile;
  }

  void Put(const profiles::v1::Profile& profile) {
    *change_.add_changes()->mutable_profile() = profile;
    ApplyProfiles();
    ASSERT_THAT(
        matcher_.ProfileChanged(index_.snapshot(), profile.name(), now()),
        ::heimweg::testing::IsOk());
  }
  void ApplyProfiles() {
    change_.set_complete(true);
    change_.set_revision(++profile_revision_);
    index_.Apply(change_);
    change_.Clear();
  }

  jobs::v1::Job AJob(const std::string& name = kJob,
                     const std::string& kldb = "81302") {
    jobs::v1::Job job;
    job.set_name(name);
    job.set_etag("1");
    job.set_state(type::v1::OFFER_STATE_PUBLISHED);
    job.set_title("Pflegefachkraft");
    *job.mutable_create_time() = TimestampOf(now());
    *job.mutable_update_time() = TimestampOf(now());
    job.add_occupations()->set_kldb_code(kldb);
    if (kldb[0] == '8') job.add_required_skills("wundpflege");
    return job;
  }

  void Put(const jobs::v1::Job& job) {
    feeding_.Put(job);
    feeding_.Apply();
    ASSERT_THAT(
        matcher_.OffersChanged(index_.snapshot(), {FactsOf(job)}, now()),
        ::heimweg::testing::IsOk());
  }

  void RunDue() {
    ASSERT_THAT(matcher_.DoWhatIsDue(index_.snapshot(), now()),
                ::heimweg::testing::IsOk());
  }

  std::vector<v1::StoredMatch> Matches() {
    std::vector<v1::StoredMatch> matches;
    const auto rows = records_.matches.Scan(**store_->Read(), {});
    EXPECT_THAT(rows, ::heimweg::testing::IsOk());
    for (const auto& row : *rows) matches.push_back(MatchOfRow(row));
    return matches;
  }
  v1::StoredMatch OneMatch() {
    const auto matches = Matches();
    EXPECT_THAT(matches, ::testing::SizeIs(1));
    return matches.empty() ? v1::StoredMatch() : matches[0];
  }

  absl::Status Act(const v1::StoredMatch& match, v1::MatchAction action) {
    v1::ActOnMatchRequest request;
    request.set_name(match.name());
    request.set_action(action);
    EXPECT_THAT(ActViolations(request), ::testing::IsEmpty());
    return store_->CommitAndWait([&](storage::Transaction& txn) {
      return ApplyAct(records_, *KeyOfName(match.name(), "matches"), request,
                      txn);
    });
  }

  storage::TestStore store_;
  Index index_{IndexOptions{false, 8}};
  testing::FeedingJobs feeding_{index_};
  profiles::v1::WatchProfilesResponse change_;
  uint64_t profile_revision_ = 0;
  const MatchRecords records_;
  StandingMatcher matcher_{*store_};
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_TESTING_STANDING_FIXTURE_H_
