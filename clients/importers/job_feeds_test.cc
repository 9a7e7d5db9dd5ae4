// The feeds of jobs: the employment agency's two, Personio's and Indeed's.
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

TEST(BaJobsuche, ReadsTheAnswerToASearch) {
  const CollectingSink sink = ReadAll(BaJobsucheFormat(), R"({"page": "1",
    "stellenangebote": [
      {"beruf": "Koch/Köchin", "titel": "Koch m/w/d", "refnr": "1-2-S",
       "arbeitgeber": "Gasthof Beispiel", "eintrittsdatum": "2027-02-01",
       "aktuelleVeroeffentlichungsdatum": "2027-01-04",
       "modifikationsTimestamp": "2027-01-05T08:15:30.9",
       "arbeitsort": {"plz": 3238, "ort": "Finsterwalde", "land": "Deutschland",
                      "koordinaten": {"lat": 51.63, "lon": 13.71}}},
      {"titel": "Koch", "refnr": "1-3-S", "arbeitsort":
        {"plz": "6020", "ort": "Innsbruck", "land": "OESTERREICH"}},
      {"titel": "Koch", "arbeitsort": {"ort": "Zittau"}}]})");
  ASSERT_EQ(sink.records.size(), 1);
  const auto& job = sink.Row<Job>(0);
  EXPECT_EQ(job.source(), "ba-jobsuche:arbeitsagentur");
  EXPECT_EQ(job.external_id(), "1-2-S");
  EXPECT_EQ(job.occupations(0).title(), "Koch/Köchin");
  EXPECT_EQ(job.employer().display_name(), "Gasthof Beispiel");
  EXPECT_EQ(job.place().postal_code(), "03238");
  EXPECT_EQ(job.start_date().year(), 2027);
  EXPECT_EQ(job.verified_time().seconds(), 1799133330);
  EXPECT_THAT(sink.skipped, ElementsAre("a job outside Germany"));
  EXPECT_THAT(sink.Violations(),
              ElementsAre("11 external_id: expected a job with refnr or "
                          "referenznummer"));
}

TEST(BaJobsuche, ReadsDetailsInNewNames) {
  const CollectingSink sink = ReadAll(BaJobsucheFormat(), R"({
    "referenznummer": "1-4-S", "stellenangebotsTitel": "Altenpfleger/in",
    "stellenangebotsart": "ARBEIT", "hauptberuf": "Altenpfleger/in",
    "stellenangebotsBeschreibung": "**Aufgaben**\n- Pflege",
    "arbeitszeitVollzeit": false, "arbeitszeitTeilzeitVormittag": true,
    "arbeitszeitSchichtNachtWochenende": true, "homeofficemoeglich": false,
    "vertragsdauer": "BEFRISTET", "istArbeitnehmerUeberlassung": true,
    "verguetungsangabe": "KEINE_ANGABEN", "firma": "Pflege Beispiel",
    "stellenlokationen": [{"adresse": {"strasse": "Ring", "hausnummer": "4",
      "plz": "17291", "ort": "Prenzlau", "land": "DEUTSCHLAND"},
      "breite": 53.31, "laenge": 13.86}]})");
  ASSERT_EQ(sink.records.size(), 1);
  const auto& job = sink.Row<Job>(0);
  EXPECT_EQ(job.description(), "**Aufgaben**\n- Pflege");
  EXPECT_EQ(job.employment_type(), jobs::v1::EMPLOYMENT_TYPE_EMPLOYEE);
  EXPECT_EQ(job.weekly_hours().maximum(), 34);
  EXPECT_EQ(job.shift_work(), type::v1::ANSWER_YES);
  EXPECT_EQ(job.fixed_term(), type::v1::ANSWER_YES);
  EXPECT_EQ(job.temp_agency(), type::v1::ANSWER_YES);
  EXPECT_EQ(job.remote_percent(), 0);
  EXPECT_EQ(job.place().street_address(), "Ring 4");
  EXPECT_FALSE(job.has_salary());
}

TEST(BaJobsuche, ReadsDetailsInOldNames) {
  const CollectingSink sink = ReadAll(BaJobsucheFormat(), R"({
    "refnr": "1-5-S", "titel": "Tischler/in", "stellenbeschreibung": "Bauen",
    "arbeitgeber": "Holz", "hauptDkz": "B 22342-100", "befristung": "2",
    "arbeitszeitmodelle": ["VOLLZEIT", "HEIM_TELEARBEIT", "GLEITZEIT"],
    "fertigkeiten": [{"hierarchieName": "x", "auspraegungen":
       {"Grundkenntnisse": ["CNC"], "Zwingend erforderlich": ["Lackieren"]}}],
    "arbeitsorte": [{"plz": "17291", "ort": "Prenzlau"},
                    {"plz": "17268", "ort": "Templin"}]})");
  ASSERT_EQ(sink.records.size(), 1);
  const auto& job = sink.Row<Job>(0);
  EXPECT_EQ(job.occupations(0).kldb_code(), "22342");
  EXPECT_EQ(job.fixed_term(), type::v1::ANSWER_NO);
  EXPECT_THAT(job.optional_skills(), ElementsAre("CNC", "Lackieren"));
  EXPECT_EQ(job.place().postal_code(), "17291");
  EXPECT_THAT(
      sink.Repairs(0),
      ElementsAre("remote-share-assumed remote_percent",
                  "unknown-working-time:gleitzeit weekly_hours",
                  "hours-assumed weekly_hours", "first-place-only place"));
}

