// iCalendar (RFC 5545): events of a calendar, each read by libical on its own,
// so that a calendar may be of any size. Mapping in MAPPINGS.md.
#include <libical/ical.h>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "clients/importers/calendar_zone.h"
#include "clients/importers/contact_fields.h"
#include "clients/importers/content_lines.h"
#include "clients/importers/draft.h"
#include "clients/importers/field_text.h"
#include "clients/importers/formats.h"
#include "clients/importers/job_fields.h"

namespace heimweg::importers {
namespace {

struct FreeComponent {
  void operator()(icalcomponent* component) const {
    icalcomponent_free(component);
  }
};
using Component = std::unique_ptr<icalcomponent, FreeComponent>;

// The text of a property; empty: there is none.
std::string TextOf(icalcomponent* event, icalproperty_kind kind) {
  icalproperty* property = icalcomponent_get_first_property(event, kind);
  if (property == nullptr) return "";
  // Not icalproperty_get_…: those cast whatever value stands there.
  const char* text = icalproperty_get_value_as_string(property);
  return text == nullptr ? "" : UnescapedText(text);
}

icalproperty* First(icalcomponent* event, icalproperty_kind kind) {
  return icalcomponent_get_first_property(event, kind);
}

absl::CivilSecond CivilOf(const icaltimetype& time) {
  return absl::CivilSecond(time.year, time.month, time.day, time.hour,
                           time.minute, time.second);
}

Address CalendarAddress(icalcomponent* event) {
  Address address = ParseAddressLine(TextOf(event, ICAL_LOCATION_PROPERTY));
  icalproperty* geo = First(event, ICAL_GEO_PROPERTY);
  if (geo == nullptr) return address;
  const std::vector<std::string> parts =
      absl::StrSplit(TextOf(event, ICAL_GEO_PROPERTY), ';');
  if (parts.size() == 2) {
    address.latitude = ParseDecimal(parts[0]);
    address.longitude = ParseDecimal(parts[1]);
  }
  return address;
}

// When it takes place; nothing, and a violation, if that cannot be read.
std::optional<Occasion> OccasionOf(icalcomponent* event,
                                   const CalendarZones& zones, Draft& draft) {
  icalproperty* property = First(event, ICAL_DTSTART_PROPERTY);
  const icaltimetype start = property == nullptr
                                 ? icaltime_null_time()
                                 : icalproperty_get_dtstart(property);
  if (icaltime_is_null_time(start) || !icaltime_is_valid_time(start)) {
    draft.Wrong("schedule.start_time", "expected a DTSTART");
    return std::nullopt;
  }
  const auto zone = zones.Of(property, start);
  if (!zone.has_value()) {
    draft.Wrong("schedule.start_time",
                "expected a TZID that is known or has a VTIMEZONE");
    return std::nullopt;
  }
  Occasion occasion;
  occasion.start = CivilOf(start);
  occasion.zone = *zone;
  if (start.is_date != 0) occasion.length = absl::Hours(24);
  icalproperty* end = First(event, ICAL_DTEND_PROPERTY);
  icalproperty* duration = First(event, ICAL_DURATION_PROPERTY);
  if (end != nullptr) {
    const icaltimetype until = icalproperty_get_dtend(end);
    const auto end_zone = zones.Of(end, until);
    const absl::Duration length =
        absl::FromCivil(CivilOf(until), end_zone.value_or(*zone)) -
        absl::FromCivil(occasion.start, *zone);
    if (length >= absl::ZeroDuration()) {
      occasion.length = length;
    } else {
      draft.Repaired("end-before-start-dropped", "schedule.end_time");
    }
  } else if (duration != nullptr) {
    const int seconds =
        icaldurationtype_as_int(icalproperty_get_duration(duration));
    if (seconds > 0) occasion.length = absl::Seconds(seconds);
  }
  occasion.rule = TextOf(event, ICAL_RRULE_PROPERTY);
  for (const auto& [kind, name] :
       {std::pair(ICAL_EXDATE_PROPERTY, "exdate-dropped"),
        std::pair(ICAL_RDATE_PROPERTY, "rdate-dropped"),
        std::pair(ICAL_EXRULE_PROPERTY, "exrule-dropped")}) {
    if (First(event, kind) != nullptr) {
      draft.Repaired(name, "schedule.recurrence_rule");
    }
  }
  return occasion;
}

// libical gives the categories as one text without escapes, so that a comma in
// one could not be told from the one between two: they come from the lines.
void SetTexts(icalcomponent* event, const std::vector<std::string>& categories,
              Draft& draft) {
  contacts::v1::Contact& contact = draft.contact();
  contact.set_external_id(
      draft.Line(200, TextOf(event, ICAL_UID_PROPERTY), "external_id"));
  if (contact.external_id().empty()) {
    draft.Wrong("external_id", "expected a UID");
  }
  SetContactTitle(TextOf(event, ICAL_SUMMARY_PROPERTY), draft);
  contact.set_description(draft.Lines(
      20'000, TextOf(event, ICAL_DESCRIPTION_PROPERTY), "description"));
  contact.set_source_uri(
      draft.Uri(TextOf(event, ICAL_URL_PROPERTY), "source_uri"));
  std::vector<std::string> texts;
  for (const std::string& word : categories) {
    AddTopic(word, draft);
    texts.push_back(word);
  }
  texts.push_back(contact.title());
  contact.set_contact_type(EventTypeOf(texts));
  const std::string status = TextOf(event, ICAL_STATUS_PROPERTY);
  contact.set_state(status == "CANCELLED"   ? type::v1::OFFER_STATE_WITHDRAWN
                    : status == "TENTATIVE" ? type::v1::OFFER_STATE_DRAFT
                                            : type::v1::OFFER_STATE_PUBLISHED);
  icalproperty* organizer = First(event, ICAL_ORGANIZER_PROPERTY);
  if (organizer != nullptr) {
    std::string mail = TextOf(event, ICAL_ORGANIZER_PROPERTY);
    const bool is_mail = absl::StartsWithIgnoreCase(mail, "mailto:");
    const char* name = icalproperty_get_parameter_as_string(organizer, "CN");
    SetContactPerson(name == nullptr ? "" : name, is_mail ? mail.substr(7) : "",
                     "", draft);
  }
}

void SetChanged(icalcomponent* event, Draft& draft) {
  for (const auto kind : {ICAL_LASTMODIFIED_PROPERTY, ICAL_DTSTAMP_PROPERTY}) {
    const std::string text = TextOf(event, kind);
    const icaltimetype time = icaltime_from_string(text.c_str());
    if (text.empty() || icaltime_is_null_time(time)) continue;
    *draft.contact().mutable_verified_time() =
        StampOf(absl::FromCivil(CivilOf(time), absl::UTCTimeZone()));
    return;
  }
}

// Collects the lines of a component and reads it when it is complete.
class CalendarReader {
 public:
  CalendarReader(const ReadOptions& options, Sink& sink)
      : options_(options), sink_(sink) {}

  absl::Status Take(const ContentLine& line);
  absl::Status Finish() const {
    if (!seen_calendar_) {
      return absl::InvalidArgumentError("expected BEGIN:VCALENDAR");
    }
    return open_.empty() ? absl::OkStatus()
                         : absl::InvalidArgumentError(absl::StrCat(
                               "the file ends inside of ", open_.back()));
  }

 private:
  absl::Status Begin(const ContentLine& line);
  absl::Status End(const ContentLine& line);
  absl::Status Event(int64_t line);

  const ReadOptions& options_;
  Sink& sink_;
  std::vector<std::string> open_;
  std::string text_;  // of the event or time zone that is open
  int64_t first_line_ = 0;
  std::vector<std::string> categories_;  // of the event that is open
  CalendarZones zones_;
  int64_t events_ = 0;
  bool seen_calendar_ = false;
};

absl::Status CalendarReader::Begin(const ContentLine& line) {
  const std::string name = absl::AsciiStrToUpper(line.value);
  if (open_.size() >= static_cast<size_t>(options_.limits.depth)) {
    return absl::ResourceExhaustedError(
        absl::StrCat("line ", line.number, ": components are nested more than ",
                     options_.limits.depth, " deep"));
  }
  if (open_.empty() && name != "VCALENDAR") {
    return absl::InvalidArgumentError(
        absl::StrCat("line ", line.number, ": expected BEGIN:VCALENDAR"));
  }
  if (open_.empty()) seen_calendar_ = true;
  if (open_.size() == 1) {
    text_.clear();
    categories_.clear();
    first_line_ = line.number;
  }
  open_.push_back(name);
  return absl::OkStatus();
}

absl::Status CalendarReader::End(const ContentLine& line) {
  const std::string name = absl::AsciiStrToUpper(line.value);
  if (open_.empty() || open_.back() != name) {
    return absl::InvalidArgumentError(absl::StrCat(
        "line ", line.number,
        ": expected END:", open_.empty() ? "VCALENDAR" : open_.back()));
  }
  open_.pop_back();
  if (open_.size() != 1) return absl::OkStatus();
  if (name == "VEVENT") return Event(first_line_);
  if (name == "VTIMEZONE") return zones_.Add(text_, line.number);
  return absl::OkStatus();
}

absl::Status CalendarReader::Take(const ContentLine& line) {
  if (line.name == "BEGIN") {
    absl::Status status = Begin(line);
    if (!status.ok()) return status;
  } else if (open_.empty()) {
    return absl::InvalidArgumentError(
        absl::StrCat("line ", line.number, ": expected BEGIN:VCALENDAR"));
  }
  if (line.name == "CATEGORIES" && open_.size() == 2) {
    for (std::string& word : SplitEscaped(line.value, ',')) {
      categories_.push_back(std::move(word));
    }
  }
  absl::StrAppend(&text_, line.text, "\r\n");
  if (text_.size() > options_.limits.row_bytes) {
    return absl::ResourceExhaustedError(
        absl::StrCat("line ", line.number, ": a component is larger than ",
                     options_.limits.row_bytes, " bytes"));
  }
  // Only what stands inside of a component of the calendar is kept.
  if (line.name != "END" && open_.size() < 2) text_.clear();
  return line.name == "END" ? End(line) : absl::OkStatus();
}

absl::Status CalendarReader::Event(int64_t line) {
  ++events_;
  const Origin origin{"", line, absl::StrCat("VEVENT[", events_, "]")};
  Draft draft(Kind::kContacts, origin);
  const Component event(icalparser_parse_string(text_.c_str()));
  if (event == nullptr ||
      icalcomponent_isa(event.get()) != ICAL_VEVENT_COMPONENT) {
    draft.Wrong("schedule", "expected a VEVENT of RFC 5545");
    return std::move(draft).Give(text_, sink_);
  }
  if (First(event.get(), ICAL_RECURRENCEID_PROPERTY) != nullptr) {
    return sink_.Skip(origin, "a changed occurrence of a series");
  }
  SetTexts(event.get(), categories_, draft);
  SetChanged(event.get(), draft);
  if (!SetContactPlace(CalendarAddress(event.get()), draft)) {
    return sink_.Skip(origin, "an event outside Germany");
  }
  const auto occasion = OccasionOf(event.get(), zones_, draft);
  if (occasion.has_value() && !SetSchedule(*occasion, options_.now, draft)) {
    return sink_.Skip(origin, "an event that is over");
  }
  return std::move(draft).Give(text_, sink_);
}

class ICalendar : public Format {
 public:
  absl::string_view name() const override { return "icalendar"; }
  absl::string_view description() const override {
    return "iCalendar (RFC 5545): events with recurrence and time zones";
  }
  std::vector<Kind> kinds() const override { return {Kind::kContacts}; }
  std::vector<std::string> extensions() const override { return {".ics"}; }
  bool Recognizes(absl::string_view head) const override {
    return absl::StartsWithIgnoreCase(absl::StripLeadingAsciiWhitespace(head),
                                      "BEGIN:VCALENDAR");
  }
  absl::Status Read(ByteSource& source, const ReadOptions& options,
                    Sink& sink) const override {
    const auto lines =
        ContentLineReader::Open(source, options.encoding, options.limits);
    if (!lines.ok()) return lines.status();
    SourcedSink sourced(sink, options, name());
    CalendarReader reader(options, sourced);
    while (true) {
      const auto more = (*lines)->Next();
      if (!more.ok()) return more.status();
      if (!*more) return reader.Finish();
      absl::Status status = reader.Take((*lines)->line());
      if (!status.ok()) return status;
    }
  }
};

}  // namespace

const Format* ICalendarFormat() {
  static const ICalendar format;
  return &format;
}

}  // namespace heimweg::importers
