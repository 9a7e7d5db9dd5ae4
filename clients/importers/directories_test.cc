// vCard and HSDS.
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

std::string Card(absl::string_view lines) {
  return absl::StrCat("BEGIN:VCARD\r\nVERSION:4.0\r\n", lines, "END:VCARD\r\n");
}

TEST(VCard, ReadsAClub) {
  const CollectingSink sink = ReadAll(
      VCardFormat(),
      Card("UID:urn:uuid:1\r\nKIND:org\r\nFN:Chor Musterdorf\r\n"
           "CATEGORIES:Verein,Gesang\r\n"
           "ADR;TYPE=work:;;Dorfstr. 1\\, "
           "Hof;Schmallenberg;NRW;57392;Deutschland"
           "\r\nGEO:geo:51.1489,8.2847\r\n"
           "TEL;VALUE=uri;TYPE=\"voice,work\":tel:+49-2972-1\r\n"
           "EMAIL:kontakt@example.org\r\nitem1.URL:https://example.org\r\n"
           "NOTE:Proben freit\r\n ags\\, 19 Uhr\r\nREV:20270301T103045Z\r\n"
           "LANG:de\r\n"),
      Kind::kContacts);
  ASSERT_THAT(sink.records, SizeIs(1));
  const auto& contact = sink.Row<Contact>(0);
  EXPECT_EQ(contact.title(), "Chor Musterdorf");
  EXPECT_EQ(contact.contact_type(), contacts::v1::CONTACT_TYPE_CLUB);
  EXPECT_THAT(contact.topics(), ElementsAre("verein", "gesang"));
  EXPECT_EQ(contact.place().street_address(), "Dorfstr. 1, Hof");
  EXPECT_EQ(contact.place().postal_code(), "57392");
  EXPECT_DOUBLE_EQ(contact.place().location().longitude(), 8.2847);
  EXPECT_EQ(contact.contact_person().phone_number(), "+49-2972-1");
  EXPECT_EQ(contact.source_uri(), "https://example.org");
  EXPECT_EQ(contact.description(), "Proben freitags, 19 Uhr");
  EXPECT_EQ(contact.verified_time().seconds(), 1803897045);
  EXPECT_EQ(contact.languages(0).language_code(), "de");
}

TEST(VCard, KeepsThePersonApartFromTheCard) {
  const CollectingSink sink = ReadAll(
      VCardFormat(),
      Card("UID:p\r\nKIND:individual\r\nFN:Erika Muster\r\nORG:Amt;Team\r\n"
           "TITLE:Rückkehr-Lotsin\r\nADR:;;;Prenzlau;;17291;\r\n"),
      Kind::kContacts);
  ASSERT_THAT(sink.records, SizeIs(1));
  const auto& contact = sink.Row<Contact>(0);
  EXPECT_EQ(contact.title(), "Rückkehr-Lotsin, Amt");
  EXPECT_EQ(contact.contact_type(), contacts::v1::CONTACT_TYPE_COUNSELLOR);
  EXPECT_EQ(contact.contact_person().display_name(), "Erika Muster");
  Contact without = contact;
  without.clear_contact_person();
  EXPECT_EQ(without.SerializeAsString().find("Muster"), std::string::npos);
}

TEST(VCard, RejectsWhatItCannotPlaceAndGoesOn) {
  const CollectingSink sink = ReadAll(
      VCardFormat(),
      absl::StrCat(Card("UID:1\r\nFN:Etwas\r\nADR:;;;Zittau;;02763;\r\n"),
                   Card("UID:2\r\nFN:Chor\r\n"),
                   "BEGIN:VCARD\r\nVERSION:2.1\r\nFN:Chor\r\nEND:VCARD\r\n",
                   Card("UID:3\r\nFN:Chor\r\nADR:;;;Bern;;3000;Schweiz\r\n"),
                   Card("FN:Chor\r\nADR:;;;Zittau;;02763;\r\n")),
      Kind::kContacts);
  EXPECT_THAT(sink.Violations(),
              ElementsAre(HasSubstr("1 contact_type: expected CATEGORIES"),
                          HasSubstr("7 place: expected"),
                          "12 : expected VERSION 4.0 or 3.0"));
  EXPECT_THAT(sink.skipped, ElementsAre("a contact outside Germany"));
  ASSERT_THAT(sink.records, SizeIs(1));
  EXPECT_THAT(sink.Repairs(0), ElementsAre("id-from-content external_id"));
}

