// The employment agency's Jobsuche (its unofficial JSON): answers to searches,
// details of a job, and lists of these, in the names of versions 2, 3 and 4.
// Mapping in MAPPINGS.md.
#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
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

// The first member that is there, of names old and new.
std::string AnyOf(const json& job, std::initializer_list<const char*> names) {
  for (const char* name : names) {
    std::string text = JsonText(job, name);
    if (!OneLine(text).empty()) return text;
  }
  return "";
}

type::v1::Answer AnswerOf(const json& job, const char* name) {
  return ParseAnswer(JsonText(job, name));
}

// "ARBEIT", "1" …
void SetKind(absl::string_view kind, WorkingTime& time, Draft& draft) {
  constexpr std::array<std::pair<absl::string_view, absl::string_view>, 9>
      kKinds = {{{"1", "arbeit"},
                 {"2", "selbstaendigkeit"},
                 {"4", "ausbildung"},
                 {"34", "praktikum"},
                 {"AUSBILDUNG", "ausbildung"},
                 {"DUALES_STUDIUM", "dualesstudium"},
                 {"AUSBILDUNG_DUALES_STUDIUM", "ausbildung"},
                 {"PRAKTIKUM_TRAINEE", "praktikumtrainee"},
                 {"SELBSTAENDIGKEIT", "selbstaendigkeit"}}};
  for (const auto& [code, word] : kKinds) {
    if (absl::EqualsIgnoreCase(kind, code)) {
      return AddEmploymentWord(word, time, draft);
    }
  }
  AddEmploymentWord(kind, time, draft);
}

// arbeitszeitmodelle of the older names.
void AddModel(absl::string_view model, WorkingTime& time, Draft& draft) {
  const std::string upper = absl::AsciiStrToUpper(model);
  if (absl::StartsWith(upper, "TEILZEIT") || upper == "TZ") {
    time.part = true;
  } else if (upper == "VOLLZEIT" || upper == "VZ") {
    time.full = true;
  } else if (absl::StartsWith(upper, "SCHICHT") || upper == "SNW") {
    // "Shift, night or weekend": one of the three.
    draft.Repaired("shift-night-or-weekend-as-shift", "shift_work");
    draft.job().set_shift_work(type::v1::ANSWER_YES);
  } else if (upper == "MINIJOB" || upper == "MJ") {
    AddEmploymentWord("minijob", time, draft);
  } else if (absl::StrContains(upper, "HEIM") || upper == "HO") {
    SetPartlyRemote(draft);
  } else {
    draft.Unknown("working-time", model, "weekly_hours");
  }
}

void SetTime(const json& from, Draft& draft) {
  WorkingTime time;
  SetKind(AnyOf(from, {"stellenangebotsart", "angebotsart"}), time, draft);
  time.full |= AnswerOf(from, "arbeitszeitVollzeit") == type::v1::ANSWER_YES;
  for (const char* part :
       {"arbeitszeitTeilzeitVormittag", "arbeitszeitTeilzeitNachmittag",
        "arbeitszeitTeilzeitAbend", "arbeitszeitTeilzeitFlexibel"}) {
    time.part |= AnswerOf(from, part) == type::v1::ANSWER_YES;
  }
  if (AnswerOf(from, "arbeitszeitSchichtNachtWochenende") ==
      type::v1::ANSWER_YES) {
    AddModel("SNW", time, draft);
  }
  for (const json* model : JsonEach(from, "arbeitszeitmodelle")) {
    AddModel(JsonText(*model, ""), time, draft);
  }
  if (AnswerOf(from, "istGeringfuegigeBeschaeftigung") ==
      type::v1::ANSWER_YES) {
    draft.job().set_employment_type(jobs::v1::EMPLOYMENT_TYPE_MARGINAL);
  }
  SetHours(time, draft);
}

