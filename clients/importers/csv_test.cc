// Separated values and their mapping file.
#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "clients/importers/csv_mapping.h"
#include "clients/importers/formats.h"
#include "clients/importers/testing/collecting_sink.h"
#include "heimweg/housing/v1/home.pb.h"
#include "heimweg/jobs/v1/job.pb.h"
#include "tests/support/status_matchers.h"

namespace heimweg::importers {
namespace {

using heimweg::testing::IsOk;
using heimweg::testing::StatusIs;
using housing::v1::Home;
using jobs::v1::Job;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr char kHomes[] = R"({
  "source": "csv:amt", "encoding": "windows-1252",
  "columns": {
    "external_id": "Nr", "title": "Titel", "place.postal_code": "PLZ",
    "monthly_cold_rent_cents": "Kalt", "rooms": "Zimmer",
    "available_from": "Frei ab", "pets_allowed": "Haustiere",
    "description": {"columns": ["Lage", "Titel"], "separator": "; "},
    "source_uri": {"column": "Nr", "prefix": "https://example.org/"},
    "accessibility": {"column": "Barrieren", "split": ",",
                      "values": {"Lift": "LIFT"}},
    "tenure": {"column": "Art", "values": {"Miete": "TENURE_RENT"}}}})";
constexpr char kHeader[] =
    "Nr;Titel;PLZ;Kalt;Zimmer;Frei ab;Haustiere;Lage;Barrieren;Art\n";

struct Reading : public CollectingSink {
  explicit Reading(const std::string& text, const std::string& mapping = kHomes,
                   Kind kind = Kind::kHomes) {
    ReadOptions options;
    options.kind = kind;
    options.mapping = mapping;
    status = Read(*CsvFormat(), text, options);
  }
  absl::Status status;
};

TEST(Csv, ReadsWhatTheMappingSays) {
  const Reading reading(absl::StrCat(
      kHeader,
      "7;\"Sch\xF6n; \"\"hell\"\"\nund ruhig\";4910;1.234,50 \x80;2,5;"
      "1.8.2027;ja;Am Markt;Lift, step_free;Miete\r\n\r\n"
      "8;B;04910;;;;;;;rent\n"));
  ASSERT_THAT(reading.status, IsOk());
  ASSERT_THAT(reading.Violations(), ::testing::IsEmpty());
  const Home& home = reading.Row<Home>(0);
  EXPECT_EQ(home.source(), "csv:amt");
  EXPECT_EQ(home.external_id(), "7");
  EXPECT_EQ(home.title(), "Sch\u00f6n; \"hell\" und ruhig");
  EXPECT_EQ(home.place().postal_code(), "04910");
  EXPECT_EQ(home.monthly_cold_rent_cents(), 123450);
  EXPECT_EQ(home.rooms(), 2.5);
  EXPECT_EQ(home.available_from().month(), 8);
  EXPECT_EQ(home.pets_allowed(), type::v1::ANSWER_YES);
  EXPECT_EQ(home.source_uri(), "https://example.org/7");
  EXPECT_EQ(home.tenure(), housing::v1::TENURE_RENT);
  EXPECT_EQ(home.state(), type::v1::OFFER_STATE_PUBLISHED);
  EXPECT_THAT(home.accessibility(),
              ElementsAre(housing::v1::ACCESSIBILITY_LIFT,
                          housing::v1::ACCESSIBILITY_STEP_FREE));
  EXPECT_THAT(reading.Repairs(0),
              ElementsAre("postcode-zero-or-country place.postal_code"));
  EXPECT_EQ(reading.records[1].origin.line, 5);
  EXPECT_FALSE(reading.Row<Home>(1).has_monthly_cold_rent_cents());
}

TEST(Csv, RejectsRowsWithLineFieldAndText) {
  const Reading reading(absl::StrCat(
      kHeader, "1;A;4x;viel;2,5;bald;vielleicht;;Treppe;Tausch\n2;B\n"));
  ASSERT_THAT(reading.status, IsOk());
  EXPECT_THAT(
      reading.Violations(),
      ElementsAre(
          HasSubstr("2 accessibility: one of these was expected: Lift"),
          "2 available_from: a date was expected, e.g. 2027-08-01",
          "2 monthly_cold_rent_cents: an amount of euros was expected",
          "2 pets_allowed: ja or nein was expected",
          "2 place.postal_code: 5 digits were expected",
          HasSubstr("2 tenure: one of these was expected: Miete, "
                    "TENURE_RENT"),
          "3 : 10 fields were expected, as in the header; there are 2"));
  EXPECT_EQ(reading.rejections[1].text, "2;B");
  EXPECT_EQ(reading.rejections[1].row->GetTypeName(),
            "heimweg.housing.v1.Home");
}

