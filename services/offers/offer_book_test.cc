#include "services/offers/offer_book.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

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
using ::heimweg::testing::IsOk;
using ::heimweg::testing::StatusIs;
using jobs::v1::CreateJobRequest;
using jobs::v1::Job;
using jobs::v1::ListJobsRequest;
using jobs::v1::UpdateJobRequest;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::MatchesRegex;
using ::testing::Not;
using ::testing::UnorderedElementsAre;

constexpr auto kInvalid = absl::StatusCode::kInvalidArgument;

Job WithPerson(Job job) {
  job.mutable_contact_person()->set_display_name("Erika Mustermann");
  job.mutable_place()->set_street_address("Markt 1");
  return job;
}

std::vector<std::string> Names(const jobs::v1::ListJobsResponse& page) {
  std::vector<std::string> names;
  for (const Job& job : page.jobs()) names.push_back(job.name());
  return names;
}

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

TEST(OfferBookGetTest, HoldsThePersonalPartBackUnlessAllIsAsked) {
  TestBook book;
  const auto created = book.Create(WithPerson(AJob()), "a");
  ASSERT_THAT(created, IsOk());
  EXPECT_EQ(created->contact_person().display_name(), "Erika Mustermann");
  const auto seen = book.Get(created->name());
  EXPECT_FALSE(seen->has_contact_person());
  EXPECT_EQ(seen->place().street_address(), "");
  EXPECT_EQ(seen->place().postal_code(), "04924");
  EXPECT_EQ(book.Get(created->name(), true)->SerializeAsString(),
            created->SerializeAsString());
}

