#include <gmock/gmock.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "clients/importers/formats.h"
#include "clients/importers/testing/collecting_sink.h"
#include "heimweg/jobs/v1/job.pb.h"
#include "tests/support/status_matchers.h"

namespace heimweg::importers {
namespace {

using heimweg::testing::StatusIs;
using jobs::v1::Job;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr char kCarpenter[] = R"({
  "@context": "https://schema.org/", "@type": "JobPosting",
  "identifier": {"@type": "PropertyValue", "value": "T-1"},
  "url": "https://www.holz.example/stellen/t-1",
  "title": "Tischler/in m/w/d",
  "description": "<p>Wir bauen Treppen.</p><ul><li>Gesellenbrief</li></ul>",
  "datePosted": "2027-01-05", "validThrough": "2027-03-31",
  "employmentType": ["FULL_TIME", "PART_TIME", "TEMPORARY"],
  "jobStartDate": "2027-02-01", "occupationalCategory": "22342",
  "skills": "Treppenbau, CNC",
  "hiringOrganization": {"name": "Holz", "sameAs": "https://holz.example"},
  "jobLocation": {"address": {"streetAddress": "Am Hang 2",
    "postalCode": "3238", "addressLocality": "Finsterwalde",
    "addressCountry": "DE"}, "geo": {"latitude": "13.71", "longitude": "51.63"}},
  "baseSalary": {"currency": "EUR", "value": {"minValue": 3200,
    "maxValue": 2800, "unitText": "MONTH"}},
  "applicationContact": {"name": "Frau Muster", "email": "m@holz.example"}})";

CollectingSink ReadJobs(absl::string_view text) {
  CollectingSink sink;
  const absl::Status status = sink.Read(*JobPostingFormat(), text, {});
  EXPECT_TRUE(status.ok()) << status;
  return sink;
}

TEST(JobPosting, FillsAJobAndNamesWhatItPutRight) {
  const CollectingSink sink = ReadJobs(kCarpenter);
  ASSERT_EQ(sink.records.size(), 1);
  const auto& job = sink.Row<Job>(0);
  EXPECT_EQ(job.source(), "jobposting:holz.example");
  EXPECT_EQ(job.external_id(), "T-1");
  EXPECT_EQ(job.title(), "Tischler/in m/w/d");
  EXPECT_EQ(job.description(), "Wir bauen Treppen.\n- Gesellenbrief");
  EXPECT_EQ(job.occupations(0).kldb_code(), "22342");
  EXPECT_THAT(job.optional_skills(), ElementsAre("Treppenbau", "CNC"));
  EXPECT_EQ(job.place().postal_code(), "03238");
  EXPECT_DOUBLE_EQ(job.place().location().latitude(), 51.63);
  EXPECT_EQ(job.place().street_address(), "Am Hang 2");
  EXPECT_EQ(job.salary().minimum_cents(), 280000);
  EXPECT_EQ(job.salary().maximum_cents(), 320000);
  EXPECT_EQ(job.salary().period(), jobs::v1::SALARY_PERIOD_MONTH);
  EXPECT_EQ(job.weekly_hours().minimum(), 10);
  EXPECT_EQ(job.weekly_hours().maximum(), 40);
  EXPECT_EQ(job.fixed_term(), type::v1::ANSWER_YES);
  EXPECT_EQ(job.start_date().month(), 2);
  EXPECT_EQ(job.contact_person().email(), "m@holz.example");
  // The last day counts: the end is the first moment of the next.
  EXPECT_EQ(job.validity().end_time().seconds(), 1806530400);
  EXPECT_THAT(sink.Repairs(0),
              ElementsAre("salary-swapped salary", "hours-assumed weekly_hours",
                          "postcode-completed place.postal_code",
                          "coordinates-swapped place.location"));
}

TEST(JobPosting, WritesCharacterReferencesOfPagesOut) {
  const CollectingSink sink = ReadJobs(R"({"@type": "JobPosting",
    "identifier": "1", "title": "B&auml;cker (m/w/d) &amp; mehr",
    "jobLocationType": "TELECOMMUTE",
    "hiringOrganization": {"name": "B&#228;ckerei Korn &amp; S&ouml;hne"}})");
  ASSERT_EQ(sink.records.size(), 1);
  EXPECT_EQ(sink.Row<Job>(0).employer().display_name(),
            "B\u00e4ckerei Korn & S\u00f6hne");
  EXPECT_EQ(sink.Row<Job>(0).title(), "B\u00e4cker (m/w/d) & mehr");
}

