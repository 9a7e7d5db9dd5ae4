// HSDS 3 (Open Referral): services of organizations at locations, as the API
// answers them. Mapping in MAPPINGS.md.
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "clients/importers/contact_fields.h"
#include "clients/importers/draft.h"
#include "clients/importers/field_text.h"
#include "clients/importers/formats.h"
#include "clients/importers/job_fields.h"
#include "clients/importers/json_elements.h"
#include "clients/importers/json_fields.h"
#include "clients/importers/language_fields.h"
#include "clients/importers/utf8_source.h"

namespace heimweg::importers {
namespace {

using nlohmann::json;

const json& Nothing() {
  static const json* nothing = new json();
  return *nothing;
}

// A service at a location. Each part may be null.
struct Row {
  const json& service;
  const json& organization;
  const json& at;  // service_at_location
  const json& location;
};

const json& Or(const json* value) {
  return value == nullptr ? Nothing() : *value;
}

// "10:00", "10:00:00", "10:00+01:00" as minutes.
std::optional<int> MinuteOf(absl::string_view time) {
  int hour = 0;
  int minute = 0;
  if (time.size() < 5 || time[2] != ':' ||
      !absl::SimpleAtoi(time.substr(0, 2), &hour) ||
      !absl::SimpleAtoi(time.substr(3, 2), &minute) || hour < 0 || hour > 24 ||
      minute < 0 || minute > 59) {
    return std::nullopt;
  }
  return hour * 60 + minute;
}

int WeekdayOf(absl::string_view code) {
  const std::vector<absl::string_view> days = {"MO", "TU", "WE", "TH",
                                               "FR", "SA", "SU"};
  for (size_t i = 0; i < days.size(); ++i) {
    if (absl::EqualsIgnoreCase(absl::StripAsciiWhitespace(code), days[i])) {
      return static_cast<int>(i) + 1;
    }
  }
  return 0;
}

void AddHours(const json& schedule, Draft& draft) {
  const auto opens = MinuteOf(JsonText(schedule, "opens_at"));
  const auto closes = MinuteOf(JsonText(schedule, "closes_at"));
  const auto interval = JsonNumber(schedule, "interval");
  const bool weekly =
      absl::EqualsIgnoreCase(JsonText(schedule, "freq"), "WEEKLY") &&
      interval.value_or(1) == 1;
  if (!weekly || !opens.has_value() || !closes.has_value() ||
      *closes <= *opens) {
    return draft.Repaired("schedule-dropped", "opening_hours");
  }
  for (const absl::string_view day :
       absl::StrSplit(JsonText(schedule, "byday"), ',', absl::SkipEmpty())) {
    const int weekday = WeekdayOf(day);
    if (weekday == 0) {
      draft.Unknown("weekday", day, "opening_hours");
    } else if (draft.contact().opening_hours_size() < 50) {
      auto& hours = *draft.contact().add_opening_hours();
      hours.set_iso_weekday(weekday);
      hours.set_opens_minute(*opens);
      hours.set_closes_minute(*closes);
    }
  }
}

void SetAges(const json& service, Draft& draft) {
  const auto youngest = JsonNumber(service, "minimum_age");
  const auto oldest = JsonNumber(service, "maximum_age");
  if (!youngest.has_value() && !oldest.has_value()) return;
  const double from = youngest.value_or(0);
  if (!(from >= 0 && from <= 120) || !(oldest.value_or(120) >= from)) {
    return draft.Repaired("ages-dropped", "ages");
  }
  draft.contact().mutable_ages()->set_minimum_years(static_cast<int>(from));
  if (oldest.has_value() && *oldest <= 120) {
    draft.contact().mutable_ages()->set_maximum_years(
        static_cast<int>(*oldest));
  }
}

Address HsdsAddress(const json& location) {
  Address address;
  // The physical one of several.
  for (const json* each : JsonEach(location, "addresses")) {
    const bool physical = JsonText(*each, "address_type") != "postal";
    if (!physical && !address.town.empty()) continue;
    address.street = JsonText(*each, "address_1");
    address.town = JsonText(*each, "city");
    address.postal_code = JsonText(*each, "postal_code");
    address.country = JsonText(*each, "country");
    if (physical) break;
  }
  address.latitude = JsonNumber(location, "latitude");
  address.longitude = JsonNumber(location, "longitude");
  return address;
}

// Whom to ask: of the service at this place, the service, the organization.
void SetPerson(const Row& row, Draft& draft) {
  std::string name;
  std::string email;
  std::string phone;
  for (const json* from : {&row.at, &row.service, &row.organization}) {
    for (const json* person : JsonEach(*from, "contacts")) {
      if (name.empty()) name = JsonText(*person, "name");
      if (email.empty()) email = JsonText(*person, "email");
    }
    if (email.empty()) email = JsonText(*from, "email");
    for (const json* number : JsonEach(*from, "phones")) {
      if (phone.empty()) phone = JsonText(*number, "number");
    }
  }
  SetContactPerson(name, email, phone, draft);
}

void SetTexts(const Row& row, Draft& draft) {
  contacts::v1::Contact& contact = draft.contact();
  SetContactTitle(JsonText(row.service, "name"), draft);
  contact.set_organization(
      draft.Line(200, JsonText(row.organization, "name"), "organization"));
  std::string text = JsonText(row.service, "description");
  for (const auto& [key, heading] :
       {std::pair("eligibility_description", "Für wen"),
        std::pair("application_process", "Zugang"),
        std::pair("fees_description", "Kosten"),
        std::pair("alert", "Hinweis")}) {
    const std::string more = JsonText(row.service, key);
    if (!more.empty()) absl::StrAppend(&text, "\n\n", heading, ": ", more);
  }
  contact.set_description(draft.Lines(20'000, text, "description"));
  contact.set_source_uri(draft.Uri(JsonText(row.service, "url"), "source_uri"));
  std::vector<std::string> words;
  for (const json* attribute : JsonEach(row.service, "attributes")) {
    const std::string term = JsonText(*attribute, "taxonomy_term.name");
    AddTopic(term, draft);
    words.push_back(term);
  }
  words.push_back(contact.title());
  words.push_back(JsonText(row.service, "description"));
  words.push_back(contact.organization());
  contact.set_contact_type(ContactTypeOf(words));
  if (contact.contact_type() == contacts::v1::CONTACT_TYPE_UNSPECIFIED) {
    draft.Wrong("contact_type",
                "expected a taxonomy term or a name that says what it is, e.g. "
                "Beratung, Verein, Kita, Schule");
  }
}

void SetRest(const Row& row, Draft& draft) {
  contacts::v1::Contact& contact = draft.contact();
  const std::string status = JsonText(row.service, "status");
  contact.set_state(status.empty() || status == "active"
                        ? type::v1::OFFER_STATE_PUBLISHED
                        : type::v1::OFFER_STATE_WITHDRAWN);
  std::string id = JsonText(row.at, "id");
  if (id.empty()) id = JsonText(row.service, "id");
  contact.set_external_id(draft.Line(200, id, "external_id"));
  if (id.empty()) draft.Wrong("external_id", "expected an id");
  const auto& schedules = JsonEach(row.at, "schedules");
  for (const json* schedule :
       schedules.empty() ? JsonEach(row.service, "schedules") : schedules) {
    AddHours(*schedule, draft);
  }
  for (const json* from : {&row.service, &row.location}) {
    for (const json* language : JsonEach(*from, "languages")) {
      const std::string code = JsonText(*language, "code");
      AddLanguage(code.empty() ? JsonText(*language, "name") : code, "",
                  "languages", *contact.mutable_languages(), draft);
    }
  }
  SetAges(row.service, draft);
  const std::string access =
      absl::AsciiStrToLower(JsonText(row.service, "application_process"));
  if (absl::StrContains(access, "termin") ||
      absl::StrContains(access, "appointment")) {
    contact.set_appointment_only(type::v1::ANSWER_YES);
    draft.Repaired("appointment-from-text", "appointment_only");
  }
  std::string changed = JsonText(row.service, "assured_date");
  if (changed.empty()) changed = JsonText(row.service, "last_modified");
  const auto time = MomentOf(changed, "verified_time", draft);
  if (time.has_value()) *contact.mutable_verified_time() = StampOf(*time);
}

// Reads one element of a file, whatever it is.
class HsdsReader {
 public:
  explicit HsdsReader(Sink& sink) : sink_(sink) {}

  absl::Status Take(const JsonElement& element) {
    origin_ = {"", element.line, element.path};
    const json& value = element.value;
    if (JsonAt(value, "service") != nullptr) {
      return Give({Or(JsonAt(value, "service")), OrganizationOf(value), value,
                   Or(JsonAt(value, "location"))});
    }
    const auto services = JsonEach(value, "services");
    for (const json* service : services) {
      absl::Status status = Service(*service, value);
      if (!status.ok()) return status;
    }
    if (!services.empty()) return absl::OkStatus();
    if (JsonAt(value, "status") != nullptr ||
        JsonAt(value, "service_at_locations") != nullptr) {
      return Service(value, OrganizationOf(value));
    }
    return sink_.Skip(origin_, "an object of HSDS that is no service");
  }

 private:
  static const json& OrganizationOf(const json& value) {
    const json* own = JsonAt(value, "organization");
    return Or(own == nullptr ? JsonAt(value, "service.organization") : own);
  }
  absl::Status Service(const json& service, const json& organization) {
    const auto places = JsonEach(service, "service_at_locations");
    if (places.empty()) {
      return Give({service, organization, Nothing(), Nothing()});
    }
    for (const json* at : places) {
      absl::Status status =
          Give({service, organization, *at, Or(JsonAt(*at, "location"))});
      if (!status.ok()) return status;
    }
    return absl::OkStatus();
  }
  absl::Status Give(const Row& row) {
    if (JsonText(row.location, "location_type") == "virtual") {
      return sink_.Skip(origin_, "a service without a place (virtual)");
    }
    Draft draft(Kind::kContacts, origin_);
    SetTexts(row, draft);
    SetRest(row, draft);
    SetPerson(row, draft);
    if (!SetContactPlace(HsdsAddress(row.location), draft)) {
      return sink_.Skip(origin_, "a service outside Germany");
    }
    const json& whole = row.service.is_object() ? row.service : row.at;
    return std::move(draft).Give(whole.dump(), sink_);
  }

  Sink& sink_;
  Origin origin_;
};

class Hsds : public Format {
 public:
  absl::string_view name() const override { return "hsds"; }
  absl::string_view description() const override {
    return "HSDS 3 (Open Referral): services as JSON, single and in lists";
  }
  std::vector<Kind> kinds() const override { return {Kind::kContacts}; }
  std::vector<std::string> extensions() const override { return {".json"}; }
  bool Recognizes(absl::string_view head) const override {
    for (const absl::string_view mark :
         {"\"$schema\"", "\"datapackage_metadata\"", "\"services.csv\""}) {
      if (absl::StrContains(head, mark)) return false;
    }
    for (const absl::string_view mark :
         {"\"service_at_locations\"", "\"location_type\"",
          "\"application_process\"", "\"fees_description\"", "\"legal_status\"",
          "\"taxonomy_detail\"", "\"total_items\"",
          "\"eligibility_description\""}) {
      if (absl::StrContains(head, mark)) return true;
    }
    return false;
  }
  absl::Status Read(ByteSource& source, const ReadOptions& options,
                    Sink& sink) const override {
    const auto utf8 = Utf8Source::Open(source, options.encoding);
    if (!utf8.ok()) return utf8.status();
    SourcedSink sourced(sink, options, name());
    HsdsReader reader(sourced);
    return ReadJsonElements(
        **utf8, {"contents"}, options.limits,
        [&reader](const JsonElement& element) { return reader.Take(element); });
  }
};

}  // namespace

const Format* HsdsFormat() {
  static const Hsds format;
  return &format;
}

}  // namespace heimweg::importers
