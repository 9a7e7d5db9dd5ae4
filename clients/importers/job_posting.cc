// schema.org JobPosting, as employers put it on their pages for search engines.
// Mapping in MAPPINGS.md.
#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "clients/importers/draft.h"
#include "clients/importers/field_text.h"
#include "clients/importers/formats.h"
#include "clients/importers/html_text.h"
#include "clients/importers/job_fields.h"
#include "clients/importers/json_fields.h"
#include "clients/importers/linked_data.h"

namespace heimweg::importers {
namespace {

using nlohmann::json;

void SetKey(const json& posting, Draft& draft) {
  jobs::v1::Job& job = draft.job();
  job.set_source_uri(draft.Uri(JsonText(posting, "url"), "source_uri"));
  const json* identifier = JsonAt(posting, "identifier");
  std::string id;
  if (identifier != nullptr) {
    id = identifier->is_object() ? JsonText(*identifier, "value")
                                 : JsonText(posting, "identifier");
  }
  if (id.empty()) id = JsonText(posting, "@id");
  if (id.empty()) id = job.source_uri();
  if (id.empty()) {
    id = ContentId({job.title(), JsonText(posting, "hiringOrganization.name"),
                    JsonText(posting, "datePosted")});
    draft.Repaired("id-from-content", "external_id");
  }
  job.set_external_id(draft.Line(200, id, "external_id"));
  std::string host = HostOf(JsonText(posting, "url"));
  if (host.empty()) {
    host = HostOf(JsonText(posting, "hiringOrganization.sameAs"));
  }
  if (!host.empty() && host.size() < 80) {
    job.set_source(absl::StrCat("jobposting:", host));
  }
}

void SetEmployer(const json& posting, Draft& draft) {
  const json* employer = JsonAt(posting, "hiringOrganization");
  if (employer == nullptr) return;
  jobs::v1::Employer& to = *draft.job().mutable_employer();
  to.set_display_name(draft.Line(200,
                                 employer->is_string()
                                     ? JsonText(posting, "hiringOrganization")
                                     : JsonText(*employer, "name"),
                                 "employer.display_name"));
  for (const char* key : {"url", "sameAs"}) {
    if (!to.website_uri().empty()) break;
    to.set_website_uri(
        draft.Uri(JsonText(*employer, key), "employer.website_uri"));
  }
  const auto size = JsonNumber(*employer, "numberOfEmployees.value");
  if (size.has_value() && *size >= 1 && *size <= 10'000'000) {
    to.set_employee_count(static_cast<int32_t>(*size));
  }
}

void SetDates(const json& posting, Draft& draft) {
  jobs::v1::Job& job = draft.job();
  const auto posted =
      MomentOf(JsonText(posting, "datePosted"), "validity.start_time", draft);
  if (posted.has_value()) {
    *job.mutable_validity()->mutable_start_time() = StampOf(*posted);
    *job.mutable_verified_time() = StampOf(*posted);
  }
  const auto end =
      EndOf(JsonText(posting, "validThrough"), "validity.end_time", draft);
  if (end.has_value() && posted.has_value() && *end <= *posted) {
    draft.Repaired("end-before-start-dropped", "validity.end_time");
  } else if (end.has_value()) {
    *job.mutable_validity()->mutable_end_time() = StampOf(*end);
  }
  SetStartDate(JsonText(posting, "jobStartDate"), draft);
}

void SetPay(const json& posting, Draft& draft) {
  const json* salary = JsonAt(posting, "baseSalary");
  if (salary == nullptr) return;
  if (salary->is_string()) {
    return SetSalaryText(salary->get_ref<const std::string&>(), draft);
  }
  const std::string currency = JsonText(*salary, "currency");
  if (salary->is_number()) {
    return SetSalary(salary->get<double>(), std::nullopt, "",
                     JsonText(posting, "salaryCurrency"), draft);
  }
  const json* value = JsonAt(*salary, "value");
  const json& range = value != nullptr && value->is_object() ? *value : *salary;
  auto minimum = JsonNumber(range, "minValue");
  if (!minimum.has_value()) minimum = JsonNumber(range, "value");
  std::string unit = JsonText(range, "unitText");
  if (unit.empty()) unit = JsonText(range, "unitCode");
  SetSalary(minimum, JsonNumber(range, "maxValue"), unit, currency, draft);
}

// "40 Stunden pro Woche", "20-30 h", "30".
void SetWorkHours(absl::string_view text, Draft& draft) {
  const size_t end = text.find_first_not_of("0123456789.,");
  const auto first = ParseDecimal(text.substr(0, end), ',');
  if (!first.has_value() || *first < 1 || *first > 80) {
    return draft.Unknown("work-hours", text, "weekly_hours");
  }
  double last = 0;
  if (end != absl::string_view::npos) {
    absl::string_view rest =
        absl::StripLeadingAsciiWhitespace(text.substr(end));
    for (const absl::string_view dash : {"-", "–", "bis"}) {
      if (absl::ConsumePrefix(&rest, dash)) break;
    }
    rest = absl::StripLeadingAsciiWhitespace(rest);
    const auto second = ParseDecimal(
        rest.substr(0, rest.find_first_not_of("0123456789.,")), ',');
    if (second.has_value() && *second >= *first && *second <= 80) {
      last = *second;
    }
  }
  draft.job().mutable_weekly_hours()->set_minimum(*first);
  draft.job().mutable_weekly_hours()->set_maximum(last);
}

void SetWork(const json& posting, Draft& draft) {
  jobs::v1::Job& job = draft.job();
  const std::string hours = OneLine(JsonText(posting, "workHours"));
  if (!hours.empty()) SetWorkHours(hours, draft);
  WorkingTime time;
  for (const json* type : JsonEach(posting, "employmentType")) {
    if (!type->is_string()) continue;
    for (const absl::string_view word : absl::StrSplit(
             type->get_ref<const std::string&>(), absl::ByAnyChar(",;"))) {
      AddEmploymentWord(word, time, draft);
    }
  }
  SetHours(time, draft);
  const std::string type = JsonText(posting, "jobLocationType");
  if (absl::EqualsIgnoreCase(type, "TELECOMMUTE")) {
    job.set_remote_percent(100);
  } else {
    draft.Unknown("job-location-type", type, "remote_percent");
  }
  const auto openings = JsonNumber(posting, "totalJobOpenings");
  if (openings.has_value() && *openings >= 1 && *openings <= 100'000) {
    job.set_capacity(static_cast<int32_t>(*openings));
  }
}

// A code of KldB ("33322", "B 33322-100"), of ESCO, or words.
void AddCategory(const std::string& category, Draft& draft) {
  absl::string_view code = absl::StripAsciiWhitespace(category);
  absl::ConsumePrefix(&code, "B ");
  code = code.substr(0, code.find('-'));
  const bool digits =
      code.size() >= 2 && code.size() <= 5 &&
      std::all_of(code.begin(), code.end(), absl::ascii_isdigit);
  if (digits) {
    // The title goes with the code, so that people see what was meant.
    auto& occupation = *draft.job().add_occupations();
    occupation.set_kldb_code(std::string(code));
    occupation.set_title(draft.job().title());
  } else if (absl::StrContains(category, "data.europa.eu/esco/occupation/")) {
    draft.job().add_occupations()->set_esco_uri(
        draft.Uri(category, "occupations"));
  } else {
    AddOccupationTitle(category, draft);
  }
}

void SetOccupation(const json& posting, Draft& draft) {
  for (const json* category : JsonEach(posting, "occupationalCategory")) {
    if (draft.job().occupations_size() >= 5) break;
    std::string text = category->is_object() ? JsonText(*category, "codeValue")
                                             : JsonText(*category, "");
    if (text.empty()) text = JsonText(*category, "name");
    if (!OneLine(text).empty()) AddCategory(text, draft);
  }
  if (draft.job().occupations_size() == 0) {
    AddOccupationTitle(draft.job().title(), draft);
  }
  for (const json* skills : JsonEach(posting, "skills")) {
    AddSkills(
        skills->is_object() ? JsonText(*skills, "name") : JsonText(*skills, ""),
        draft);
  }
}

// The description, and what has no field of its own below it.
void SetText(const json& posting, Draft& draft) {
  std::string text = JsonText(posting, "description");
  constexpr std::array<std::pair<const char*, const char*>, 5> kMore = {
      {{"responsibilities", "Aufgaben"},
       {"qualifications", "Anforderungen"},
       {"educationRequirements", "Abschluss"},
       {"experienceRequirements", "Erfahrung"},
       {"jobBenefits", "Leistungen"}}};
  for (const auto& [key, heading] : kMore) {
    std::string more = JsonText(posting, key);
    const std::string months =
        JsonText(posting, absl::StrCat(key, ".monthsOfExperience"));
    if (!months.empty()) more = absl::StrCat(months, " Monate");
    if (more.empty() || absl::StrContains(text, more)) continue;
    absl::StrAppend(&text, LooksLikeHtml(text) ? "<p>" : "\n\n", heading, ": ",
                    more);
  }
  draft.job().set_description(draft.Lines(20'000, text, "description"));
}

void SetContact(const json& posting, Draft& draft) {
  const json* from = JsonAt(posting, "applicationContact");
  if (from == nullptr || !from->is_object()) return;
  type::v1::ContactPerson& person = *draft.job().mutable_contact_person();
  person.set_display_name(
      draft.Line(200, JsonText(*from, "name"), "contact_person.display_name"));
  person.set_email(
      draft.Line(254, JsonText(*from, "email"), "contact_person.email"));
  person.set_phone_number(draft.Line(40, JsonText(*from, "telephone"),
                                     "contact_person.phone_number"));
}

// The first location in Germany; false: all are abroad.
bool SetLocation(const json& posting, Draft& draft) {
  const auto locations = JsonEach(posting, "jobLocation");
  if (locations.empty()) return SetJobPlace(Address(), draft);
  for (size_t i = 0; i < locations.size(); ++i) {
    Draft trial(Kind::kJobs, {});
    trial.job().set_remote_percent(100);
    type::v1::Place place;
    const bool last = i + 1 == locations.size();
    const Address address = AddressOf(*locations[i]);
    if (!last && SetPlace(address, place, trial) != Where::kGermany) continue;
    if (locations.size() > 1) draft.Repaired("first-place-only", "place");
    return SetJobPlace(address, draft);
  }
  return true;
}

class JobPosting : public Format {
 public:
  absl::string_view name() const override { return "jobposting"; }
  absl::string_view description() const override {
    return "schema.org JobPosting: JSON-LD files and HTML pages";
  }
  std::vector<Kind> kinds() const override { return {Kind::kJobs}; }
  std::vector<std::string> extensions() const override {
    return {".jsonld", ".json", ".html", ".htm"};
  }
  bool Recognizes(absl::string_view head) const override {
    return absl::StrContains(head, "\"JobPosting\"") ||
           absl::StrContains(head, "schema.org/JobPosting");
  }
  absl::Status Read(ByteSource& source, const ReadOptions& options,
                    Sink& sink) const override {
    SourcedSink sourced(sink, options, name());
    return ReadLinkedData(
        source, options, {"JobPosting"}, sourced,
        [&sourced](const LinkedNode& node) { return Row(node, sourced); });
  }

 private:
  static absl::Status Row(const LinkedNode& node, Sink& sink) {
    Draft draft(Kind::kJobs, node.origin);
    const json& posting = node.value;
    draft.job().set_state(type::v1::OFFER_STATE_PUBLISHED);
    SetTitle(JsonText(posting, "title").empty() ? JsonText(posting, "name")
                                                : JsonText(posting, "title"),
             draft);
    SetKey(posting, draft);
    SetText(posting, draft);
    SetEmployer(posting, draft);
    SetDates(posting, draft);
    SetPay(posting, draft);
    SetWork(posting, draft);
    SetOccupation(posting, draft);
    SetContact(posting, draft);
    if (!SetLocation(posting, draft)) {
      return sink.Skip(node.origin, "a job outside Germany");
    }
    return std::move(draft).Give(node.text, sink);
  }
};

}  // namespace

const Format* JobPostingFormat() {
  static const JobPosting format;
  return &format;
}

}  // namespace heimweg::importers
