#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "heimweg/type/v1/offer.pb.h"
#include "services/offers/testing/test_book.h"
#include "tests/support/status_matchers.h"

namespace heimweg::offers {
namespace {

using ::heimweg::offers::testing::AJob;
using ::heimweg::offers::testing::Fields;
using ::heimweg::offers::testing::TestBook;
using ::heimweg::offers::testing::Uuid;
using ::heimweg::offers::testing::WithPerson;
using ::heimweg::testing::IsOk;
using ::heimweg::testing::StatusIs;
using jobs::v1::Job;
using jobs::v1::UpdateJobRequest;
using ::testing::ElementsAre;
using ::testing::UnorderedElementsAre;

TEST(OfferBookUpdateTest, ChangesWhatIsSetWithoutAMask) {
  TestBook book;
  const auto before = book.Create(WithPerson(AJob("old")), "a");
  book.clock().Advance(absl::Seconds(5));
  Job change;
  change.set_name(before->name());
  change.set_title("new");
  const auto after = book.Update(change);
  ASSERT_THAT(after, IsOk());
  EXPECT_EQ(after->title(), "new");
  EXPECT_NE(after->etag(), before->etag());
  EXPECT_EQ(after->create_time().seconds(), 1'800'000'000);
  EXPECT_EQ(after->update_time().seconds(), 1'800'000'005);
  EXPECT_EQ(after->contact_person().display_name(), "Erika Mustermann");
  EXPECT_EQ(after->place().SerializeAsString(),
            before->place().SerializeAsString());
}

TEST(OfferBookUpdateTest, FindsAnUnchangedPlaceAnewIfItIsStillThere) {
  places::GazetteerTables tables = places::SampleTables();
  auto now = std::make_shared<const places::Gazetteer>(
      *places::Gazetteer::Make(tables));
  const PlaceResolver places{places::GazetteerSource([&now] { return now; })};
  const OfferIntake<jobs::JobKind> intake(places,
                                          occupations::BuiltInCatalog());
  Job stored = AJob();
  stored.mutable_place()->set_postal_code("04924");
  ASSERT_THAT(intake.Accept(stored), ::testing::IsEmpty());
  Job changed = stored;
  tables.postal_codes[1].places[0].name = "Bad Neuenwerda";
  now = std::make_shared<const places::Gazetteer>(
      *places::Gazetteer::Make(tables));
  EXPECT_THAT(intake.AcceptChange(stored, changed), ::testing::IsEmpty());
  EXPECT_EQ(changed.place().resolved().municipality(), "Bad Neuenwerda");
  // The third gazetteer does not know it.
  now = std::make_shared<const places::Gazetteer>(*places::Gazetteer::Make({}));
  EXPECT_THAT(intake.AcceptChange(stored, changed), ::testing::IsEmpty());
  EXPECT_EQ(changed.place().resolved().municipality(), "Bad Liebenwerda");
}

TEST(OfferBookUpdateTest, ResolvesAChangedPlaceAgain) {
  TestBook book;
  const auto before = book.Create(WithPerson(AJob()), "a");
  Job change;
  change.set_name(before->name());
  change.mutable_place()->set_postal_code("03238");
  change.mutable_place()->set_municipality("Finsterwalde");
  const auto after =
      book.Update(change, {"place.postal_code", "place.municipality"});
  ASSERT_THAT(after, IsOk());
  EXPECT_EQ(after->place().resolved().ags(), "12062140");
  EXPECT_EQ(after->place().street_address(), "Markt 1");
  change.mutable_place()->set_postal_code("99999");
  EXPECT_THAT(Fields(book.Update(change, {"place"}).status()),
              ElementsAre("job.place.postal_code"));
}

TEST(OfferBookUpdateTest, ClearsThePersonalPart) {
  TestBook book;
  const auto before = book.Create(WithPerson(AJob()), "a");
  Job change;
  change.set_name(before->name());
  ASSERT_THAT(book.Update(change, {"contact_person", "place.street_address"}),
              IsOk());
  const auto after = book.Get(before->name(), true);
  EXPECT_FALSE(after->has_contact_person());
  EXPECT_EQ(after->place().street_address(), "");
}

TEST(OfferBookUpdateTest, ChecksTheMergedOffer) {
  TestBook book;
  Job job = AJob();
  job.mutable_salary()->set_minimum_cents(500);
  job.mutable_salary()->set_period(jobs::v1::SALARY_PERIOD_HOUR);
  const auto before = book.Create(job, "a");
  Job change;
  change.set_name(before->name());
  change.mutable_salary()->set_maximum_cents(400);
  EXPECT_THAT(
      Fields(book.Update(change, {"salary.maximum_cents", "title"}).status()),
      UnorderedElementsAre("job.salary.maximum_cents", "job.title"));
  EXPECT_EQ(book.Get(before->name())->SerializeAsString(),
            before->SerializeAsString());
}

TEST(OfferBookUpdateTest, NamesTheWrongPathsOfTheMask) {
  TestBook book;
  Job change;
  change.set_name("networks/sun/jobs");
  EXPECT_THAT(Fields(book.Update(change, {"etag", "titel", "title"}).status()),
              ElementsAre("job.name", "update_mask", "update_mask"));
}

TEST(OfferBookUpdateTest, RefusesAStaleEtag) {
  TestBook book;
  Job change = *book.Create(AJob(), "a");
  const std::string old_etag = change.etag();
  change.set_title("new");
  const auto changed = book.Update(change);
  ASSERT_THAT(changed, IsOk());
  change.set_title("newer");
  EXPECT_THAT(book.Update(change), StatusIs(absl::StatusCode::kAborted));
  EXPECT_THAT(book.Delete(change.name(), old_etag),
              StatusIs(absl::StatusCode::kAborted));
  EXPECT_EQ(book.Get(change.name())->title(), "new");
  EXPECT_THAT(book.Delete(change.name(), changed->etag()), IsOk());
}

TEST(OfferBookUpdateTest, WithoutADifferenceChangesNothing) {
  TestBook book;
  const auto before = book.Create(WithPerson(AJob()), "a");
  book.clock().Advance(absl::Seconds(5));
  EXPECT_EQ(book.Update(*before, {"*"})->SerializeAsString(),
            before->SerializeAsString());
}

TEST(OfferBookUpdateTest, ARepetitionIsNotAppliedAgain) {
  TestBook book;
  const auto before = book.Create(AJob("old"), "a");
  UpdateJobRequest request;
  request.mutable_job()->set_name(before->name());
  request.mutable_job()->set_title("new");
  request.set_request_id(Uuid(1));
  ASSERT_THAT(book.Update(request), IsOk());
  Job other;
  other.set_name(before->name());
  other.set_title("newer");
  ASSERT_THAT(book.Update(other), IsOk());
  EXPECT_EQ(book.Update(request)->title(), "newer");
}

TEST(OfferBookDeleteTest, ErasesBothParts) {
  TestBook book;
  const auto job = book.Create(WithPerson(AJob()), "a");
  ASSERT_THAT(book.Delete(job->name()), IsOk());
  EXPECT_THAT(book.Get(job->name(), true),
              StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(book.Delete(job->name()), StatusIs(absl::StatusCode::kNotFound));
  // The next one of that name does not inherit the personal part.
  ASSERT_THAT(book.Create(AJob(), "a"), IsOk());
  EXPECT_FALSE(book.Get(job->name(), true)->has_contact_person());
}

TEST(OfferBookDeleteTest, ARepetitionSucceeds) {
  TestBook book;
  const auto job = book.Create(AJob(), "a");
  jobs::v1::DeleteJobRequest request;
  request.set_name(job->name());
  request.set_request_id(Uuid(1));
  EXPECT_THAT(book.Delete(request), IsOk());
  EXPECT_THAT(book.Delete(request), IsOk());
}

}  // namespace
}  // namespace heimweg::offers
