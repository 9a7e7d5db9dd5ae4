#include "services/reference/occupation_book.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "services/occupations/named_files.h"
#include "services/occupations/testing/taxonomies.h"
#include "services/server/errors.h"
#include "tests/support/status_matchers.h"

namespace heimweg::reference {
namespace {

using ::heimweg::testing::IsOk;
using ::heimweg::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class OccupationBookTest : public ::testing::Test {
 protected:
  DataSet& Find(const std::string& id) {
    for (DataSet* one : data_sets_.data_sets()) {
      if (one->id() == id) return *one;
    }
    ADD_FAILURE() << id;
    return *data_sets_.data_sets().front();
  }

  // Imports files into the data set as DataSetBook does; none: rolls back.
  void Import(const std::string& id,
              const std::vector<occupations::NamedFile>& files) {
    const DataSetFile file{"x.zip", *occupations::PackNamedFiles(files)};
    const auto prepared = Find(id).Prepare(files.empty() ? nullptr : &file);
    ASSERT_THAT(prepared, IsOk());
    prepared->install();
  }

  void ImportAll() {
    Import("kldb", {{"kldb.csv", occupations::testing::KldbCsv()}});
    Import("ba-crosswalk", occupations::testing::CrosswalkFiles());
    Import("esco", occupations::testing::EscoFiles());
  }

  occupations::v1::ResolveTitlesResponse Resolve(
      const std::string& title,
      occupations::v1::Classification classification) const {
    occupations::v1::ResolveTitlesRequest request;
    request.add_titles(title);
    request.set_classification(classification);
    occupations::v1::ResolveTitlesResponse response;
    EXPECT_THAT(book_.ResolveTitles({}, request, &response), IsOk());
    return response;
  }

  OccupationDataSets data_sets_;
  const OccupationBook book_{data_sets_};
};

TEST_F(OccupationBookTest, ATitleHasAGroupOfKldbWithoutAnyImport) {
  const auto response = Resolve("Zimmerer/in (m/w/d)", {});
  EXPECT_EQ(response.classification(), occupations::v1::CLASSIFICATION_KLDB);
  EXPECT_EQ(response.sure_confidence(), occupations::kSureProbability);
  ASSERT_THAT(response.resolutions(), SizeIs(1));
  const occupations::v1::TitleResolution& found = response.resolutions(0);
  EXPECT_EQ(found.title(), "Zimmerer/in (m/w/d)");
  EXPECT_TRUE(found.sure());
  ASSERT_FALSE(found.matches().empty());
  EXPECT_EQ(found.confidence(), found.matches(0).score());
  EXPECT_EQ(found.matches(0).reason(),
            occupations::v1::MATCH_REASON_SAME_TITLE);
  const occupations::v1::KnownOccupation& one = found.matches(0).occupation();
  EXPECT_EQ(one.name(), "occupations/333");
  EXPECT_EQ(one.kldb_code(), "333");
  EXPECT_THAT(one.esco_uri(), IsEmpty());
  EXPECT_THAT(one.ancestor_titles(), SizeIs(2));
}

TEST_F(OccupationBookTest, WhatCannotBeToldIsNotSure) {
  const auto response = Resolve("Mitarbeiter im Team", {});
  EXPECT_FALSE(response.resolutions(0).sure());
  EXPECT_LT(response.resolutions(0).confidence(), response.sure_confidence());
}

TEST_F(OccupationBookTest, EscoAnswersFromItsImportToItsRollback) {
  occupations::v1::ResolveTitlesRequest request;
  request.add_titles("Bauzimmerer");
  request.set_classification(occupations::v1::CLASSIFICATION_ESCO);
  occupations::v1::ResolveTitlesResponse response;
  const absl::Status none = book_.ResolveTitles({}, request, &response);
  EXPECT_THAT(none, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_EQ(server::ReasonOf(none), "ESCO_NOT_IMPORTED");
  ImportAll();
  const auto found = Resolve("Bauzimmerer", {});
  EXPECT_EQ(found.classification(), occupations::v1::CLASSIFICATION_ESCO);
  const occupations::v1::KnownOccupation& one =
      found.resolutions(0).matches(0).occupation();
  EXPECT_EQ(one.esco_uri(), occupations::testing::kCarpenterUri);
  EXPECT_EQ(one.kldb_code(), "33322");
  EXPECT_EQ(Resolve("Zimmerer", occupations::v1::CLASSIFICATION_KLDB)
                .resolutions(0)
                .matches(0)
                .occupation()
                .name(),
            "occupations/33322");
  Import("esco", {});
  EXPECT_THAT(book_.ResolveTitles({}, request, &response),
              StatusIs(absl::StatusCode::kFailedPrecondition));
}

TEST_F(OccupationBookTest, ARefusedFileLeavesWhatAnswered) {
  ImportAll();
  const DataSetFile broken{"esco.csv", "a,b\n1,2\n"};
  EXPECT_THAT(Find("esco").Prepare(&broken),
              StatusIs(absl::StatusCode::kInvalidArgument));
  const DataSetFile no_zip{"kldb.zip", "PK no zip"};
  EXPECT_THAT(Find("kldb").Prepare(&no_zip),
              StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_EQ(Resolve("Bauzimmerer", {}).classification(),
            occupations::v1::CLASSIFICATION_ESCO);
}

TEST_F(OccupationBookTest, SuggestsWhileSomebodyTypes) {
  occupations::v1::SuggestOccupationsRequest request;
  request.set_text("zimmerl");
  request.set_limit(3);
  occupations::v1::SuggestOccupationsResponse response;
  ASSERT_THAT(book_.SuggestOccupations({}, request, &response), IsOk());
  EXPECT_THAT(response.suggestions(), IsEmpty());
  request.set_text("zimmer");
  ASSERT_THAT(book_.SuggestOccupations({}, request, &response), IsOk());
  ASSERT_FALSE(response.suggestions().empty());
  EXPECT_THAT(response.suggestions(0).matched_title(), HasSubstr("Zimmer"));
  EXPECT_EQ(response.suggestions(0).occupation().kldb_code(), "333");
}

TEST_F(OccupationBookTest, SkillsAreKnownOnceTheyAreImported) {
  occupations::v1::ResolveSkillsRequest text;
  text.set_text("Sie sägen gern Holz. Englisch.");
  occupations::v1::ResolveSkillsResponse found;
  const absl::Status none = book_.ResolveSkills({}, text, &found);
  EXPECT_THAT(none, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_EQ(server::ReasonOf(none), "NO_SKILLS_IMPORTED");
  Import("esco", occupations::testing::EscoFiles());
  ASSERT_THAT(book_.ResolveSkills({}, text, &found), IsOk());
  ASSERT_THAT(found.matches(), SizeIs(1));
  EXPECT_EQ(found.matches(0).skill().title(), "Holz sägen");
  EXPECT_EQ(found.matches(0).score(), 1);
  occupations::v1::SuggestSkillsRequest typed;
  typed.set_text("bau");
  occupations::v1::SuggestSkillsResponse suggested;
  ASSERT_THAT(book_.SuggestSkills({}, typed, &suggested), IsOk());
  ASSERT_THAT(suggested.suggestions(), SizeIs(1));
  EXPECT_EQ(suggested.suggestions(0).skill().esco_uri(),
            "http://data.europa.eu/esco/skill/2");
}

TEST_F(OccupationBookTest, GetShowsTitlesDescriptionAndSkills) {
  ImportAll();
  occupations::v1::GetOccupationRequest request;
  request.set_name("occupations/5a1d2b3c-0000-4000-8000-000000000001");
  occupations::v1::KnownOccupation carpenter;
  ASSERT_THAT(book_.GetOccupation({}, request, &carpenter), IsOk());
  EXPECT_EQ(carpenter.name(), request.name());
  EXPECT_EQ(carpenter.title(), "Zimmerer/Zimmerin");
  EXPECT_THAT(carpenter.description(), HasSubstr("Dachstühle"));
  EXPECT_THAT(carpenter.essential_skills(), SizeIs(2));
  request.set_name("occupations/33322");
  occupations::v1::KnownOccupation type;
  ASSERT_THAT(book_.GetOccupation({}, request, &type), IsOk());
  EXPECT_THAT(type.ancestor_titles(), SizeIs(4));
  EXPECT_THAT(type.other_titles(), SizeIs(2));
  for (const char* name :
       {"occupations/", "occupations/99999", "occupations/../esco"}) {
    request.set_name(name);
    EXPECT_THAT(book_.GetOccupation({}, request, &type),
                StatusIs(absl::StatusCode::kNotFound));
  }
  request.set_name("33322");
  EXPECT_THAT(book_.GetOccupation({}, request, &type),
              StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST_F(OccupationBookTest, CodesComeInPages) {
  occupations::v1::ListOccupationsRequest request;
  request.set_kldb_prefix("33");
  request.set_page_size(2);
  std::vector<std::string> codes;
  do {
    occupations::v1::ListOccupationsResponse page;
    ASSERT_THAT(book_.ListOccupations({}, request, &page), IsOk());
    for (const auto& one : page.occupations()) codes.push_back(one.kldb_code());
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  EXPECT_THAT(codes, ElementsAre("33", "331", "332", "333"));
  request.set_max_digits(2);
  occupations::v1::ListOccupationsResponse main_group;
  ASSERT_THAT(book_.ListOccupations({}, request, &main_group), IsOk());
  EXPECT_THAT(main_group.occupations(), SizeIs(1));
}

TEST_F(OccupationBookTest, AWrongRequestNamesEveryWrongField) {
  occupations::v1::ResolveTitlesRequest request;
  request.add_titles("Koch");
  request.add_titles(std::string(201, 'x'));
  request.set_limit(101);
  request.set_classification(static_cast<occupations::v1::Classification>(9));
  occupations::v1::ResolveTitlesResponse response;
  const auto wrong =
      server::ViolationsOf(book_.ResolveTitles({}, request, &response));
  ASSERT_THAT(wrong, SizeIs(3));
  EXPECT_EQ(wrong[0].field, "titles[1]");
  EXPECT_EQ(wrong[1].field, "limit");
  EXPECT_EQ(wrong[2].field, "classification");
  occupations::v1::ListOccupationsRequest list;
  list.set_kldb_prefix("3x");
  list.set_max_digits(6);
  list.set_page_size(-1);
  list.set_page_token("token");
  occupations::v1::ListOccupationsResponse listed;
  EXPECT_THAT(server::ViolationsOf(book_.ListOccupations({}, list, &listed)),
              SizeIs(4));
}

}  // namespace
}  // namespace heimweg::reference
