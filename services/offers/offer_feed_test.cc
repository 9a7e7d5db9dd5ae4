#include "services/offers/offer_feed.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <vector>

#include "services/offers/testing/mirror.h"
#include "services/offers/testing/test_book.h"
#include "tests/support/status_matchers.h"

namespace heimweg::offers {
namespace {

using ::heimweg::offers::testing::AJob;
using ::heimweg::offers::testing::Fields;
using ::heimweg::offers::testing::ImportMany;
using ::heimweg::offers::testing::Mirror;
using ::heimweg::offers::testing::State;
using ::heimweg::offers::testing::TestBook;
using ::heimweg::testing::IsOk;
using ::heimweg::testing::IsOkAndHolds;
using ::heimweg::testing::StatusIs;
using jobs::v1::Job;
using jobs::v1::WatchJobsResponse;
using server::Pull;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Le;

TEST(OfferFeedTest, AnEmptyStoreIsCompleteAtOnce) {
  TestBook book;
  auto watch = *book.StartWatch();
  WatchJobsResponse message;
  ASSERT_THAT(watch->Next(&message), IsOkAndHolds(Pull::kMessage));
  EXPECT_TRUE(message.complete());
  EXPECT_THAT(message.changes(), IsEmpty());
  EXPECT_THAT(watch->Next(&message), IsOkAndHolds(Pull::kNothingYet));
}

TEST(OfferFeedTest, SendsTheSnapshotAndThenEachChange) {
  TestBook book;
  ASSERT_THAT(book.Create(AJob("first"), "a"), IsOk());
  auto watch = *book.StartWatch();
  WatchJobsResponse message;
  ASSERT_THAT(watch->Next(&message), IsOkAndHolds(Pull::kMessage));
  ASSERT_EQ(message.changes_size(), 1);
  EXPECT_EQ(message.changes(0).job().title(), "first");
  EXPECT_TRUE(message.complete());
  const auto created = book.Create(AJob("second"), "b");
  message.Clear();
  ASSERT_THAT(watch->Next(&message), IsOkAndHolds(Pull::kMessage));
  ASSERT_EQ(message.changes_size(), 1);
  EXPECT_EQ(message.changes(0).job().SerializeAsString(),
            created->SerializeAsString());
  EXPECT_EQ(message.revision(), (*book.store().Read())->revision());
  ASSERT_THAT(book.Delete("networks/sun/jobs/a"), IsOk());
  message.Clear();
  ASSERT_THAT(watch->Next(&message), IsOkAndHolds(Pull::kMessage));
  ASSERT_EQ(message.changes_size(), 1);
  EXPECT_EQ(message.changes(0).deleted_name(), "networks/sun/jobs/a");
}

TEST(OfferFeedTest, TellsTheNextReceiverTheSameAndThenTheRest) {
  TestBook book;
  auto first = *book.StartWatch();
  auto second = *book.StartWatch();
  auto of_another = *book.StartWatch("", "networks/moon");
  WatchJobsResponse told;
  for (auto* watch : {&first, &second, &of_another}) {
    ASSERT_THAT((*watch)->Next(&told), IsOkAndHolds(Pull::kMessage));
  }
  Job job = *book.Create(AJob("before"), "a");
  told.Clear();
  ASSERT_THAT(first->Next(&told), IsOkAndHolds(Pull::kMessage));
  job.set_title("after");
  ASSERT_THAT(book.Update(job, {"title"}), IsOk());
  WatchJobsResponse repeated;
  ASSERT_THAT(second->Next(&repeated), IsOkAndHolds(Pull::kMessage));
  EXPECT_EQ(repeated.SerializeAsString(), told.SerializeAsString());
  ASSERT_EQ(repeated.changes_size(), 1);
  EXPECT_EQ(repeated.changes(0).job().title(), "before");
  repeated.Clear();
  ASSERT_THAT(second->Next(&repeated), IsOkAndHolds(Pull::kMessage));
  ASSERT_EQ(repeated.changes_size(), 1);
  EXPECT_EQ(repeated.changes(0).job().title(), "after");
  EXPECT_TRUE(repeated.complete());
  told.Clear();
  EXPECT_THAT(second->Next(&told), IsOkAndHolds(Pull::kNothingYet));
  told.Clear();
  ASSERT_THAT(of_another->Next(&told), IsOkAndHolds(Pull::kMessage));
  EXPECT_THAT(told.changes(), IsEmpty());
  EXPECT_EQ(told.revision(), repeated.revision());
}

TEST(OfferFeedTest, OfSeveralChangesOfAJobSendsTheLast) {
  TestBook book;
  auto watch = *book.StartWatch();
  Mirror mirror;
  ASSERT_THAT(mirror.Drain(*watch), IsOk());
  Job job = *book.Create(AJob("1"), "a");
  for (const char* title : {"2", "3"}) {
    job.clear_etag();
    job.set_title(title);
    ASSERT_THAT(book.Update(job), IsOk());
  }
  WatchJobsResponse message;
  ASSERT_THAT(watch->Next(&message), IsOkAndHolds(Pull::kMessage));
  ASSERT_EQ(message.changes_size(), 1);
  EXPECT_EQ(message.changes(0).job().title(), "3");
}

TEST(OfferFeedTest, NeverCarriesThePersonalPart) {
  TestBook book;
  auto watch = *book.StartWatch();
  Job job = AJob();
  job.mutable_contact_person()->set_email("a@example.org");
  job.mutable_place()->set_street_address("Markt 1");
  ASSERT_THAT(book.Create(job, "a"), IsOk());
  WatchJobsResponse message;
  ASSERT_THAT(watch->Next(&message), IsOk());
  ASSERT_EQ(message.changes_size(), 1);
  EXPECT_FALSE(message.changes(0).job().has_contact_person());
  EXPECT_EQ(message.changes(0).job().place().street_address(), "");
}

TEST(OfferFeedTest, WakesAfterEveryCommit) {
  TestBook book;
  jobs::v1::WatchJobsRequest request;
  request.set_parent("networks/-");
  std::atomic<int> woken = 0;
  auto watch = book->Watch(request, [&woken] { ++woken; });
  ASSERT_THAT(watch, IsOk());
  ASSERT_THAT(book.Create(AJob()), IsOk());
  // The watcher of a commit runs before the next one's Done.
  ASSERT_THAT(book.Create(AJob()), IsOk());
  EXPECT_GE(woken, 1);
}

TEST(OfferFeedTest, MessagesAreSmallAndOnlyTheLastOneIsComplete) {
  TestBook book;
  ImportMany(book, 600);
  auto watch = *book.StartWatch();
  std::vector<int> sizes;
  std::vector<bool> complete;
  for (;;) {
    WatchJobsResponse message;
    const auto pulled = watch->Next(&message);
    ASSERT_THAT(pulled, IsOk());
    if (*pulled == Pull::kNothingYet) break;
    sizes.push_back(message.changes_size());
    complete.push_back(message.complete());
  }
  EXPECT_THAT(sizes, ElementsAre(256, 256, 88));
  EXPECT_THAT(complete, ElementsAre(false, false, true));
}

TEST(OfferFeedTest, MessagesStayBelowOneMebibyte) {
  TestBook book;
  auto late = *book.StartWatch();
  WatchJobsResponse message;
  ASSERT_THAT(late->Next(&message), IsOk());
  ImportMany(book, 200, 9'000);
  auto early = *book.StartWatch();
  for (auto* watch : {late.get(), early.get()}) {
    Mirror mirror;
    for (;;) {
      message.Clear();
      const auto pulled = watch->Next(&message);
      ASSERT_THAT(pulled, IsOk());
      if (*pulled == Pull::kNothingYet) break;
      EXPECT_THAT(message.ByteSizeLong(), Le(1u << 20));
      mirror.Apply(message);
    }
    EXPECT_EQ(mirror.offers(), State(book, "networks/-"));
  }
}

TEST(OfferFeedTest, ANetworkSeesItsOwnChangesAndEveryRevision) {
  TestBook book;
  auto watch = *book.StartWatch("", "networks/sun");
  Mirror mirror;
  ASSERT_THAT(mirror.Drain(*watch), IsOk());
  ASSERT_THAT(book.Create(AJob(), "a", "networks/moon"), IsOk());
  WatchJobsResponse message;
  ASSERT_THAT(watch->Next(&message), IsOkAndHolds(Pull::kMessage));
  EXPECT_THAT(message.changes(), IsEmpty());
  EXPECT_TRUE(message.complete());
  EXPECT_EQ(message.revision(), (*book.store().Read())->revision());
}

TEST(OfferFeedTest, RefusesTokensOfAnotherStoreOrParentAndNone) {
  TestBook book;
  auto watch = *book.StartWatch();
  Mirror mirror;
  ASSERT_THAT(mirror.Drain(*watch), IsOk());
  const std::string token = mirror.token();
  EXPECT_THAT(book.StartWatch(token), IsOk());
  TestBook other;
  EXPECT_THAT(Fields(other.StartWatch(token).status()),
              ElementsAre("resume_token"));
  EXPECT_THAT(Fields(book.StartWatch(token, "networks/sun").status()),
              ElementsAre("resume_token"));
  EXPECT_THAT(Fields(book.StartWatch("x").status()),
              ElementsAre("resume_token"));
  EXPECT_THAT(Fields(book.StartWatch("", "sun").status()),
              ElementsAre("parent"));
}

TEST(OfferFeedTest, ATokenOlderThanTheLogIsOutOfRange) {
  TestBook book({},
                [](storage::RocksDbOptions&, storage::StoreOptions& options) {
                  options.log_retention.count = 3;
                });
  auto watch = *book.StartWatch();
  Mirror mirror;
  ASSERT_THAT(mirror.Drain(*watch), IsOk());
  for (int i = 0; i < 50; ++i) ASSERT_THAT(book.Create(AJob()), IsOk());
  auto resumed = book.StartWatch(mirror.token());
  ASSERT_THAT(resumed, IsOk());
  WatchJobsResponse message;
  EXPECT_THAT((*resumed)->Next(&message),
              StatusIs(absl::StatusCode::kOutOfRange));
}

}  // namespace
}  // namespace heimweg::offers
