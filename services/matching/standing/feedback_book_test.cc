// What households say about offers, with a real store and a real index.
#include "services/matching/standing/feedback_book.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/matching/matcher.h"
#include "services/matching/testing/feeding.h"
#include "services/places/gazetteer.h"
#include "services/server/answer_bytes.h"
#include "storage/test_store.h"
#include "tests/support/status_matchers.h"

namespace heimweg::matching {
namespace {

using ::heimweg::testing::IsOk;
using ::heimweg::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kNurse[] = "networks/n/jobs/nurse";
constexpr char kCook[] = "networks/n/jobs/cook";
constexpr char kHome[] = "networks/n/homes/h";
constexpr char kOtherHome[] = "networks/n/homes/other";

class FeedbackBookTest : public ::testing::Test {
 protected:
  FeedbackBookTest() {
    FillIndex(index_);
    EXPECT_THAT(book_.Load(), IsOk());
  }

  static jobs::v1::Job ANamedJob(const std::string& name,
                                 const std::string& kldb) {
    jobs::v1::Job job;
    job.set_name(name);
    job.set_state(type::v1::OFFER_STATE_PUBLISHED);
    job.mutable_employer()->set_display_name("Haus " + kldb);
    job.add_occupations()->set_kldb_code(kldb);
    return job;
  }

  // A nurse, a nurse's job, a cook's job and two homes.
  static void FillIndex(Index& index) {
    testing::FeedingJobs jobs(index);
    jobs.Put(ANamedJob(kNurse, "81302"));
    jobs.Put(ANamedJob(kCook, "29302"));
    jobs.Apply();
    testing::FeedingHomes homes(index);
    housing::v1::Home home;
    home.set_state(type::v1::OFFER_STATE_PUBLISHED);
    home.set_name(kHome);
    home.set_landlord("Wohnbau Süd");
    homes.Put(home);
    home.set_name(kOtherHome);
    home.clear_landlord();
    homes.Put(home);
    homes.Apply();
    testing::FeedingContacts(index).Apply();
    profiles::v1::WatchProfilesResponse response;
    auto& profile = *response.add_changes()->mutable_profile();
    profile.set_name("profiles/p");
    auto& adult = *profile.add_adults();
    adult.set_id("a");
    adult.set_seeks_job(true);
    adult.add_occupations()->set_kldb_code("81302");
    response.set_complete(true);
    response.set_revision(1);
    index.Apply(response);
  }

  absl::Status Give(const std::string& offer, v1::FeedbackKind kind) {
    v1::GiveFeedbackRequest request;
    request.set_parent("profiles/p");
    request.mutable_feedback()->set_offer(offer);
    request.mutable_feedback()->set_kind(kind);
    absl::Status result;
    book_.Give({}, request, &given_,
               [&result](absl::Status status) { result = std::move(status); });
    storage::LetWatchersRun(*store_);
    return result;
  }

  static v1::RankOffersResponse RankJobs(const Index& index) {
    return Rank(index, type::v1::OFFER_KIND_JOB);
  }
  static v1::RankOffersResponse Rank(const Index& index,
                                     type::v1::OfferKind kind) {
    const Matcher matcher(index, Places(), absl::Now);
    v1::RankOffersRequest request;
    request.set_profile("profiles/p");
    request.set_kind(kind);
    server::AnswerBytes answer;
    EXPECT_THAT(matcher.RankOffers({}, request, &answer), IsOk());
    v1::RankOffersResponse response;
    EXPECT_TRUE(response.ParseFromString(absl::StrJoin(answer.parts, "")));
    return response;
  }
  static const places::Gazetteer& Places() {
    static const places::Gazetteer* const places =
        new places::Gazetteer(*places::Gazetteer::Make({}));
    return *places;
  }
  std::vector<std::string> Ranked(
      type::v1::OfferKind kind = type::v1::OFFER_KIND_JOB) {
    std::vector<std::string> offers;
    const v1::RankOffersResponse response = Rank(index_, kind);
    for (const auto& match : response.matches()) {
      offers.push_back(match.offer());
    }
    return offers;
  }
  int32_t ScoreOf(const std::string& offer) {
    const v1::RankOffersResponse response = RankJobs(index_);
    for (const auto& match : response.matches()) {
      if (match.offer() == offer) return match.score_millionths();
    }
    return -1;
  }

