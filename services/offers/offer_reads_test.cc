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
using ::heimweg::offers::testing::Names;
using ::heimweg::offers::testing::TestBook;
using ::heimweg::offers::testing::WithPerson;
using ::heimweg::testing::IsOk;
using ::heimweg::testing::StatusIs;
using jobs::v1::Job;
using jobs::v1::ListJobsRequest;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

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

}  // namespace
}  // namespace heimweg::offers
