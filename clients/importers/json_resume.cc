// JSON Resume 1.x. It has no place for where a household wants to live; what it
// wants beyond a CV may stand in meta.heimweg as a Profile in proto3 JSON.
// Mapping in MAPPINGS.md.
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "clients/importers/draft.h"
#include "clients/importers/field_text.h"
#include "clients/importers/formats.h"
#include "clients/importers/json_elements.h"
#include "clients/importers/json_fields.h"
#include "clients/importers/language_fields.h"
#include "clients/importers/message_json.h"
#include "clients/importers/profile_fields.h"
#include "clients/importers/utf8_source.h"

namespace heimweg::importers {
namespace {

using nlohmann::json;

bool IsLicence(absl::string_view name) {
  const std::string lower = absl::AsciiStrToLower(name);
  return absl::StrContains(lower, "führerschein") ||
         absl::StrContains(lower, "fahrerlaubnis") ||
         absl::StrContains(lower, "driving licen");
}

void AddSkillsOf(const json& resume, Draft& draft) {
  for (const json* skill : JsonEach(resume, "skills")) {
    const std::string name = JsonText(*skill, "name");
    if (IsLicence(name)) {
      for (const json* word : JsonEach(*skill, "keywords")) {
        AddLicences(JsonText(*word, ""), "adults[0].driving_licences",
                    *AdultOf(draft).mutable_driving_licences(), draft);
      }
      continue;
    }
    AddOwnSkills(name, draft);
    for (const json* word : JsonEach(*skill, "keywords")) {
      AddOwnSkills(JsonText(*word, ""), draft);
    }
  }
  for (const json* certificate : JsonEach(resume, "certificates")) {
    AddOwnSkills(JsonText(*certificate, "name"), draft);
  }
}

void AddLife(const json& resume, Draft& draft) {
  for (const json* work : JsonEach(resume, "work")) {
    AddWantedOccupation(JsonText(*work, "position"), draft);
  }
  for (const json* education : JsonEach(resume, "education")) {
    AddBiographyHook(JsonText(*education, "institution"), draft);
    AddDegree(absl::StrCat(JsonText(*education, "studyType"), " ",
                           JsonText(*education, "area")),
              draft);
  }
  // Where they live now is what they share with those who came from there.
  AddBiographyHook(JsonText(resume, "basics.location.city"), draft);
  for (const json* club : JsonEach(resume, "volunteer")) {
    AddBiographyHook(JsonText(*club, "organization"), draft);
  }
  for (const json* interest : JsonEach(resume, "interests")) {
    AddInterest(JsonText(*interest, "name"), draft);
    for (const json* word : JsonEach(*interest, "keywords")) {
      AddInterest(JsonText(*word, ""), draft);
    }
  }
  for (const json* language : JsonEach(resume, "languages")) {
    AddOwnLanguage(JsonText(*language, "language"),
                   JsonText(*language, "fluency"), draft);
  }
}

// Merges meta.heimweg: lists are added to, an adult "a" is the one of the CV.
void AddWishes(const json& resume, Draft& draft) {
  const json* meta = JsonAt(resume, "meta.heimweg");
  if (meta == nullptr) return;
  profiles::v1::Profile wishes;
  const auto wrong = ParseMessage(meta->dump(), wishes);
  if (wrong.has_value()) {
    return draft.Wrong(absl::StrCat("meta.heimweg.", wrong->field()),
                       wrong->description());
  }
  if (wishes.adults_size() > 0 && wishes.adults(0).id() == "a") {
    AdultOf(draft).MergeFrom(wishes.adults(0));
    wishes.mutable_adults()->DeleteSubrange(0, 1);
  }
  draft.profile().MergeFrom(wishes);
}

class JsonResume : public Format {
 public:
  absl::string_view name() const override { return "jsonresume"; }
  absl::string_view description() const override {
    return "JSON Resume 1.x: a CV as a household's profile";
  }
  std::vector<Kind> kinds() const override { return {Kind::kProfiles}; }
  std::vector<std::string> extensions() const override { return {".json"}; }
  bool Recognizes(absl::string_view head) const override {
    return absl::StrContains(head, "jsonresume/resume-schema") ||
           (absl::StrContains(head, "\"basics\"") &&
            !absl::StrContains(head, "json-schema.org"));
  }
  absl::Status Read(ByteSource& source, const ReadOptions& options,
                    Sink& sink) const override {
    const auto utf8 = Utf8Source::Open(source, options.encoding);
    if (!utf8.ok()) return utf8.status();
    return ReadJsonElements(
        **utf8, {}, options.limits,
        [&sink](const JsonElement& element) { return Row(element, sink); });
  }

 private:
  static absl::Status Row(const JsonElement& element, Sink& sink) {
    Draft draft(Kind::kProfiles, {"", element.line, element.path});
    const json& resume = element.value;
    if (JsonAt(resume, "basics") == nullptr &&
        JsonAt(resume, "work") == nullptr) {
      draft.Wrong("", "expected a JSON Resume with basics or work");
      return std::move(draft).Give("", sink);
    }
    SetPersonal(JsonText(resume, "basics.name"),
                JsonText(resume, "basics.email"),
                JsonText(resume, "basics.phone"),
                JsonText(resume, "basics.summary"), draft);
    for (const absl::string_view label : absl::StrSplit(
             JsonText(resume, "basics.label"), absl::ByAnyChar(",|"))) {
      AddWantedOccupation(label, draft);
    }
    AddSkillsOf(resume, draft);
    AddLife(resume, draft);
    AddWishes(resume, draft);
    return std::move(draft).Give(element.text, sink);
  }
};

}  // namespace

const Format* JsonResumeFormat() {
  static const JsonResume format;
  return &format;
}

}  // namespace heimweg::importers