std::string HrBa(absl::string_view load, absl::string_view data) {
  return absl::StrCat(
      "<?xml version=\"1.0\"?>\n<HRBAXMLJobPositionPosting><Header>"
      "<SupplierId>V1</SupplierId><TypeOfLoad>",
      load, "</TypeOfLoad></Header><Data>", data,
      "</Data></HRBAXMLJobPositionPosting>");
}

std::string Posting(absl::string_view id, absl::string_view action,
                    absl::string_view rest = "") {
  return absl::StrCat(
      "<JobPositionPosting><JobPositionPostingId>", id,
      "</JobPositionPostingId><HiringOrg><HiringOrgName>Pflege GmbH"
      "</HiringOrgName><Contact><GivenName>Erika</GivenName><FamilyName>Muster"
      "</FamilyName></Contact></HiringOrg><PostDetail><Status>1</Status>"
      "<Action>",
      action,
      "</Action></PostDetail><JobPositionInformation>"
      "<JobPositionTitleDescription>Pflegehelfer/in"
      "</JobPositionTitleDescription><JobOfferType>38</JobOfferType>"
      "<JobPositionDescription><JobPositionLocation><Location><CountryCode>DE"
      "</CountryCode><PostalCode>17291</PostalCode><Municipality>Prenzlau"
      "</Municipality></Location></JobPositionLocation><Classification>"
      "<Schedule><WorkingPlan>3</WorkingPlan><HoursPerWeek>30</HoursPerWeek>"
      "</Schedule></Classification></JobPositionDescription>",
      rest, "</JobPositionInformation></JobPositionPosting>");
}

TEST(HrBaXml, ReadsAFullLoad) {
  const CollectingSink sink = ReadAll(
      HrBaXmlFormat(),
      HrBa("F", Posting("A-1", "1",
                        "<JobPositionRequirements><QualificationsRequired>"
                        "<Language><LanguageName>Deutsch</LanguageName>"
                        "<LanguageLevel>2</LanguageLevel></Language><Mobility>"
                        "<DrivingLicence><DrivingLicenceName>B"
                        "</DrivingLicenceName><DrivingLicenceRequired>1"
                        "</DrivingLicenceRequired></DrivingLicence></Mobility>"
                        "</QualificationsRequired></JobPositionRequirements>"
                        "<NumberToFill>3</NumberToFill>"
                        "<EmploymentType>1</EmploymentType>")));
  EXPECT_THAT(sink.full_loads, ElementsAre("hr-ba-xml:V1"));
  ASSERT_EQ(sink.records.size(), 1);
  const auto& job = sink.Row<Job>(0);
  EXPECT_EQ(job.source(), "hr-ba-xml:V1");
  EXPECT_EQ(job.requirement_level(), type::v1::REQUIREMENT_LEVEL_HELPER);
  EXPECT_EQ(job.weekly_hours().minimum(), 30);
  EXPECT_EQ(job.capacity(), 3);
  EXPECT_EQ(job.temp_agency(), type::v1::ANSWER_YES);
  EXPECT_THAT(job.driving_licences(), ElementsAre("B"));
  EXPECT_EQ(job.languages(0).level(), type::v1::CEFR_LEVEL_B2);
  EXPECT_EQ(job.contact_person().display_name(), "Erika Muster");
  EXPECT_THAT(sink.Repairs(0), ElementsAre("language-level-assumed languages"));
}

TEST(HrBaXml, ReadsChangesAndDeletions) {
  const CollectingSink sink = ReadAll(
      HrBaXmlFormat(),
      HrBa("D", absl::StrCat(Posting("A-1", "2"), Posting("A-2", "3"),
                             "<DeleteEntry><EntryId>A-3</EntryId></DeleteEntry>"
                             "<DeleteEntry/>")));
  EXPECT_THAT(sink.full_loads, IsEmpty());
  ASSERT_EQ(sink.records.size(), 3);
  EXPECT_EQ(sink.records[0].action, Record::Action::kUpsert);
  EXPECT_EQ(sink.records[1].action, Record::Action::kDelete);
  EXPECT_EQ(sink.Row<Job>(1).external_id(), "A-2");
  EXPECT_EQ(sink.records[2].action, Record::Action::kDelete);
  EXPECT_EQ(sink.Row<Job>(2).external_id(), "A-3");
  EXPECT_THAT(sink.Violations(),
              ElementsAre("2 external_id: expected the id of the posting to "
                          "delete"));
}