TEST(Csv, WithoutAMappingColumnsAreOurFields) {
  const Reading ours("external_id;title;place.postal_code\n7;A;04910\n", "");
  ASSERT_THAT(ours.status, IsOk());
  EXPECT_EQ(ours.Row<Home>(0).place().postal_code(), "04910");
  const Reading others(absl::StrCat(kHeader, "1;A;;;;;;;;\n"), "");
  EXPECT_THAT(others.status.message(),
              ::testing::AllOf(HasSubstr("column \"Nr\" is no field of a Home"),
                               HasSubstr("--mapping")));
  const Reading without("title\nA\n", "");
  EXPECT_THAT(without.status.message(), HasSubstr("no column external_id"));
}

TEST(Csv, ReadsFilesWithoutAHeaderByNumber) {
  const Reading reading(
      "a|Koch|kochen,backen\n",
      R"({"header": false, "delimiter": "|", "full_load": true,
          "source": "csv:x", "columns": {"external_id": 1, "title": 2,
          "occupations.title": 2,
          "required_skills": {"column": 3, "split": ","},
          "salary.period": {"constant": "MONTH"}}})",
      Kind::kJobs);
  ASSERT_THAT(reading.status, IsOk());
  const Job& job = reading.Row<Job>(0);
  EXPECT_EQ(job.occupations(0).title(), "Koch");
  EXPECT_THAT(job.required_skills(), ElementsAre("kochen", "backen"));
  EXPECT_EQ(job.salary().period(), jobs::v1::SALARY_PERIOD_MONTH);
  EXPECT_THAT(reading.full_loads, ElementsAre("csv:x"));
}

TEST(Csv, SaysWhatIsWrongWithTheFile) {
  EXPECT_THAT(Reading("").status, StatusIs(absl::StatusCode::kInvalidArgument,
                                           HasSubstr("no header")));
  EXPECT_THAT(Reading("Nr;Titel\n").status,
              StatusIs(absl::StatusCode::kInvalidArgument,
                       HasSubstr("the file has 2: Nr, Titel")));
  EXPECT_THAT(Reading(absl::StrCat(kHeader, "1;\"open\n2;x\n")).status,
              StatusIs(absl::StatusCode::kInvalidArgument,
                       "line 2: a quote is not closed"));
  EXPECT_THAT(
      Reading(absl::StrCat(kHeader, "1;", std::string(10 << 20, 'x'))).status,
      StatusIs(absl::StatusCode::kResourceExhausted, HasSubstr("line 2")));
  EXPECT_THAT(
      Reading(absl::StrCat(kHeader, std::string(1 << 20, ';'))).status,
      StatusIs(absl::StatusCode::kResourceExhausted, HasSubstr("10000")));
}

TEST(CsvMapping, SaysWhichEntryIsWrong) {
  const auto wrong = [](const std::string& json) {
    return std::string(
        CsvMapping::Parse(json, Kind::kHomes).status().message());
  };
  EXPECT_THAT(wrong("no"), HasSubstr("a JSON object was expected"));
  EXPECT_THAT(wrong("{\"colums\": {}}"), HasSubstr("colums: is not known"));
  EXPECT_THAT(wrong("{\"columns\": {\"titel\": \"T\"}}"),
              HasSubstr("columns.titel: \"titel\" is no field of a Home"));
  EXPECT_THAT(wrong("{\"columns\": {\"place\": \"T\"}}"),
              HasSubstr("place.postal_code"));
  EXPECT_THAT(wrong("{\"columns\": {\"etag\": \"T\"}}"), HasSubstr("no field"));
  EXPECT_THAT(wrong("{\"columns\": {\"title\": {\"colum\": \"T\"}}}"),
              HasSubstr("columns.title.colum: is not known"));
  EXPECT_THAT(wrong("{\"columns\": {\"title\": {}}}"),
              HasSubstr("either column"));
  EXPECT_THAT(wrong("{\"columns\": {\"title\": \"T\"}}"),
              HasSubstr("columns.external_id: is needed"));
  EXPECT_THAT(wrong("{\"delimiter\": \"ab\", \"columns\": {}}"),
              HasSubstr("one character"));
}

}  // namespace
}  // namespace heimweg::importers