TEST(JobPosting, IsFoundInArraysGraphsListsAndPages) {
  const std::string one = kCarpenter;
  for (const std::string& text :
       {absl::StrCat("[", one, "]"),
        absl::StrCat(R"({"@context":"https://schema.org","@graph":[)", one,
                     "]}"),
        absl::StrCat(R"([{"@type":"ItemList","itemListElement":[{"item":)", one,
                     "}]}]"),
        absl::StrCat("<!DOCTYPE html><html><head><title>a</title>"
                     "<script>if (1 < 2) {}</script>"
                     "<script type='application/ld+json'>",
                     one, "</script></head><body><p>b</body></html>")}) {
    const CollectingSink sink = ReadJobs(text);
    ASSERT_EQ(sink.records.size(), 1) << text.substr(0, 40);
    EXPECT_EQ(sink.Row<Job>(0).external_id(), "T-1");
    EXPECT_EQ(sink.Row<Job>(0).description(),
              "Wir bauen Treppen.\n- Gesellenbrief");
  }
}

TEST(JobPosting, NamesUnknownValuesButNoTextOfPeople) {
  const CollectingSink sink = ReadJobs(R"({"@type": "JobPosting",
    "title": "Koch", "identifier": "4", "jobLocation": "04910 Elsterwerda",
    "employmentType": "VOLUNTEER", "jobLocationType": "mail anna@example.org",
    "baseSalary": "nach Tarif"})");
  ASSERT_EQ(sink.records.size(), 1);
  EXPECT_EQ(sink.Row<Job>(0).place().municipality(), "Elsterwerda");
  EXPECT_THAT(sink.Repairs(0),
              ElementsAre("unknown-salary:nach tarif salary",
                          "unknown-employment-type:volunteer employment_type",
                          "unknown-job-location-type remote_percent"));
}

TEST(JobPosting, NeedsATitleAndAPlaceUnlessRemote) {
  const CollectingSink sink = ReadJobs(
      R"([{"@type": "JobPosting", "title": " ", "identifier": "1"},
          {"@type": "JobPosting", "title": "Texterin", "identifier": "2",
           "jobLocationType": "TELECOMMUTE"}])");
  EXPECT_THAT(sink.Violations(),
              ElementsAre("1 title: expected a title",
                          "1 place: expected a postcode, a town or "
                          "coordinates in Germany"));
  ASSERT_EQ(sink.records.size(), 1);
  EXPECT_EQ(sink.Row<Job>(0).remote_percent(), 100);
  EXPECT_FALSE(sink.Row<Job>(0).has_place());
}

TEST(JobPosting, SkipsWhatIsAbroadOrSomethingElse) {
  const CollectingSink sink = ReadJobs(
      R"([{"@type": "JobPosting", "title": "Koch", "identifier": "1",
           "jobLocation": {"address": {"postalCode": "6020",
             "addressLocality": "Innsbruck", "addressCountry": "AT"}}},
          {"@type": "WebSite", "name": "x"}])");
  EXPECT_THAT(sink.records, IsEmpty());
  EXPECT_THAT(sink.skipped, ElementsAre("a job outside Germany",
                                        "schema.org data of another type"));
}

TEST(JobPosting, GivesTheSameIdToTheSameJobWithoutOne) {
  const std::string text = R"({"@type": "JobPosting", "title": "Koch",
    "datePosted": "2027-01-01", "jobLocation": "Zittau"})";
  const CollectingSink once = ReadJobs(text);
  const CollectingSink again = ReadJobs(text);
  EXPECT_EQ(once.Row<Job>(0).external_id().size(), 16);
  EXPECT_EQ(once.Row<Job>(0).external_id(), again.Row<Job>(0).external_id());
  EXPECT_THAT(once.Repairs(0), Contains("id-from-content external_id"));
}

TEST(JobPosting, RefusesHostileFiles) {
  CollectingSink sink;
  const std::string deep = std::string(200, '[') + std::string(200, ']');
  EXPECT_THAT(sink.Read(*JobPostingFormat(), deep, {}),
              StatusIs(absl::StatusCode::kResourceExhausted,
                       HasSubstr("nested more than 64")));
  const std::string large =
      absl::StrCat(R"({"@type": "JobPosting", "title": ")",
                   std::string(10 << 20, 'a'), "\"}");
  EXPECT_THAT(
      sink.Read(*JobPostingFormat(), large, {}),
      StatusIs(absl::StatusCode::kResourceExhausted, HasSubstr("larger than")));
  EXPECT_THAT(sink.Read(*JobPostingFormat(), "{\"a\": \"\xFF\"}", {}),
              StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(sink.Read(*JobPostingFormat(), "<html><p>none</html>", {}),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       HasSubstr("holds no such data")));
  std::string divs = "<html>";
  for (int i = 0; i < 100'000; ++i) divs += "<div>";
  EXPECT_THAT(sink.Read(*JobPostingFormat(), divs, {}),
              StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(sink.records, IsEmpty());
}

}  // namespace
}  // namespace heimweg::importers