TEST(HrBaXml, RefusesAnotherLoadAndEntities) {
  CollectingSink sink;
  EXPECT_THAT(
      sink.Read(*HrBaXmlFormat(), HrBa("X", ""), {}),
      StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("TypeOfLoad")));
  EXPECT_THAT(
      sink.Read(*HrBaXmlFormat(),
                "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///x'>]>"
                "<HRBAXMLJobPositionPosting>&b;"
                "</HRBAXMLJobPositionPosting>",
                {}),
      StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("DOCTYPE")));
}

TEST(Personio, ReadsTheFeed) {
  const CollectingSink sink = ReadAll(PersonioFormat(), R"(<workzag-jobs>
    <position><id>7</id><subcompany>Werk</subcompany>
      <office>57319 Bad Berleburg</office>
      <additionalOffices><office>Remote</office></additionalOffices>
      <name>Konstrukteurin</name><jobDescriptions><jobDescription>
        <name>Aufgaben</name><value><![CDATA[<ul><li>CAD &amp; Co</li></ul>]]>
        </value></jobDescription></jobDescriptions>
      <employmentType>permanent</employmentType><schedule>part-time</schedule>
      <seniority>lead</seniority><keywords>CAD, CNC</keywords>
      <createdAt>2027-01-04T09:30:00+0100</createdAt></position>
    <position><id>8</id><name>Ohne Ort</name></position></workzag-jobs>)");
  // Nobody knows whose feed it is.
  EXPECT_THAT(sink.full_loads, IsEmpty());
  ASSERT_EQ(sink.records.size(), 1);
  const auto& job = sink.Row<Job>(0);
  EXPECT_EQ(job.source(), "personio");
  EXPECT_EQ(job.description(), "**Aufgaben**\n- CAD & Co");
  EXPECT_EQ(job.place().postal_code(), "57319");
  EXPECT_EQ(job.remote_percent(), 100);
  EXPECT_EQ(job.fixed_term(), type::v1::ANSWER_NO);
  EXPECT_EQ(job.verified_time().seconds(), 1799051400);
  EXPECT_THAT(sink.Repairs(0),
              ElementsAre("hours-assumed weekly_hours",
                          "unknown-seniority:lead requirement_level"));
  EXPECT_THAT(sink.Violations(), ElementsAre(HasSubstr("place: expected")));
}

TEST(Personio, AnEmptyFeedOfANamedCompanyIsAFullLoadOfNothing) {
  CollectingSink sink;
  ReadOptions options;
  options.source = "personio:werk";
  ASSERT_TRUE(sink.Read(*PersonioFormat(), "<workzag-jobs/>", options).ok());
  EXPECT_THAT(sink.full_loads, ElementsAre("personio:werk"));
  EXPECT_THAT(sink.records, IsEmpty());
}

TEST(Indeed, ReadsTheFeed) {
  const CollectingSink sink = ReadAll(IndeedFormat(), R"(<source>
    <publisherurl>https://ats.example.org/</publisherurl>
    <job><title><![CDATA[Bäcker]]></title><referencenumber>b-1</referencenumber>
      <date>Mon, 04 Jan 2027 10:00:00 +0100</date><url>ftp://x</url>
      <company>Ofen</company><city>Schmallenberg</city><country>DE</country>
      <postalcode>57392</postalcode><salary>2.700 - 3.100 EUR/Monat</salary>
      <jobtype>fulltime, walkin</jobtype><remotetype>Hybrid remote</remotetype>
      <description><![CDATA[<p>Ohne Nachtschicht</p>]]></description>
    </job></source>)");
  EXPECT_THAT(sink.full_loads, ElementsAre("indeed:ats.example.org"));
  ASSERT_EQ(sink.records.size(), 1);
  const auto& job = sink.Row<Job>(0);
  EXPECT_EQ(job.salary().minimum_cents(), 270000);
  EXPECT_EQ(job.salary().maximum_cents(), 310000);
  EXPECT_EQ(job.weekly_hours().minimum(), 35);
  EXPECT_EQ(job.description(), "Ohne Nachtschicht");
  EXPECT_EQ(job.remote_percent(), 40);
  EXPECT_THAT(sink.Repairs(0), Contains("uri-dropped source_uri"));
  EXPECT_THAT(sink.Repairs(0),
              Contains("unknown-employment-type:walkin employment_type"));
}

}  // namespace
}  // namespace heimweg::importers
