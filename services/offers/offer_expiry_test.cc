#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "services/offers/testing/test_book.h"
#include "tests/support/status_matchers.h"

namespace heimweg::offers {
namespace {

using ::heimweg::offers::testing::AJob;
using ::heimweg::offers::testing::TestBook;
using ::heimweg::testing::IsOk;
using ::heimweg::testing::IsOkAndHolds;
using ::heimweg::testing::StatusIs;
using jobs::v1::Job;

int Listed(TestBook& book, bool include_expired) {
  jobs::v1::ListJobsRequest request;
  request.set_parent("networks/-");
  request.mutable_filter()->set_include_expired(include_expired);
  return book.List(request)->jobs_size();
}

TEST(OfferExpiryTest, AnOfferIsListedUntilItsValidityEnds) {
  TestBook book;
  const auto job = book.Create(AJob());
  book.clock().Advance(absl::Hours(24 * 90) - absl::Seconds(1));
  EXPECT_EQ(Listed(book, false), 1);
  book.clock().Advance(absl::Seconds(1));
  EXPECT_EQ(Listed(book, false), 0);
  EXPECT_EQ(Listed(book, true), 1);
  EXPECT_THAT(book.Get(job->name()), IsOk());
}

TEST(OfferExpiryTest, IsErasedWithItsPersonWhenItWasKeptLongEnough) {
  TestBook book;
  Job job = AJob();
  job.mutable_contact_person()->set_email("a@example.org");
  const std::string name = book.Create(job, "a")->name();
  book.clock().Advance(absl::Hours(24 * 180) - absl::Seconds(1));
  EXPECT_THAT(book->SweepExpired(), IsOkAndHolds(0));
  book.clock().Advance(absl::Seconds(1));
  EXPECT_THAT(book->SweepExpired(), IsOkAndHolds(1));
  EXPECT_THAT(book.Get(name), StatusIs(absl::StatusCode::kNotFound));
  ASSERT_THAT(book.Create(AJob(), "a"), IsOk());
  EXPECT_FALSE(book.Get(name, true)->has_contact_person());
  EXPECT_THAT(book->SweepExpired(), IsOkAndHolds(0));
}

TEST(OfferExpiryTest, ErasesInSmallBatches) {
  TestBook book([](BookOptions& options) { options.sweep_limit = 2; });
  for (int i = 0; i < 5; ++i) ASSERT_THAT(book.Create(AJob()), IsOk());
  Job late = AJob();
  late.mutable_validity()->mutable_end_time()->set_seconds(3'000'000'000);
  ASSERT_THAT(book.Create(late), IsOk());
  book.clock().Advance(absl::Hours(24 * 181));
  EXPECT_THAT(book->SweepExpired(), IsOkAndHolds(2));
  EXPECT_THAT(book->SweepExpired(), IsOkAndHolds(2));
  EXPECT_THAT(book->SweepExpired(), IsOkAndHolds(1));
  EXPECT_THAT(book->SweepExpired(), IsOkAndHolds(0));
  EXPECT_EQ(Listed(book, true), 1);
}

TEST(OfferExpiryTest, AProlongedOfferStays) {
  TestBook book;
  Job change;
  change.set_name(book.Create(AJob())->name());
  change.mutable_validity()->mutable_end_time()->set_seconds(3'000'000'000);
  ASSERT_THAT(book.Update(change), IsOk());
  book.clock().Advance(absl::Hours(24 * 400));
  EXPECT_THAT(book->SweepExpired(), IsOkAndHolds(0));
}

TEST(OfferExpiryTest, AnOfferThatEndsAtTheEndOfTimeIsKept) {
  TestBook book;
  Job job = AJob();
  job.mutable_validity()->mutable_start_time()->set_seconds(253402300000);
  const auto stored = book.Create(job);
  ASSERT_THAT(stored, IsOk());
  EXPECT_EQ(stored->validity().end_time().seconds(), 253402300799);
  EXPECT_EQ(Listed(book, false), 1);
}

}  // namespace
}  // namespace heimweg::offers