TEST(OfferBookGetTest, TellsWrongNamesFromMissingJobs) {
  TestBook book;
  EXPECT_THAT(book.Get("networks/sun/jobs/a"),
              StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(Fields(book.Get("networks/sun/homes/a").status()),
              ElementsAre("name"));
}

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

TEST(OfferBookListTest, PagesThroughANetworkInTheOrderOfNames) {
  TestBook book;
  for (const char* id : {"c", "a", "b", "d", "e"}) {
    ASSERT_THAT(book.Create(WithPerson(AJob()), id), IsOk());
  }
  ASSERT_THAT(book.Create(AJob(), "a", "networks/sun-2"), IsOk());
  ListJobsRequest request;
  request.set_parent("networks/sun");
  request.set_page_size(2);
  const auto first = book.List(request);
  EXPECT_THAT(Names(*first),
              ElementsAre("networks/sun/jobs/a", "networks/sun/jobs/b"));
  EXPECT_FALSE(first->jobs(0).has_contact_person());
  request.set_page_token(first->next_page_token());
  const auto second = book.List(request);
  EXPECT_THAT(Names(*second),
              ElementsAre("networks/sun/jobs/c", "networks/sun/jobs/d"));
  request.set_page_token(second->next_page_token());
  request.set_page_size(1);
  const auto third = book.List(request);
  EXPECT_THAT(Names(*third), ElementsAre("networks/sun/jobs/e"));
  EXPECT_EQ(third->next_page_token(), "");
}

TEST(OfferBookListTest, ReadsAcrossNetworksAndWithThePersonalPart) {
  TestBook book;
  ASSERT_THAT(book.Create(WithPerson(AJob()), "a"), IsOk());
  ASSERT_THAT(book.Create(AJob(), "a", "networks/moon"), IsOk());
  ListJobsRequest request;
  request.set_parent("networks/-");
  request.set_view(type::v1::OFFER_VIEW_FULL);
  const auto page = book.List(request);
  ASSERT_THAT(Names(*page),
              ElementsAre("networks/moon/jobs/a", "networks/sun/jobs/a"));
  EXPECT_TRUE(page->jobs(1).has_contact_person());
}

TEST(OfferBookListTest, RefusesATokenOfAnotherRequest) {
  TestBook book;
  for (const char* id : {"a", "b"})
    ASSERT_THAT(book.Create(AJob(), id), IsOk());
  ListJobsRequest request;
  request.set_parent("networks/sun");
  request.set_page_size(1);
  request.set_page_token(book.List(request)->next_page_token());
  ListJobsRequest other = request;
  other.set_parent("networks/-");
  EXPECT_THAT(Fields(book.List(other).status()), ElementsAre("page_token"));
  other = request;
  other.mutable_filter()->set_include_expired(true);
  EXPECT_THAT(Fields(book.List(other).status()), ElementsAre("page_token"));
  other = request;
  other.set_page_token(other.page_token().substr(1));
  EXPECT_THAT(Fields(book.List(other).status()), ElementsAre("page_token"));
  EXPECT_THAT(book.List(request), IsOk());
}

TEST(OfferBookListTest, NamesAllWrongFieldsAtOnce) {
  TestBook book;
  ListJobsRequest request;
  request.set_page_size(-1);
  request.mutable_filter()->add_ags_prefixes("1206x");
  request.mutable_filter()->add_kldb_prefixes("8");
  request.mutable_filter()->set_external_id("1");
  EXPECT_THAT(
      Fields(book.List(request).status()),
      UnorderedElementsAre("parent", "page_size", "filter.ags_prefixes[0]",
                           "filter.kldb_prefixes[0]", "filter.source"));
}

class OfferBookFilterTest : public ::testing::Test {
 protected:
  OfferBookFilterTest() {
    Job nurse = ARow("1");
    nurse.set_state(type::v1::OFFER_STATE_PUBLISHED);
    nurse.add_occupations()->set_kldb_code("81302");
    EXPECT_THAT(book_.Create(nurse, "nurse"), IsOk());
    Job smith = AJob();
    smith.mutable_place()->set_postal_code("01097");
    smith.add_occupations()->set_kldb_code("24222");
    smith.set_employment_type(jobs::v1::EMPLOYMENT_TYPE_APPRENTICESHIP);
    EXPECT_THAT(book_.Create(smith, "smith"), IsOk());
    Job both = AJob();
    both.add_occupations()->set_kldb_code("81402");
    both.add_occupations()->set_kldb_code("24222");
    EXPECT_THAT(book_.Create(both, "both"), IsOk());
  }

  // The ids that match.
  std::vector<std::string> Ids(const jobs::v1::JobFilter& filter) {
    ListJobsRequest request;
    request.set_parent("networks/sun");
    *request.mutable_filter() = filter;
    std::vector<std::string> ids;
    for (const std::string& name : Names(*book_.List(request))) {
      ids.push_back(name.substr(name.rfind('/') + 1));
    }
    return ids;
  }

  TestBook book_;
};

TEST_F(OfferBookFilterTest, ByState) {
  jobs::v1::JobFilter filter;
  filter.add_states(type::v1::OFFER_STATE_PUBLISHED);
  EXPECT_THAT(Ids(filter), ElementsAre("nurse"));
  filter.add_states(type::v1::OFFER_STATE_DRAFT);
  EXPECT_THAT(Ids(filter), ElementsAre("both", "nurse", "smith"));
}

TEST_F(OfferBookFilterTest, ByRegion) {
  for (const char* prefix : {"12", "12062", "12062024"}) {
    jobs::v1::JobFilter filter;
    filter.add_ags_prefixes(prefix);
    EXPECT_THAT(Ids(filter), ElementsAre("both", "nurse")) << prefix;
  }
  jobs::v1::JobFilter filter;
  filter.add_ags_prefixes("14612");
  filter.add_ags_prefixes("05");
  EXPECT_THAT(Ids(filter), ElementsAre("smith"));
}

TEST_F(OfferBookFilterTest, BySourceAndExternalId) {
  jobs::v1::JobFilter filter;
  filter.set_source("csv:test");
  EXPECT_THAT(Ids(filter), ElementsAre("nurse"));
  filter.set_external_id("1");
  EXPECT_THAT(Ids(filter), ElementsAre("nurse"));
  filter.set_external_id("2");
  EXPECT_THAT(Ids(filter), IsEmpty());
}

TEST_F(OfferBookFilterTest, ByTheKindsOwnFields) {
  for (const char* prefix : {"24", "242", "24222"}) {
    jobs::v1::JobFilter filter;
    filter.add_kldb_prefixes(prefix);
    EXPECT_THAT(Ids(filter), ElementsAre("both", "smith")) << prefix;
    filter.add_employment_types(jobs::v1::EMPLOYMENT_TYPE_APPRENTICESHIP);
    EXPECT_THAT(Ids(filter), ElementsAre("smith")) << prefix;
  }
}

TEST_F(OfferBookFilterTest, LooksAtABoundedNumberOfOffersForOnePage) {
  TestBook book([](BookOptions& options) { options.looks_per_page = 2; });
  for (int i = 0; i < 5; ++i) {
    Job job = AJob();
    if (i == 4) job.set_state(type::v1::OFFER_STATE_PUBLISHED);
    ASSERT_THAT(book.Create(job, std::string(1, static_cast<char>('a' + i))),
                IsOk());
  }
  ListJobsRequest request;
  request.set_parent("networks/sun");
  request.mutable_filter()->add_states(type::v1::OFFER_STATE_PUBLISHED);
  std::vector<std::string> found;
  int pages = 0;
  do {
    const auto page = book.List(request);
    ASSERT_THAT(page, IsOk());
    for (const std::string& name : Names(*page)) found.push_back(name);
    request.set_page_token(page->next_page_token());
    ++pages;
  } while (!request.page_token().empty());
  EXPECT_THAT(found, ElementsAre("networks/sun/jobs/e"));
  EXPECT_EQ(pages, 3);
}

TEST(OfferBookBatchGetTest, KeepsTheOrderOfTheRequest) {
  TestBook book;
  for (const char* id : {"a", "b"}) {
    ASSERT_THAT(book.Create(WithPerson(AJob()), id), IsOk());
  }
  jobs::v1::BatchGetJobsRequest request;
  request.set_parent("networks/sun");
  request.add_names("networks/sun/jobs/b");
  request.add_names("networks/sun/jobs/a");
  request.set_view(type::v1::OFFER_VIEW_FULL);
  jobs::v1::BatchGetJobsResponse response;
  ASSERT_THAT(book->BatchGet(request, &response), IsOk());
  ASSERT_EQ(response.jobs_size(), 2);
  EXPECT_EQ(response.jobs(0).name(), "networks/sun/jobs/b");
  EXPECT_TRUE(response.jobs(1).has_contact_person());
}

TEST(OfferBookBatchGetTest, NamesWhatIsMissing) {
  TestBook book;
  ASSERT_THAT(book.Create(AJob(), "a"), IsOk());
  jobs::v1::BatchGetJobsRequest request;
  request.set_parent("networks/-");
  for (const char* id : {"a", "b", "c"}) {
    request.add_names(absl::StrCat("networks/sun/jobs/", id));
  }
  jobs::v1::BatchGetJobsResponse response;
  EXPECT_THAT(book->BatchGet(request, &response),
              StatusIs(absl::StatusCode::kNotFound,
                       HasSubstr("networks/sun/jobs/b, networks/sun/jobs/c")));
}

TEST(OfferBookBatchGetTest, RefusesNamesOutsideOfItsParent) {
  TestBook book;
  jobs::v1::BatchGetJobsRequest request;
  request.set_parent("networks/sun");
  request.add_names("networks/moon/jobs/a");
  request.add_names("a");
  jobs::v1::BatchGetJobsResponse response;
  EXPECT_THAT(Fields(book->BatchGet(request, &response)),
              ElementsAre("names[0]", "names[1]"));
  request.clear_names();
  EXPECT_THAT(Fields(book->BatchGet(request, &response)), ElementsAre("names"));
  for (int i = 0; i < 257; ++i) request.add_names("networks/sun/jobs/a");
  EXPECT_THAT(Fields(book->BatchGet(request, &response)), ElementsAre("names"));
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
