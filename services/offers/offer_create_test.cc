#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "heimweg/type/v1/offer.pb.h"
#include "services/offers/testing/test_book.h"
#include "tests/support/status_matchers.h"

namespace heimweg::offers {
namespace {

using ::heimweg::offers::testing::AJob;
using ::heimweg::offers::testing::ARow;
using ::heimweg::offers::testing::Fields;
using ::heimweg::offers::testing::TestBook;
using ::heimweg::offers::testing::Uuid;
using ::heimweg::offers::testing::WithPerson;
using ::heimweg::testing::IsOk;
using ::heimweg::testing::StatusIs;
using jobs::v1::CreateJobRequest;
using jobs::v1::Job;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::MatchesRegex;
using ::testing::Not;
using ::testing::UnorderedElementsAre;

constexpr auto kInvalid = absl::StatusCode::kInvalidArgument;

TEST(OfferBookCreateTest, GivesNameEtagTimesAndDefaults) {
  TestBook book;
  const auto job = book.Create(AJob("Erzieher"), "kita-1");
  ASSERT_THAT(job, IsOk());
  EXPECT_EQ(job->name(), "networks/sun/jobs/kita-1");
  EXPECT_THAT(job->etag(), Not(IsEmpty()));
  EXPECT_EQ(job->create_time().seconds(), 1'800'000'000);
  EXPECT_EQ(job->update_time().seconds(), 1'800'000'000);
  EXPECT_EQ(job->state(), type::v1::OFFER_STATE_DRAFT);
  EXPECT_EQ(job->visibility(), type::v1::VISIBILITY_PUBLIC);
  EXPECT_EQ(job->language_code(), "de");
  EXPECT_FALSE(job->validity().has_start_time());
  EXPECT_EQ(job->validity().end_time().seconds(),
            1'800'000'000 + 90 * 24 * 3600);
  EXPECT_EQ(job->place().resolved().ags(), "12062024");
  EXPECT_EQ(book.Get(job->name())->SerializeAsString(),
            job->SerializeAsString());
}

TEST(OfferBookCreateTest, CountsTheLifetimeFromTheStart) {
  TestBook book;
  Job job = AJob();
  job.mutable_validity()->mutable_start_time()->set_seconds(1'900'000'000);
  EXPECT_EQ(book.Create(job)->validity().end_time().seconds(),
            1'900'000'000 + 90 * 24 * 3600);
}

TEST(OfferBookCreateTest, ChoosesAnIdIfTheClientDoesNot) {
  TestBook book;
  const auto one = book.Create(AJob());
  const auto other = book.Create(AJob());
  EXPECT_THAT(one->name(), MatchesRegex("networks/sun/jobs/[0-9a-z]{26}"));
  EXPECT_NE(one->name(), other->name());
}

TEST(OfferBookCreateTest, DoesNotBelieveOutputOnlyFields) {
  TestBook book;
  Job job = AJob();
  job.set_name("networks/moon/jobs/x");
  job.set_etag("x");
  job.mutable_create_time()->set_seconds(1);
  job.mutable_update_time()->set_seconds(1);
  job.mutable_place()->mutable_resolved()->set_ags("99999999");
  job.add_occupations()->set_title("Pfleger");
  job.mutable_occupations(0)->set_inferred(true);
  const auto stored = book.Create(job, "a");
  ASSERT_THAT(stored, IsOk());
  EXPECT_EQ(stored->name(), "networks/sun/jobs/a");
  EXPECT_EQ(stored->create_time().seconds(), 1'800'000'000);
  EXPECT_EQ(stored->update_time().seconds(), 1'800'000'000);
  EXPECT_EQ(stored->place().resolved().ags(), "12062024");
  EXPECT_FALSE(stored->occupations(0).inferred());
}

TEST(OfferBookCreateTest, NamesAllWrongFieldsAtOnce) {
  TestBook book;
  CreateJobRequest request;
  request.set_parent("networks/-");
  request.set_job_id("A");
  request.set_request_id("1");
  request.mutable_job()->mutable_place()->set_postal_code("99999");
  request.mutable_job()->set_capacity(0);
  const absl::Status status = book.Create(request).status();
  EXPECT_THAT(status, StatusIs(kInvalid));
  EXPECT_THAT(Fields(status), UnorderedElementsAre(
                                  "parent", "job_id", "request_id", "job.title",
                                  "job.capacity", "job.place.postal_code"));
}

TEST(OfferBookCreateTest, RefusesATakenId) {
  TestBook book;
  ASSERT_THAT(book.Create(AJob(), "a"), IsOk());
  EXPECT_THAT(book.Create(AJob(), "a"),
              StatusIs(absl::StatusCode::kAlreadyExists));
  EXPECT_THAT(book.Create(AJob(), "a", "networks/moon"), IsOk());
}

TEST(OfferBookCreateTest, RefusesATakenExternalIdInOneNetwork) {
  TestBook book;
  ASSERT_THAT(book.Create(ARow("1"), "a"), IsOk());
  EXPECT_THAT(book.Create(ARow("1"), "b"),
              StatusIs(absl::StatusCode::kAlreadyExists,
                       HasSubstr("networks/sun/jobs/a")));
  EXPECT_THAT(book.Create(ARow("2"), "c"), IsOk());
  EXPECT_THAT(book.Create(ARow("1"), "a", "networks/moon"), IsOk());
}

TEST(OfferBookCreateTest, ARepetitionReturnsTheJobOfTheFirstCall) {
  TestBook book;
  CreateJobRequest request;
  request.set_parent("networks/sun");
  *request.mutable_job() = WithPerson(AJob());
  request.set_request_id(Uuid(1));
  const auto first = book.Create(request);
  ASSERT_THAT(first, IsOk());
  const auto again = book.Create(request);
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->SerializeAsString(), first->SerializeAsString());
  request.mutable_job()->set_title("Another");
  EXPECT_THAT(book.Create(request), StatusIs(kInvalid));
  request.set_request_id(Uuid(2));
  EXPECT_NE(book.Create(request)->name(), first->name());
}

TEST(OfferBookCreateTest, ARefusedRequestMayBeRepeatedWithItsId) {
  TestBook book;
  CreateJobRequest request;
  request.set_parent("networks/sun");
  request.set_job_id("a");
  *request.mutable_job() = AJob();
  ASSERT_THAT(book.Create(request), IsOk());
  request.set_request_id(Uuid(1));
  EXPECT_THAT(book.Create(request), StatusIs(absl::StatusCode::kAlreadyExists));
  ASSERT_THAT(book.Delete("networks/sun/jobs/a"), IsOk());
  EXPECT_THAT(book.Create(request), IsOk());
}

TEST(OfferBookTest, EverythingIsThereAfterARestart) {
  TestBook book;
  const auto job = book.Create(WithPerson(AJob()), "a");
  book.Reopen();
  EXPECT_EQ(book.Get(job->name(), true)->SerializeAsString(),
            job->SerializeAsString());
}

}  // namespace
}  // namespace heimweg::offers
