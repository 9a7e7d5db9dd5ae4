// schema.org Event, as organizers put it on their pages for search engines.
// Mapping in MAPPINGS.md.
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "clients/importers/contact_fields.h"
#include "clients/importers/draft.h"
#include "clients/importers/field_text.h"
#include "clients/importers/formats.h"
#include "clients/importers/job_fields.h"
#include "clients/importers/json_fields.h"
#include "clients/importers/language_fields.h"
#include "clients/importers/linked_data.h"

namespace heimweg::importers {
namespace {

using nlohmann::json;

const std::vector<std::string>& EventTypes() {
  static const auto* types = new std::vector<std::string>(
      {"Event", "BusinessEvent", "ChildrensEvent", "EducationEvent",
       "ExhibitionEvent", "Festival", "FoodEvent", "Hackathon", "LiteraryEvent",
       "MusicEvent", "SaleEvent", "ScreeningEvent", "SocialEvent",
       "SportsEvent", "TheaterEvent", "VisualArtsEvent"});
  return *types;
}

// "Monday", "https://schema.org/Monday", "MO" -> "MO".
std::string DayCode(absl::string_view day) {
  const size_t slash = day.find_last_of('/');
  if (slash != absl::string_view::npos) day.remove_prefix(slash + 1);
  return absl::AsciiStrToUpper(day.substr(0, 2));
}

// schema.org Schedule -> a rule of RFC 5545: "P1W" and byDay. Empty: none that
// is understood.
std::string RuleOf(const json& schedule) {
  const std::string every = JsonText(schedule, "repeatFrequency");
  if (every.size() != 3 || every[0] != 'P' || every[1] < '1' ||
      every[1] > '9') {
    return "";
  }
  const char* frequency = every[2] == 'D'   ? "DAILY"
                          : every[2] == 'W' ? "WEEKLY"
                          : every[2] == 'M' ? "MONTHLY"
                          : every[2] == 'Y' ? "YEARLY"
                                            : nullptr;
  if (frequency == nullptr) return "";
  std::string rule = absl::StrCat("FREQ=", frequency);
  if (every[1] != '1') absl::StrAppend(&rule, ";INTERVAL=", every.substr(1, 1));
  std::string days;
  for (const json* day : JsonEach(schedule, "byDay")) {
    absl::StrAppend(&days, days.empty() ? "" : ",",
                    DayCode(JsonText(*day, "")));
  }
  if (!days.empty()) absl::StrAppend(&rule, ";BYDAY=", days);
  const auto count = JsonNumber(schedule, "repeatCount");
  if (count.has_value() && *count >= 1 && *count <= 10'000) {
    absl::StrAppend(&rule, ";COUNT=", static_cast<int>(*count));
  }
  return rule;
}

// True if the event goes on or is wrong; false if it is over.
bool SetTimes(const json& event, absl::Time now, Draft& draft) {
  std::string start_text = JsonText(event, "startDate");
  const json* schedule = JsonAt(event, "eventSchedule");
  Occasion occasion;
  occasion.zone = Berlin();
  if (schedule != nullptr && schedule->is_object()) {
    occasion.rule = RuleOf(*schedule);
    if (occasion.rule.empty()) {
      draft.Repaired("schedule-dropped", "schedule.recurrence_rule");
    }
    const std::string time = JsonText(*schedule, "startTime");
    if (start_text.empty() && !time.empty()) {
      start_text = absl::StrCat(JsonText(*schedule, "startDate"), "T", time);
    }
  }
  const auto start = ParseMoment(start_text, Berlin());
  if (!start.has_value()) {
    draft.Wrong("schedule.start_time", "expected startDate as ISO 8601");
    return true;
  }
  occasion.start = absl::ToCivilSecond(*start, Berlin());
  const auto end =
      EndOf(JsonText(event, "endDate"), "schedule.end_time", draft);
  if (end.has_value() && *end >= *start) {
    occasion.length = *end - *start;
  } else if (end.has_value()) {
    draft.Repaired("end-before-start-dropped", "schedule.end_time");
  } else if (start_text.size() == 10) {
    occasion.length = absl::Hours(24);
  }
  // An end years after the start is the series', not the occurrence's.
  if (!occasion.rule.empty() && occasion.length > absl::Hours(24 * 14)) {
    occasion.length = std::nullopt;
    draft.Repaired("end-of-series-dropped", "schedule.end_time");
  }
  return SetSchedule(occasion, now, draft);
}

void SetTexts(const json& event, Draft& draft) {
  contacts::v1::Contact& contact = draft.contact();
  SetContactTitle(JsonText(event, "name"), draft);
  contact.set_description(
      draft.Lines(20'000, JsonText(event, "description"), "description"));
  contact.set_source_uri(draft.Uri(JsonText(event, "url"), "source_uri"));
  const json* organizer = JsonAt(event, "organizer");
  if (organizer != nullptr) {
    // A person who organizes is whom to ask; only organizations are named.
    const std::string name = organizer->is_string()
                                 ? JsonText(event, "organizer")
                                 : JsonText(*organizer, "name");
    const bool person =
        organizer->is_object() && IsOfType(*organizer, "Person");
    if (!person) {
      contact.set_organization(draft.Line(200, name, "organization"));
    }
    SetContactPerson(person ? name : "", JsonText(*organizer, "email"),
                     JsonText(*organizer, "telephone"), draft);
  }
  std::vector<std::string> texts;
  for (const json* keywords : JsonEach(event, "keywords")) {
    for (const absl::string_view word :
         absl::StrSplit(JsonText(*keywords, ""), ',')) {
      AddTopic(word, draft);
      texts.emplace_back(word);
    }
  }
  texts.push_back(contact.title());
  contact.set_contact_type(EventTypeOf(texts));
  for (const json* language : JsonEach(event, "inLanguage")) {
    AddLanguage(JsonText(*language, language->is_object() ? "name" : ""), "",
                "languages", *contact.mutable_languages(), draft);
  }
}

void SetEventKey(const json& event, Draft& draft) {
  contacts::v1::Contact& contact = draft.contact();
  std::string id = JsonText(event, "identifier");
  if (id.empty()) id = JsonText(event, "identifier.value");
  if (id.empty()) id = JsonText(event, "@id");
  if (id.empty()) id = contact.source_uri();
  if (id.empty()) {
    id = ContentId({contact.title(), JsonText(event, "startDate"),
                    contact.organization()});
    draft.Repaired("id-from-content", "external_id");
  }
  contact.set_external_id(draft.Line(200, id, "external_id"));
  std::string host = HostOf(JsonText(event, "url"));
  if (host.empty()) host = HostOf(JsonText(event, "organizer.url"));
  if (!host.empty() && host.size() < 80) {
    contact.set_source(absl::StrCat("event:", host));
  }
}

class Event : public Format {
 public:
  absl::string_view name() const override { return "event"; }
  absl::string_view description() const override {
    return "schema.org Event: JSON-LD files and HTML pages";
  }
  std::vector<Kind> kinds() const override { return {Kind::kContacts}; }
  std::vector<std::string> extensions() const override {
    return {".jsonld", ".json", ".html", ".htm"};
  }
  bool Recognizes(absl::string_view head) const override {
    if (!absl::StrContains(head, "schema.org") ||
        absl::StrContains(head, "JobPosting")) {
      return false;
    }
    for (const std::string& type : EventTypes()) {
      if (absl::StrContains(head, absl::StrCat("\"", type, "\""))) return true;
    }
    return false;
  }
  absl::Status Read(ByteSource& source, const ReadOptions& options,
                    Sink& sink) const override {
    SourcedSink sourced(sink, options, name());
    return ReadLinkedData(source, options, EventTypes(), sourced,
                          [&](const LinkedNode& node) {
                            return Row(node, options.now, sourced);
                          });
  }

 private:
  static absl::Status Row(const LinkedNode& node, absl::Time now, Sink& sink) {
    Draft draft(Kind::kContacts, node.origin);
    const json& event = node.value;
    const bool cancelled =
        absl::EndsWith(JsonText(event, "eventStatus"), "EventCancelled");
    draft.contact().set_state(cancelled ? type::v1::OFFER_STATE_WITHDRAWN
                                        : type::v1::OFFER_STATE_PUBLISHED);
    SetTexts(event, draft);
    SetEventKey(event, draft);
    const json* location = nullptr;
    for (const json* at : JsonEach(event, "location")) {
      if (!at->is_object() || !IsOfType(*at, "VirtualLocation")) {
        if (location == nullptr) location = at;
      }
    }
    if (location == nullptr &&
        absl::EndsWith(JsonText(event, "eventAttendanceMode"),
                       "OnlineEventAttendanceMode")) {
      return sink.Skip(node.origin, "an event that is online only");
    }
    if (!SetContactPlace(location == nullptr ? Address() : AddressOf(*location),
                         draft)) {
      return sink.Skip(node.origin, "an event outside Germany");
    }
    if (!SetTimes(event, now, draft)) {
      return sink.Skip(node.origin, "an event that is over");
    }
    return std::move(draft).Give(node.text, sink);
  }
};

}  // namespace

const Format* EventFormat() {
  static const Event format;
  return &format;
}

}  // namespace heimweg::importers
