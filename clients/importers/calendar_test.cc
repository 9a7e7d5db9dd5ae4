// iCalendar and schema.org Event.
#include <gmock/gmock.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "clients/importers/formats.h"
#include "clients/importers/testing/collecting_sink.h"
#include "heimweg/contacts/v1/contact.pb.h"
#include "tests/support/status_matchers.h"

namespace heimweg::importers {
namespace {

using contacts::v1::Contact;
using heimweg::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// Noon of 1 July 2027 in Berlin.
constexpr int64_t kNow = 1814436000;

CollectingSink Read(const Format* format, absl::string_view text) {
  CollectingSink sink;
  ReadOptions options;
  options.kind = Kind::kContacts;
  options.now = absl::FromUnixSeconds(kNow);
  const absl::Status status = sink.Read(*format, text, options);
  EXPECT_TRUE(status.ok()) << status;
  return sink;
}

std::string Calendar(absl::string_view lines) {
  return absl::StrCat("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", lines,
                      "END:VCALENDAR\r\n");
}

std::string Event(absl::string_view lines) {
  return Calendar(
      absl::StrCat("BEGIN:VEVENT\r\nUID:e1\r\nSUMMARY:Stammtisch\r\n"
                   "LOCATION:Markt 1\\, 02763 Zittau\r\n",
                   lines, "END:VEVENT\r\n"));
}

// A time in Berlin.
int64_t At(int month, int day, int hour) {
  absl::TimeZone berlin;
  EXPECT_TRUE(absl::LoadTimeZone("Europe/Berlin", &berlin));
  return absl::ToUnixSeconds(
      absl::FromCivil(absl::CivilSecond(2027, month, day, hour), berlin));
}

TEST(ICalendar, ReadsAnEventThatTakesPlaceOnce) {
  const CollectingSink sink = Read(
      ICalendarFormat(),
      Event("DTSTART;TZID=Europe/Berlin:20270901T180000\r\n"
            "DTEND;TZID=Europe/Berlin:20270901T200000\r\n"
            "DESCRIPTION:Für alle\\, die\r\n  zurück sind.\\nKommt!\r\n"
            "CATEGORIES:Jobmesse,Rückkehr\r\nGEO:50.8961;14.8072\r\n"
            "ORGANIZER;CN=\"Erika Muster\":mailto:e@example.org\r\n"
            "URL:https://example.org/s\r\nLAST-MODIFIED:20270601T080000Z\r\n"));
  ASSERT_THAT(sink.records, SizeIs(1));
  const auto& contact = sink.Row<Contact>(0);
  EXPECT_EQ(contact.external_id(), "e1");
  EXPECT_EQ(contact.description(), "Für alle, die zurück sind.\nKommt!");
  EXPECT_EQ(contact.contact_type(), contacts::v1::CONTACT_TYPE_EMPLOYER_MEETUP);
  EXPECT_THAT(contact.topics(), ElementsAre("jobmesse", "rückkehr"));
  EXPECT_EQ(contact.place().postal_code(), "02763");
  EXPECT_EQ(contact.place().municipality(), "Zittau");
  EXPECT_EQ(contact.place().street_address(), "Markt 1");
  EXPECT_EQ(contact.contact_person().display_name(), "Erika Muster");
  EXPECT_EQ(contact.schedule().start_time().seconds(), At(9, 1, 18));
  EXPECT_EQ(contact.schedule().end_time().seconds(), At(9, 1, 20));
  EXPECT_EQ(contact.validity().end_time().seconds(), At(9, 1, 20));
  EXPECT_EQ(contact.verified_time().seconds(), 1811836800);
  EXPECT_THAT(sink.Repairs(0), IsEmpty());
}

TEST(ICalendar, FindsTheNextOccurrenceAcrossTheChangeOfClocks) {
  // The first Thursday of each month at 19 o'clock, winter and summer.
  const CollectingSink sink = Read(
      ICalendarFormat(),
      Event("DTSTART;TZID=Europe/Berlin:20270107T190000\r\nDURATION:PT2H\r\n"
            "RRULE:FREQ=MONTHLY;BYDAY=1TH;COUNT=10\r\n"));
  ASSERT_THAT(sink.records, SizeIs(1));
  const auto& schedule = sink.Row<Contact>(0).schedule();
  EXPECT_EQ(schedule.start_time().seconds(), At(7, 1, 19));
  EXPECT_EQ(schedule.end_time().seconds(), At(7, 1, 21));
  EXPECT_EQ(schedule.recurrence_rule(), "FREQ=MONTHLY;COUNT=4;BYDAY=1TH");
}

TEST(ICalendar, UnderstandsTheZonesThatProgramsWrite) {
  const std::string windows =
      "BEGIN:VTIMEZONE\r\nTZID:Our office\r\nBEGIN:STANDARD\r\n"
      "DTSTART:16010101T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\n"
      "END:STANDARD\r\nEND:VTIMEZONE\r\n";
  for (const absl::string_view start :
       {"DTSTART;TZID=\"W. Europe Standard Time\":20270901T180000",
        "DTSTART;TZID=/mozilla.org/20050126_1/Europe/Berlin:20270901T180000",
        "DTSTART;TZID=Our office:20270901T180000", "DTSTART:20270901T160000Z",
        "DTSTART:20270901T180000"}) {
    const CollectingSink sink =
        Read(ICalendarFormat(),
             Calendar(absl::StrCat(windows,
                                   "BEGIN:VEVENT\r\nUID:e\r\nSUMMARY:a\r\n"
                                   "LOCATION:Zittau\r\n",
                                   start, "\r\nEND:VEVENT\r\n")));
    ASSERT_THAT(sink.records, SizeIs(1)) << start;
    EXPECT_EQ(sink.Row<Contact>(0).schedule().start_time().seconds(),
              At(9, 1, 18))
        << start;
  }
}

TEST(ICalendar, TakesWholeDaysAndNamesWhatItDrops) {
  const CollectingSink sink =
      Read(ICalendarFormat(),
           Event("DTSTART;VALUE=DATE:20270904\r\nRRULE:FREQ=YEARLY\r\n"
                 "EXDATE;VALUE=DATE:20280904\r\nSTATUS:CANCELLED\r\n"));
  ASSERT_THAT(sink.records, SizeIs(1));
  const auto& contact = sink.Row<Contact>(0);
  EXPECT_EQ(contact.state(), type::v1::OFFER_STATE_WITHDRAWN);
  EXPECT_EQ(contact.schedule().start_time().seconds(), At(9, 4, 0));
  EXPECT_EQ(contact.schedule().end_time().seconds(), At(9, 5, 0));
  EXPECT_THAT(sink.Repairs(0),
              ElementsAre("exdate-dropped schedule.recurrence_rule"));
}

TEST(ICalendar, SkipsWhatIsOverAndRejectsWhatCannotBeRead) {
  const CollectingSink over =
      Read(ICalendarFormat(),
           Event("DTSTART:20270101T100000Z\r\nRRULE:FREQ=DAILY;COUNT=3\r\n"));
  EXPECT_THAT(over.skipped, ElementsAre("an event that is over"));
  for (const auto& [lines, expected] :
       std::vector<std::pair<std::string, std::string>>{
           {"", "expected a DTSTART"},
           {"DTSTART;TZID=../../etc/passwd:20270901T100000\r\n",
            "expected a TZID"},
           {"DTSTART:20270901T100000Z\r\n"
            "RRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30\r\n",
            "expected FREQ of DAILY"},
           {"DTSTART:19000101T100000Z\r\nRRULE:FREQ=DAILY\r\n",
            "comes to today sooner"}}) {
    const CollectingSink sink = Read(ICalendarFormat(), Event(lines));
    EXPECT_THAT(sink.Violations(), ElementsAre(HasSubstr(expected))) << lines;
  }
}

TEST(ICalendar, RefusesBrokenAndHostileFiles) {
  CollectingSink sink;
  const Format& format = *ICalendarFormat();
  EXPECT_THAT(sink.Read(format, "BEGIN:VCARD\r\n", {}),
              StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(sink.Read(format, "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", {}),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       HasSubstr("ends inside of VEVENT")));
  EXPECT_THAT(
      sink.Read(format, Event("SUMMARY:\xE4\r\n"), {}),
      StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("not UTF-8")));
  EXPECT_THAT(sink.Read(format,
                        Event(absl::StrCat("DESCRIPTION:",
                                           std::string(10 << 20, 'a'), "\r\n")),
                        {}),
              StatusIs(absl::StatusCode::kResourceExhausted));
  std::string deep = "BEGIN:VCALENDAR\r\n";
  for (int i = 0; i < 100; ++i) absl::StrAppend(&deep, "BEGIN:VEVENT\r\n");
  EXPECT_THAT(sink.Read(format, deep, {}),
              StatusIs(absl::StatusCode::kResourceExhausted,
                       HasSubstr("nested more than 64")));
}

TEST(SchemaEvent, ReadsEventsWithAndWithoutSeries) {
  const CollectingSink sink = Read(EventFormat(), R"([
    {"@type": "Event", "name": "Rückkehrertag", "@id": "urn:e:1",
     "startDate": "2027-12-27T10:00:00+01:00", "endDate": "2027-12-27T14:00",
     "location": {"name": "Rathaus", "address": {"streetAddress": "Markt 1",
       "postalCode": "02763", "addressLocality": "Zittau"}},
     "organizer": {"@type": "Organization", "name": "Region",
                   "url": "https://region.example"}},
    {"@type": "SocialEvent", "name": "Stammtisch", "@id": "urn:e:2",
     "eventSchedule": {"repeatFrequency": "P1W", "startDate": "2027-01-05",
       "startTime": "19:00", "byDay": "https://schema.org/Tuesday"},
     "location": "Zittau"},
    {"@type": "Event", "name": "Netz", "startDate": "2027-12-27",
     "eventAttendanceMode": "https://schema.org/OnlineEventAttendanceMode",
     "location": {"@type": "VirtualLocation"}},
    {"@type": "Event", "name": "Alt", "startDate": "2020-12-27",
     "location": "Zittau"}])");
  ASSERT_THAT(sink.records, SizeIs(2));
  const auto& day = sink.Row<Contact>(0);
  EXPECT_EQ(day.source(), "event:region.example");
  EXPECT_EQ(day.organization(), "Region");
  EXPECT_EQ(day.schedule().end_time().seconds(), At(12, 27, 14));
  const auto& weekly = sink.Row<Contact>(1).schedule();
  EXPECT_EQ(weekly.recurrence_rule(), "FREQ=WEEKLY;BYDAY=TU");
  EXPECT_EQ(weekly.start_time().seconds(), At(7, 6, 19));
  EXPECT_THAT(sink.skipped, ElementsAre("an event that is online only",
                                        "an event that is over"));
}

}  // namespace
}  // namespace heimweg::importers
