// What is written is read back by the importers.
#include <gmock/gmock.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "clients/exporters/offer_writer.h"
#include "clients/importers/formats.h"
#include "clients/importers/message_json.h"
#include "clients/importers/testing/collecting_sink.h"
#include "heimweg/contacts/v1/contact.pb.h"
#include "heimweg/jobs/v1/job.pb.h"

namespace heimweg::exporters {
namespace {

using contacts::v1::Contact;
using importers::CollectingSink;
using jobs::v1::Job;
using ::testing::ElementsAre;
using ::testing::SizeIs;

template <typename Offer>
Offer FromJson(absl::string_view text) {
  Offer offer;
  const auto wrong = importers::ParseMessage(text, offer);
  EXPECT_FALSE(wrong.has_value()) << wrong->field() << wrong->description();
  return offer;
}

CollectingSink ReadBack(
    OfferWriter& writer,
    const std::vector<const google::protobuf::Message*>& offers,
    const importers::Format& format, importers::Kind kind) {
  std::string text = writer.Begin();
  for (const auto* offer : offers) text += writer.Offer(*offer);
  text += writer.End();
  importers::ReadOptions options;
  options.kind = kind;
  CollectingSink sink;
  const absl::Status status = sink.Read(format, text, options);
  EXPECT_TRUE(status.ok()) << status << text;
  return sink;
}

TEST(JobPostings, SayTheSameWhenReadBack) {
  const Job job = FromJson<Job>(R"({"state": "OFFER_STATE_PUBLISHED",
    "title": "Koch \"Chef\" m/w/d", "description": "Zeile eins\nZeile zwei",
    "source": "jobposting:a.example", "externalId": "k-1",
    "sourceUri": "https://a.example/k-1",
    "place": {"postalCode": "04910", "municipality": "Elsterwerda",
      "location": {"latitude": 51.46, "longitude": 13.52},
      "streetAddress": "Markt 1"},
    "validity": {"startTime": "2027-01-01T00:00:00Z",
                 "endTime": "2027-03-01T00:00:00Z"},
    "verifiedTime": "2027-01-01T00:00:00Z", "capacity": 2,
    "occupations": [{"kldbCode": "29302", "title": "Koch \"Chef\" m/w/d"}],
    "optionalSkills": ["Suppen", "Wild"],
    "weeklyHours": {"minimum": 20, "maximum": 38.5},
    "fixedTerm": "ANSWER_YES", "employmentType": "EMPLOYMENT_TYPE_EMPLOYEE",
    "salary": {"minimumCents": 1450, "maximumCents": 1600,
               "period": "SALARY_PERIOD_HOUR"},
    "startDate": {"year": 2027, "month": 2, "day": 1},
    "employer": {
  "displayName" : "Gasthof", "websiteUri" : "https://a.example"}})");
  Job second = job;
  second.set_external_id("k-2");
  const CollectingSink sink =
      ReadBack(*NewJobPostingWriter(), {&job, &second},
               *importers::JobPostingFormat(), importers::Kind::kJobs);
  ASSERT_THAT(sink.records, SizeIs(2));
  EXPECT_EQ(importers::MessageJson(sink.Row<Job>(0)),
            importers::MessageJson(job));
  EXPECT_EQ(sink.Row<Job>(1).external_id(), "k-2");
}

TEST(JobPostings, NoJobsAreAnEmptyGraph) {
  const auto writer = NewJobPostingWriter();
  EXPECT_EQ(writer->Begin() + writer->End(),
            "{\"@context\":\"https://schema.org\",\"@graph\":[\n]}\n");
}

TEST(Calendars, SayTheSameWhenReadBack) {
  const Contact event = FromJson<Contact>(R"({
    "state": "OFFER_STATE_PUBLISHED", "title": "Stammtisch; für alle, die da sind",
    "description": "Eins\\zwei, drei;\nvier und noch sehr viel mehr Text, der umbrochen wird.",
    "externalId": "e-1", "source": "icalendar", "sourceUri": "https://a.example/e",
    "verifiedTime": "2027-01-01T00:00:00Z",
    "place": {"postalCode": "02763", "municipality": "Zittau",
      "location": {"latitude": 50.8961, "longitude": 14.8072},
      "streetAddress": "Markt 1"},
    "contactType": "CONTACT_TYPE_EVENT", "topics": ["a,b", "rückkehr"],
    "schedule": {"startTime": "2027-07-01T17:00:00Z",
      "endTime": "2027-07-01T19:00:00Z",
      "recurrenceRule": "FREQ=MONTHLY;BYDAY=1TH"}})");
  Contact club = event;
  club.clear_schedule();
  const CollectingSink sink =
      ReadBack(*NewCalendarWriter(), {&event, &club},
               *importers::ICalendarFormat(), importers::Kind::kContacts);
  ASSERT_THAT(sink.records, SizeIs(1));
  EXPECT_EQ(importers::MessageJson(sink.Row<Contact>(0)),
            importers::MessageJson(event));
}