void SetTerms(const json& from, Draft& draft) {
  jobs::v1::Job& job = draft.job();
  const std::string term =
      absl::AsciiStrToUpper(AnyOf(from, {"vertragsdauer", "befristung"}));
  if (term == "UNBEFRISTET" || term == "2") {
    job.set_fixed_term(type::v1::ANSWER_NO);
  } else if (term == "BEFRISTET" || term == "1") {
    job.set_fixed_term(type::v1::ANSWER_YES);
  } else if (term != "KEINE_ANGABE") {
    draft.Unknown("contract-term", term, "fixed_term");
  }
  job.set_temp_agency(AnswerOf(from, "istArbeitnehmerUeberlassung"));
  const std::string home =
      absl::AsciiStrToUpper(JsonText(from, "homeofficetyp"));
  if (absl::StrContains(home, "VOLL") || absl::StrContains(home, "KOMPLETT")) {
    job.set_remote_percent(100);
  } else if (AnswerOf(from, "homeofficemoeglich") == type::v1::ANSWER_YES) {
    SetPartlyRemote(draft);
  } else if (AnswerOf(from, "homeofficemoeglich") == type::v1::ANSWER_NO) {
    job.set_remote_percent(0);
  }
  const std::string pay = JsonText(from, "verguetungsangabe");
  if (!absl::StartsWith(absl::AsciiStrToUpper(pay), "KEINE_ANGABE") &&
      !pay.empty()) {
    SetSalaryText(pay, draft);
  }
  const auto openings = JsonNumber(from, "anzahlOffeneStellen");
  if (openings.has_value() && *openings >= 1 && *openings <= 100'000) {
    job.set_capacity(static_cast<int32_t>(*openings));
  }
}

// An address object of any version, with the coordinates beside or in it.
Address AddressIn(const json& at) {
  const json* inner = JsonAt(at, "adresse");
  const json& from = inner == nullptr ? at : *inner;
  Address address;
  address.street = JsonText(from, "strasse");
  const std::string number = JsonText(from, "hausnummer");
  if (!number.empty()) absl::StrAppend(&address.street, " ", number);
  address.postal_code = JsonText(from, "plz");
  address.town = JsonText(from, "ort");
  address.country = JsonText(from, "land");
  for (const auto& [lat, lon] :
       {std::pair("breite", "laenge"),
        std::pair("koordinaten.lat", "koordinaten.lon")}) {
    for (const json* place : {&at, &from}) {
      if (address.latitude.has_value()) continue;
      address.latitude = JsonNumber(*place, lat);
      address.longitude = JsonNumber(*place, lon);
    }
  }
  return address;
}

// The first place in Germany; false: there are places, all abroad.
bool SetPlaces(const json& from, Draft& draft) {
  std::vector<const json*> places;
  for (const char* name : {"stellenlokationen", "arbeitsorte", "arbeitsort"}) {
    for (const json* place : JsonEach(from, name)) places.push_back(place);
  }
  if (places.empty()) return SetJobPlace(Address(), draft);
  if (places.size() > 1) draft.Repaired("first-place-only", "place");
  for (const json* place : places) {
    Draft trial(Kind::kJobs, {});
    type::v1::Place ignored;
    const Address address = AddressIn(*place);
    if (SetPlace(address, ignored, trial) != Where::kGermany) continue;
    return SetJobPlace(address, draft);
  }
  return SetJobPlace(AddressIn(*places.front()), draft);
}

// fertigkeiten[].{hierarchieName, auspraegungen}: names of skills, in groups by
// how much they are asked for.
void AddAllSkills(const json& from, Draft& draft) {
  for (const json* group : JsonEach(from, "fertigkeiten")) {
    const json* levels = JsonAt(*group, "auspraegungen");
    if (levels == nullptr) {
      AddSkills(JsonText(*group, ""), draft);
      continue;
    }
    for (const json& level : *levels) {
      for (const json* skill : JsonEach(level, "")) {
        AddSkills(JsonText(*skill, ""), draft);
      }
    }
  }
  for (const json* language : JsonEach(from, "sprachkenntnisse")) {
    AddLanguage(JsonText(*language, language->is_object() ? "sprache" : ""),
                JsonText(*language, "niveau"), "languages",
                *draft.job().mutable_languages(), draft);
  }
}

void SetDates(const json& from, Draft& draft) {
  jobs::v1::Job& job = draft.job();
  const auto start = MomentOf(AnyOf(from, {"veroeffentlichungszeitraum.von",
                                           "aktuelleVeroeffentlichungsdatum",
                                           "datumErsteVeroeffentlichung",
                                           "ersteVeroeffentlichungsdatum"}),
                              "validity.start_time", draft);
  if (start.has_value()) {
    *job.mutable_validity()->mutable_start_time() = StampOf(*start);
  }
  const auto end = EndOf(JsonText(from, "veroeffentlichungszeitraum.bis"),
                         "validity.end_time", draft);
  if (end.has_value() && (!start.has_value() || *end > *start)) {
    *job.mutable_validity()->mutable_end_time() = StampOf(*end);
  }
  const auto changed =
      MomentOf(AnyOf(from, {"aenderungsdatum", "modifikationsTimestamp"}),
               "verified_time", draft);
  if (changed.has_value()) *job.mutable_verified_time() = StampOf(*changed);
  SetStartDate(AnyOf(from, {"eintrittszeitraum.von", "eintrittsdatum"}), draft);
}

