#include "services/offers/offer_import.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "services/offers/testing/test_book.h"
#include "tests/support/status_matchers.h"

namespace heimweg::offers {
namespace {

using ::heimweg::offers::testing::AJob;
using ::heimweg::offers::testing::ARow;
using ::heimweg::offers::testing::Fields;
using ::heimweg::offers::testing::Rows;
using ::heimweg::offers::testing::TestBook;
using ::heimweg::testing::IsOk;
using ::heimweg::testing::StatusIs;
using jobs::v1::ImportJobsResponse;
using jobs::v1::Job;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using Result = type::v1::ImportRowResult;

std::vector<Result::Outcome> Outcomes(const ImportJobsResponse& response) {
  std::vector<Result::Outcome> outcomes;
  for (const Result& result : response.results()) {
    outcomes.push_back(result.outcome());
  }
  return outcomes;
}

TEST(OfferImportTest, TellsCreatedUpdatedAndUnchanged) {
  TestBook book;
  auto import = book.StartImport();
  const auto first = import(Rows({ARow("1", "old"), ARow("2")}));
  ASSERT_THAT(first, IsOk());
  EXPECT_THAT(Outcomes(*first), Each(Result::OUTCOME_CREATED));
  const auto second = import(Rows({ARow("1", "new"), ARow("2"), ARow("3")}));
  EXPECT_THAT(Outcomes(*second),
              ElementsAre(Result::OUTCOME_UPDATED, Result::OUTCOME_UNCHANGED,
                          Result::OUTCOME_CREATED));
  EXPECT_EQ(second->results(0).name(), first->results(0).name());
  EXPECT_EQ(second->results(1).name(), first->results(1).name());
  EXPECT_EQ(book.Get(first->results(0).name())->title(), "new");
}

TEST(OfferImportTest, NumbersTheRowsOfTheWholeStream) {
  TestBook book;
  auto import = book.StartImport();
  EXPECT_EQ(import(Rows({ARow("1"), ARow("2")}))->next_row(), 2);
  const auto second = import(Rows({ARow("3"), Job(), ARow("4")}, ""));
  EXPECT_EQ(second->next_row(), 5);
  EXPECT_EQ(second->results(0).row(), 2);
  EXPECT_EQ(second->results(2).row(), 4);
}

TEST(OfferImportTest, ARepeatedBatchWritesNothing) {
  TestBook book;
  const auto rows = Rows({ARow("1"), ARow("2")});
  const auto first = book.StartImport()(rows);
  book.clock().Advance(absl::Hours(1));
  const auto again = book.StartImport()(rows);
  EXPECT_THAT(Outcomes(*again), Each(Result::OUTCOME_UNCHANGED));
  EXPECT_EQ(again->revision(), first->revision());
}

TEST(OfferImportTest, ARowReplacesWhatItSaysAndNoMore) {
  TestBook book;
  Job row = ARow("1");
  row.set_description("from the source");
  row.add_required_skills("a");
  row.mutable_contact_person()->set_email("a@example.org");
  const std::string name = book.StartImport()(Rows({row}))->results(0).name();
  Job change;
  change.set_name(name);
  change.set_state(type::v1::OFFER_STATE_RESERVED);
  ASSERT_THAT(book.Update(change), IsOk());
  Job said = ARow("1");
  said.add_required_skills("b");
  ASSERT_THAT(Outcomes(*book.StartImport()(Rows({said}))),
              ElementsAre(Result::OUTCOME_UPDATED));
  const auto after = book.Get(name, true);
  EXPECT_EQ(after->state(), type::v1::OFFER_STATE_RESERVED);
  EXPECT_EQ(after->description(), "from the source");
  EXPECT_THAT(after->required_skills(), ElementsAre("b"));
  EXPECT_EQ(after->contact_person().email(), "a@example.org");
}

TEST(OfferImportTest, ARowMayBringOnlyWhatChangedOfAStoredJob) {
  TestBook book;
  const std::string name =
      book.StartImport()(Rows({ARow("1", "kept")}))->results(0).name();
  Job row;
  row.set_source("csv:test");
  row.set_external_id("1");
  row.set_state(type::v1::OFFER_STATE_FILLED);
  EXPECT_THAT(Outcomes(*book.StartImport()(Rows({row}))),
              ElementsAre(Result::OUTCOME_UPDATED));
  EXPECT_EQ(book.Get(name)->title(), "kept");
  EXPECT_EQ(book.Get(name)->state(), type::v1::OFFER_STATE_FILLED);
}

TEST(OfferImportTest, DuplicatesInOneBatchApplyInTheirOrder) {
  TestBook book;
  const auto response = book.StartImport()(
      Rows({ARow("1", "first"), ARow("1", "second"), ARow("1", "second")}));
  EXPECT_THAT(Outcomes(*response),
              ElementsAre(Result::OUTCOME_CREATED, Result::OUTCOME_UPDATED,
                          Result::OUTCOME_UNCHANGED));
  EXPECT_EQ(response->results(1).name(), response->results(0).name());
  EXPECT_EQ(book.Get(response->results(0).name())->title(), "second");
}

TEST(OfferImportTest, AWrongRowIsRejectedWithAllItsFieldsAndHoldsUpNoOther) {
  TestBook book;
  Job wrong = ARow("1", "");
  wrong.mutable_place()->set_postal_code("99999");
  wrong.set_capacity(-1);
  const auto response = book.StartImport()(Rows({wrong, AJob(), ARow("2")}));
  ASSERT_THAT(response, IsOk());
  EXPECT_THAT(Outcomes(*response),
              ElementsAre(Result::OUTCOME_REJECTED, Result::OUTCOME_REJECTED,
                          Result::OUTCOME_CREATED));
  std::vector<std::string> fields;
  for (const auto& violation : response->results(0).violations()) {
    fields.push_back(violation.field());
  }
  EXPECT_THAT(fields, ElementsAre("place.postal_code", "title", "capacity"));
  EXPECT_EQ(response->results(0).name(), "");
  EXPECT_EQ(response->results(1).violations_size(), 2);
}

TEST(OfferImportTest, ARowThatWouldBreakAStoredJobIsRejected) {
  TestBook book;
  auto import = book.StartImport();
  const std::string name = import(Rows({ARow("1")}))->results(0).name();
  Job row = ARow("1");
  row.mutable_place()->set_postal_code("99999");
  const auto response = import(Rows({row}));
  EXPECT_THAT(Outcomes(*response), ElementsAre(Result::OUTCOME_REJECTED));
  EXPECT_EQ(book.Get(name)->place().postal_code(), "04924");
}

TEST(OfferImportTest, MeetsJobsThatWereCreatedOneByOne) {
  TestBook book;
  ASSERT_THAT(book.Create(ARow("1"), "mine"), IsOk());
  EXPECT_EQ(book.StartImport()(Rows({ARow("1", "new")}))->results(0).name(),
            "networks/sun/jobs/mine");
}

TEST(OfferImportTest, SourcesAndNetworksAreApart) {
  TestBook book;
  Job other = ARow("1");
  other.set_source("csv:other");
  EXPECT_THAT(Outcomes(*book.StartImport()(Rows({ARow("1"), other}))),
              Each(Result::OUTCOME_CREATED));
  EXPECT_THAT(Outcomes(*book.StartImport()(Rows({ARow("1")}, "networks/moon"))),
              Each(Result::OUTCOME_CREATED));
}

TEST(OfferImportTest, NeedsOneParentForTheStream) {
  TestBook book;
  EXPECT_THAT(Fields(book.StartImport()(Rows({ARow("1")}, "")).status()),
              ElementsAre("parent"));
  EXPECT_THAT(
      Fields(book.StartImport()(Rows({ARow("1")}, "networks/-")).status()),
      ElementsAre("parent"));
  auto import = book.StartImport();
  ASSERT_THAT(import(Rows({ARow("1")})), IsOk());
  ASSERT_THAT(import(Rows({ARow("1")})), IsOk());
  EXPECT_THAT(Fields(import(Rows({ARow("1")}, "networks/moon")).status()),
              ElementsAre("parent"));
}

TEST(OfferImportTest, RefusesTooManyRowsAndTooManyBytes) {
  TestBook book;
  std::vector<Job> rows;
  rows.reserve(257);
  for (int i = 0; i < 257; ++i) rows.push_back(ARow(std::to_string(i)));
  EXPECT_THAT(
      book.StartImport()(Rows(rows)),
      StatusIs(absl::StatusCode::kResourceExhausted, HasSubstr("256 rows")));
  rows.pop_back();
  EXPECT_THAT(book.StartImport()(Rows(rows)), IsOk());
  for (Job& row : rows) row.set_description(std::string(5'000, 'x'));
  EXPECT_THAT(book.StartImport()(Rows(rows)),
              StatusIs(absl::StatusCode::kResourceExhausted));
}

TEST(OfferImportTest, ResumesBehindTheLastAnsweredRowAfterARestart) {
  TestBook book;
  std::vector<Job> rows;
  rows.reserve(30);
  for (int i = 0; i < 30; ++i) rows.push_back(ARow(std::to_string(i)));
  const std::vector<Job> head(rows.begin(), rows.begin() + 20);
  const auto first = book.StartImport()(Rows(head));
  book.Reopen();
  // The client sends some of the answered rows again, to be safe.
  const auto rest = book.StartImport()(
      Rows({rows.begin() + first->next_row() - 5, rows.end()}));
  ASSERT_THAT(rest, IsOk());
  int unchanged = 0;
  for (const auto outcome : Outcomes(*rest)) {
    if (outcome == Result::OUTCOME_UNCHANGED) ++unchanged;
  }
  EXPECT_EQ(unchanged, 5);
  jobs::v1::ListJobsRequest all;
  all.set_parent("networks/sun");
  EXPECT_EQ(book.List(all)->jobs_size(), 30);
}

TEST(OfferImportTest, TheRevisionContainsTheBatch) {
  TestBook book;
  const auto response = book.StartImport()(Rows({ARow("1"), ARow("2")}));
  EXPECT_EQ(response->revision(), (*book.store().Read())->revision());
}

}  // namespace
}  // namespace heimweg::offers