TEST(Cards, SayTheSameWhenReadBack) {
  const Contact club = FromJson<Contact>(R"({
    "state": "OFFER_STATE_PUBLISHED", "title": "Imker, Bienen; Honig",
    "description": "Zeile\nzwei", "externalId": "c-1", "source": "vcard",
    "sourceUri": "https://a.example", "verifiedTime": "2027-01-01T00:00:00Z",
    "place": {"postalCode": "02763", "municipality": "Zittau",
      "streetAddress": "Markt 1; Hof"},
    "contactPerson": {"email": "a@b.example", "phoneNumber": "+49 1"},
    "contactType": "CONTACT_TYPE_CLUB", "topics": ["verein", "imkern"],
    "languages": [{"languageCode": "de"}, {"languageCode": "pl"}],
    "organization": "Imker, Bienen; Honig"})");
  const CollectingSink sink =
      ReadBack(*NewCardWriter(), {&club}, *importers::VCardFormat(),
               importers::Kind::kContacts);
  ASSERT_THAT(sink.records, SizeIs(1));
  EXPECT_EQ(importers::MessageJson(sink.Row<Contact>(0)),
            importers::MessageJson(club));
}

// These formats have no AGS, and a town may have namesakes.
TEST(Places, KnownByTheirAgsAreWrittenWithTheirPoint) {
  constexpr char kPlace[] = R"("place": {"ags": "08119067", "resolved": {
    "location": {"latitude": 48.80537, "longitude": 9.52721},
    "ags": "08119067", "municipality": "Schorndorf"}})";
  const Job job = FromJson<Job>(absl::StrCat(
      R"({"title": "Koch", "externalId": "1", "source": "s", )", kPlace, "}"));
  const Contact club = FromJson<Contact>(absl::StrCat(
      R"({"title": "A", "externalId": "1", "source": "s",
          "contactType": "CONTACT_TYPE_CLUB", )",
      kPlace, "}"));
  Contact event = club;
  event.set_contact_type(contacts::v1::CONTACT_TYPE_EVENT);
  event.mutable_schedule()->mutable_start_time()->set_seconds(3'000'000'000);
  const auto expect_point = [](const type::v1::Place& place) {
    EXPECT_EQ(place.municipality(), "Schorndorf");
    EXPECT_NEAR(place.location().latitude(), 48.80537, 1e-6);
    EXPECT_NEAR(place.location().longitude(), 9.52721, 1e-6);
  };
  const auto jobs =
      ReadBack(*NewJobPostingWriter(), {&job}, *importers::JobPostingFormat(),
               importers::Kind::kJobs);
  ASSERT_THAT(jobs.records, SizeIs(1));
  expect_point(jobs.Row<Job>(0).place());
  const auto cards =
      ReadBack(*NewCardWriter(), {&club}, *importers::VCardFormat(),
               importers::Kind::kContacts);
  ASSERT_THAT(cards.records, SizeIs(1));
  expect_point(cards.Row<Contact>(0).place());
  const auto events =
      ReadBack(*NewCalendarWriter(), {&event}, *importers::ICalendarFormat(),
               importers::Kind::kContacts);
  ASSERT_THAT(events.records, SizeIs(1));
  expect_point(events.Row<Contact>(0).place());
}

}  // namespace
}  // namespace heimweg::exporters