void SetOccupation(const json& from, Draft& draft) {
  const std::string dkz = OneLine(JsonText(from, "hauptDkz"));
  AddOccupationTitle(AnyOf(from, {"hauptberuf", "beruf"}), draft);
  if (draft.job().occupations_size() == 0) {
    AddOccupationTitle(draft.job().title(), draft);
  }
  // "B 29302-100": KldB with five digits before the hyphen.
  absl::string_view code = dkz;
  absl::ConsumePrefix(&code, "B ");
  code = code.substr(0, code.find('-'));
  if (code.size() == 5 && draft.job().occupations_size() > 0 &&
      std::all_of(code.begin(), code.end(), absl::ascii_isdigit)) {
    draft.job().mutable_occupations(0)->set_kldb_code(std::string(code));
  } else {
    draft.Unknown("dkz", dkz, "occupations");
  }
}

bool IsJob(const json& element) {
  return element.is_object() &&
         !AnyOf(element,
                {"refnr", "referenznummer", "hashId", "stellenangebotsTitel"})
              .empty();
}

class BaJobsuche : public Format {
 public:
  absl::string_view name() const override { return "ba-jobsuche"; }
  absl::string_view description() const override {
    return "Jobsuche of the employment agency: JSON of searches and details";
  }
  std::vector<Kind> kinds() const override { return {Kind::kJobs}; }
  std::vector<std::string> extensions() const override { return {".json"}; }
  bool Recognizes(absl::string_view head) const override {
    for (const absl::string_view mark :
         {"\"stellenangebote\"", "\"refnr\"", "\"referenznummer\"",
          "\"stellenangebotsTitel\"", "\"stellenangebotsart\"",
          "\"maxErgebnisse\""}) {
      if (absl::StrContains(head, mark)) return true;
    }
    return false;
  }
  absl::Status Read(ByteSource& source, const ReadOptions& options,
                    Sink& sink) const override {
    const auto utf8 = Utf8Source::Open(source, options.encoding);
    if (!utf8.ok()) return utf8.status();
    return ReadJsonElements(
        **utf8, {"stellenangebote", "ergebnisliste"}, options.limits,
        [&sink](const JsonElement& element) { return Row(element, sink); });
  }

 private:
  static absl::Status Row(const JsonElement& element, Sink& sink) {
    const Origin origin{"", element.line, element.path};
    Draft draft(Kind::kJobs, origin);
    const json& from = element.value;
    if (!IsJob(from)) {
      draft.Wrong("external_id", "expected a job with refnr or referenznummer");
      return std::move(draft).Give(element.text, sink);
    }
    jobs::v1::Job& job = draft.job();
    job.set_source("ba-jobsuche:arbeitsagentur");
    job.set_state(type::v1::OFFER_STATE_PUBLISHED);
    job.set_external_id(
        draft.Line(200, AnyOf(from, {"refnr", "referenznummer", "hashId"}),
                   "external_id"));
    if (job.external_id().empty()) {
      draft.Wrong("external_id", "expected refnr or referenznummer");
    }
    SetTitle(AnyOf(from, {"stellenangebotsTitel", "titel", "beruf"}), draft);
    job.set_description(draft.Lines(
        20'000,
        AnyOf(from, {"stellenangebotsBeschreibung", "stellenbeschreibung"}),
        "description"));
    job.mutable_employer()->set_display_name(draft.Line(
        200, AnyOf(from, {"firma", "arbeitgeber"}), "employer.display_name"));
    job.set_source_uri(
        draft.Uri(AnyOf(from, {"externeUrl", "externeURL"}), "source_uri"));
    SetTime(from, draft);
    SetTerms(from, draft);
    SetDates(from, draft);
    SetOccupation(from, draft);
    AddAllSkills(from, draft);
    if (!SetPlaces(from, draft)) {
      return sink.Skip(origin, "a job outside Germany");
    }
    return std::move(draft).Give(element.text, sink);
  }
};

}  // namespace

const Format* BaJobsucheFormat() {
  static const BaJobsuche format;
  return &format;
}

}  // namespace heimweg::importers
