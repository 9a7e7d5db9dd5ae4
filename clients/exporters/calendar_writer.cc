#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/time.h"
#include "clients/exporters/folded_lines.h"
#include "clients/exporters/offer_writer.h"
#include "clients/exporters/written_place.h"
#include "clients/importers/field_text.h"
#include "heimweg/contacts/v1/contact.pb.h"

namespace heimweg::exporters {
namespace {

using contacts::v1::Contact;

// Central European Time as it is since 1996.
constexpr char kBerlin[] =
    "BEGIN:VTIMEZONE\r\nTZID:Europe/Berlin\r\nBEGIN:DAYLIGHT\r\n"
    "DTSTART:19810329T020000\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\n"
    "TZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nTZNAME:CEST\r\nEND:DAYLIGHT\r\n"
    "BEGIN:STANDARD\r\nDTSTART:19961027T030000\r\n"
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\nTZOFFSETFROM:+0200\r\n"
    "TZOFFSETTO:+0100\r\nTZNAME:CET\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n";

void AppendLocal(absl::string_view name,
                 const google::protobuf::Timestamp& stamp, std::string& text) {
  AppendLine(absl::StrCat(name, ";TZID=Europe/Berlin:",
                          absl::FormatTime("%Y%m%dT%H%M%S", TimeOf(stamp),
                                           importers::Berlin())),
             text);
}

// "Markt 1, 02763 Zittau".
std::string LocationOf(const std::string& street, const WrittenPlace& where) {
  const bool both = !where.postal_code.empty() && !where.town.empty();
  return absl::StrCat(street, street.empty() ? "" : ", ", where.postal_code,
                      both ? " " : "", where.town);
}

std::string Event(const Contact& contact) {
  std::string text;
  AppendLine("BEGIN:VEVENT", text);
  AppendText(
      "UID",
      contact.external_id().empty() ? contact.name() : contact.external_id(),
      text);
  // When it was last known to be so; of a file that is never the same twice
  // nobody could say what has changed.
  AppendLine(
      absl::StrCat("DTSTAMP:", UtcText(TimeOf(contact.has_update_time()
                                                  ? contact.update_time()
                                                  : contact.verified_time()))),
      text);
  AppendLocal("DTSTART", contact.schedule().start_time(), text);
  if (contact.schedule().has_end_time()) {
    AppendLocal("DTEND", contact.schedule().end_time(), text);
  }
  AppendUri("RRULE", contact.schedule().recurrence_rule(), text);
  AppendText("SUMMARY", contact.title(), text);
  AppendText("DESCRIPTION", contact.description(), text);
  const WrittenPlace where(contact.place());
  AppendText("LOCATION", LocationOf(contact.place().street_address(), where),
             text);
  if (where.location != nullptr) {
    AppendLine(absl::StrFormat("GEO:%.6f;%.6f", where.location->latitude(),
                               where.location->longitude()),
               text);
  }
  std::vector<std::string> topics(contact.topics().begin(),
                                  contact.topics().end());
  if (contact.contact_type() == contacts::v1::CONTACT_TYPE_EMPLOYER_MEETUP) {
    topics.insert(topics.begin(), "Jobmesse");
  }
  AppendList("CATEGORIES", topics, text);
  AppendUri("URL", contact.source_uri(), text);
  if (contact.state() == type::v1::OFFER_STATE_WITHDRAWN) {
    AppendLine("STATUS:CANCELLED", text);
  }
  AppendLine("END:VEVENT", text);
  return text;
}

class CalendarWriter : public OfferWriter {
 public:
  std::string Begin() override {
    return absl::StrCat(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Heimweg//Export//DE\r\n",
        kBerlin);
  }
  std::string Offer(const google::protobuf::Message& offer) override {
    const auto& contact = static_cast<const Contact&>(offer);
    return contact.has_schedule() ? Event(contact) : "";
  }
  bool IsForEverybody() const override { return true; }
  std::string End() override { return "END:VCALENDAR\r\n"; }
};

}  // namespace

std::unique_ptr<OfferWriter> NewCalendarWriter() {
  return std::make_unique<CalendarWriter>();
}

}  // namespace heimweg::exporters