  storage::TestStore store_;
  Index index_{IndexOptions{false, 8}};
  FeedbackBook book_{*store_, index_};
  v1::Feedback given_;
};

TEST_F(FeedbackBookTest, ADismissedOfferIsNotRankedAgain) {
  EXPECT_THAT(Ranked(), ElementsAre(kNurse, kCook));
  ASSERT_THAT(Give(kNurse, v1::FEEDBACK_KIND_DISMISS), IsOk());
  EXPECT_THAT(Ranked(), ElementsAre(kCook));
  EXPECT_THAT(RankJobs(index_).feedback(), SizeIs(1));
}

TEST_F(FeedbackBookTest, ABlockedEmployerIsNotRankedAgain) {
  ASSERT_THAT(Give(kNurse, v1::FEEDBACK_KIND_BLOCK_EMPLOYER), IsOk());
  EXPECT_EQ(given_.employer(), "Haus 81302");
  EXPECT_THAT(Ranked(), ElementsAre(kCook));
  EXPECT_THAT(Give(kHome, v1::FEEDBACK_KIND_BLOCK_EMPLOYER),
              StatusIs(absl::StatusCode::kFailedPrecondition));
}

TEST_F(FeedbackBookTest, ABlockedLandlordIsNotRankedAgain) {
  EXPECT_THAT(Ranked(type::v1::OFFER_KIND_HOME),
              ElementsAre(kHome, kOtherHome));
  ASSERT_THAT(Give(kHome, v1::FEEDBACK_KIND_BLOCK_LANDLORD), IsOk());
  EXPECT_EQ(given_.landlord(), "Wohnbau Süd");
  EXPECT_THAT(Ranked(type::v1::OFFER_KIND_HOME), ElementsAre(kOtherHome));
  EXPECT_THAT(Give(kOtherHome, v1::FEEDBACK_KIND_BLOCK_LANDLORD),
              StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(Give(kNurse, v1::FEEDBACK_KIND_BLOCK_LANDLORD),
              StatusIs(absl::StatusCode::kFailedPrecondition));
}

TEST_F(FeedbackBookTest, WhatIsSavedIsWishedToo) {
  const int32_t before = ScoreOf(kCook);
  ASSERT_THAT(Give(kCook, v1::FEEDBACK_KIND_SAVE), IsOk());
  EXPECT_THAT(given_.kldb_codes(), ElementsAre("29302"));
  EXPECT_GT(ScoreOf(kCook), before);
}

TEST_F(FeedbackBookTest, MoreLikeThisRaisesWeightsOnce) {
  ASSERT_THAT(Give(kCook, v1::FEEDBACK_KIND_MORE_LIKE_THIS), IsOk());
  const auto weights = RankJobs(index_).weights();
  EXPECT_EQ(weights.occupation(), 8);
  EXPECT_EQ(weights.skills(), 8);
  ASSERT_THAT(Give(kNurse, v1::FEEDBACK_KIND_MORE_LIKE_THIS), IsOk());
  EXPECT_EQ(RankJobs(index_).weights().occupation(), 8);
}

TEST_F(FeedbackBookTest, TheExplanationShowsWhatCounts) {
  ASSERT_THAT(Give(kCook, v1::FEEDBACK_KIND_SAVE), IsOk());
  ASSERT_THAT(Give(kHome, v1::FEEDBACK_KIND_DISMISS), IsOk());
  const Matcher matcher(index_, Places(), absl::Now);
  v1::ExplainMatchRequest request;
  request.set_profile("profiles/p");
  request.set_offer(kCook);
  v1::ExplainMatchResponse response;
  ASSERT_THAT(matcher.ExplainMatch({}, request, &response), IsOk());
  ASSERT_THAT(response.feedback(), SizeIs(1));  // Not what is about homes.
  EXPECT_EQ(response.feedback(0).SerializeAsString(),
            RankJobs(index_).feedback(0).SerializeAsString());
}

TEST_F(FeedbackBookTest, AnotherOpinionReplacesTheFirstAndMayBeTakenBack) {
  ASSERT_THAT(Give(kNurse, v1::FEEDBACK_KIND_DISMISS), IsOk());
  ASSERT_THAT(Give(kNurse, v1::FEEDBACK_KIND_SAVE), IsOk());
  EXPECT_THAT(Ranked(), ElementsAre(kNurse, kCook));
  v1::ListFeedbackRequest list;
  list.set_parent("profiles/p");
  v1::ListFeedbackResponse all;
  ASSERT_THAT(book_.List({}, list, &all), IsOk());
  ASSERT_THAT(all.feedback(), SizeIs(1));
  v1::DeleteFeedbackRequest request;
  request.set_name(all.feedback(0).name());
  google::protobuf::Empty nothing;
  absl::Status status;
  const auto erase = [&] {
    book_.Delete({}, request, &nothing,
                 [&status](const absl::Status& end) { status = end; });
    storage::LetWatchersRun(*store_);
  };
  erase();
  EXPECT_THAT(status, IsOk());
  EXPECT_THAT(RankJobs(index_).feedback(), IsEmpty());
  erase();
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(FeedbackBookTest, ItCountsAgainAfterARestart) {
  ASSERT_THAT(Give(kNurse, v1::FEEDBACK_KIND_DISMISS), IsOk());
  Index index(IndexOptions{false, 8});
  FeedbackBook book(*store_, index);
  ASSERT_THAT(book.Load(), IsOk());
  FillIndex(index);
  EXPECT_THAT(RankJobs(index).matches(), SizeIs(1));
  EXPECT_THAT(RankJobs(index).feedback(), SizeIs(1));
}

TEST_F(FeedbackBookTest, WhatIsNotThereIsNotFound) {
  EXPECT_THAT(Give("networks/n/jobs/none", v1::FEEDBACK_KIND_SAVE),
              StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(Give("jobs/none", v1::FEEDBACK_KIND_SAVE),
              StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(Give(kCook, v1::FEEDBACK_KIND_UNSPECIFIED),
              StatusIs(absl::StatusCode::kInvalidArgument));
}

}  // namespace
}  // namespace heimweg::matching