TEST(VCard, RefusesBrokenAndHostileFiles) {
  CollectingSink sink;
  const Format& format = *VCardFormat();
  for (const absl::string_view text :
       {"FN:x\r\n", "BEGIN:VCARD\r\nFN:x\r\n", "BEGIN:VCARD\r\nno colon\r\n",
        "BEGIN:VCARD\r\nBEGIN:VCARD\r\n", "BEGIN:VCARD\r\nFN:\xE4\r\n"}) {
    EXPECT_THAT(sink.Read(format, text, {}),
                StatusIs(absl::StatusCode::kInvalidArgument))
        << text;
  }
  std::string folds = "BEGIN:VCARD\r\nNOTE:";
  for (int i = 0; i < 200'000; ++i) absl::StrAppend(&folds, "\r\n aaaaaaaaaa");
  EXPECT_THAT(sink.Read(format, folds, {}),
              StatusIs(absl::StatusCode::kResourceExhausted));
}

constexpr char kService[] = R"({"id": "s1", "name": "Rückkehr-Lotsin",
  "description": "Beratung.", "status": "active", "minimum_age": 16,
  "application_process": "Termin per E-Mail", "url": "https://example.org",
  "organization": {"id": "o1", "name": "Region e.V.", "email": "a@b.example"},
  "phones": [{"number": "+49 3984 1"}],
  "schedules": [{"freq": "WEEKLY", "byday": "TU,TH", "opens_at": "10:00",
                 "closes_at": "16:00:00"},
                {"freq": "MONTHLY", "bymonthday": "1"}],
  "languages": [{"name": "Deutsch", "code": "de"}, {"name": "Klingonisch"}],
  "service_at_locations": [
    {"id": "l1", "location": {"location_type": "physical",
      "latitude": 53.3, "longitude": 13.8, "addresses": [
        {"address_1": "Ring 2", "city": "Prenzlau", "postal_code": "17291",
         "country": "DE", "address_type": "physical"}]}},
    {"id": "l2", "location": {"location_type": "virtual"}},
    {"id": "l3", "location": {"addresses": [
        {"city": "MyCity", "country": "US"}]}}]})";

TEST(Hsds, ReadsAServiceOnceForEachPlace) {
  const CollectingSink sink = ReadAll(HsdsFormat(), kService, Kind::kContacts);
  ASSERT_THAT(sink.records, SizeIs(1));
  const auto& contact = sink.Row<Contact>(0);
  EXPECT_EQ(contact.external_id(), "l1");
  EXPECT_EQ(contact.contact_type(), contacts::v1::CONTACT_TYPE_COUNSELLOR);
  EXPECT_EQ(contact.organization(), "Region e.V.");
  EXPECT_EQ(contact.contact_person().email(), "a@b.example");
  EXPECT_EQ(contact.contact_person().phone_number(), "+49 3984 1");
  EXPECT_EQ(contact.place().municipality(), "Prenzlau");
  EXPECT_EQ(contact.ages().minimum_years(), 16);
  EXPECT_FALSE(contact.ages().has_maximum_years());
  ASSERT_EQ(contact.opening_hours_size(), 2);
  EXPECT_EQ(contact.opening_hours(1).iso_weekday(), 4);
  EXPECT_EQ(contact.opening_hours(1).closes_minute(), 960);
  EXPECT_EQ(contact.appointment_only(), type::v1::ANSWER_YES);
  EXPECT_THAT(sink.Repairs(0),
              ElementsAre("schedule-dropped opening_hours",
                          "unknown-language:klingonisch languages",
                          "appointment-from-text appointment_only"));
  EXPECT_THAT(sink.skipped, ElementsAre("a service without a place (virtual)",
                                        "a service outside Germany"));
}

TEST(Hsds, ReadsListsAndOrganizations) {
  const CollectingSink list =
      ReadAll(HsdsFormat(),
              absl::StrCat(R"({"total_items": 2, "contents": [)", kService,
                           R"(, {"id": "t", "name": "a term"}]})"),
              Kind::kContacts);
  EXPECT_THAT(list.records, SizeIs(1));
  EXPECT_EQ(list.skipped.back(), "an object of HSDS that is no service");
  const CollectingSink organization = ReadAll(
      HsdsFormat(),
      absl::StrCat(R"({"name": "Träger", "services": [)", kService, "]}"),
      Kind::kContacts);
  ASSERT_THAT(organization.records, SizeIs(1));
  EXPECT_EQ(organization.Row<Contact>(0).organization(), "Träger");
}

}  // namespace
}  // namespace heimweg::importers
