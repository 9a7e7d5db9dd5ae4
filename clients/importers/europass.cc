// Europass CV, version 3 (SkillsPassport), as XML and as JSON. Both are read
// into the same tree: JSON members become elements. Mapping in MAPPINGS.md.
#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "clients/importers/draft.h"
#include "clients/importers/field_text.h"
#include "clients/importers/formats.h"
#include "clients/importers/html_text.h"
#include "clients/importers/json_elements.h"
#include "clients/importers/language_fields.h"
#include "clients/importers/profile_fields.h"
#include "clients/importers/utf8_source.h"
#include "clients/importers/xml_reader.h"

namespace heimweg::importers {
namespace {

using nlohmann::json;

// JSON as the XML would have it: an array is its elements one after the other.
// NOLINTNEXTLINE(misc-no-recursion): as deep as Limits.depth.
void AddJson(const std::string& name, const json& value, XmlElement& parent) {
  if (value.is_array()) {
    for (const json& each : value) AddJson(name, each, parent);
    return;
  }
  XmlElement& element = parent.children.emplace_back();
  element.name = name;
  if (value.is_string()) {
    element.text = value.get<std::string>();
  } else if (value.is_object()) {
    for (const auto& [key, inner] : value.items()) {
      AddJson(key, inner, element);
    }
  } else if (!value.is_null()) {
    element.text = value.dump();
  }
}

// The elements of a list: JSON puts them into …List directly ("WorkExperience":
// [...]), XML into WorkExperienceList/WorkExperience.
std::vector<const XmlElement*> ListOf(const XmlElement& parent,
                                      absl::string_view name) {
  std::vector<const XmlElement*> all;
  const XmlElement* list = parent.Child(absl::StrCat(name, "List"));
  for (const XmlElement& child :
       list == nullptr ? parent.children : list->children) {
    if (child.name == name) all.push_back(&child);
  }
  return all;
}

// The lowest of the five skills: what is enough for every use.
std::string LowestLevel(const XmlElement* levels) {
  std::string lowest;
  if (levels == nullptr) return lowest;
  for (const char* skill : {"Listening", "Reading", "SpokenInteraction",
                            "SpokenProduction", "Writing"}) {
    const std::string level(levels->Text(skill));
    if (!level.empty() && (lowest.empty() || level < lowest)) lowest = level;
  }
  return lowest;
}

void AddLanguages(const XmlElement& linguistic, Draft& draft) {
  auto name_of = [](const XmlElement& language) {
    const absl::string_view code = language.Text("Description/Code");
    return code.empty() ? language.Text("Description/Label") : code;
  };
  for (const XmlElement* language : ListOf(linguistic, "MotherTongue")) {
    AddOwnLanguage(name_of(*language), "Muttersprache", draft);
  }
  for (const XmlElement* language : ListOf(linguistic, "ForeignLanguage")) {
    AddOwnLanguage(name_of(*language),
                   LowestLevel(language->Child("ProficiencyLevel")), draft);
  }
}

void AddSkillsOf(const XmlElement& skills, Draft& draft) {
  const XmlElement* linguistic = skills.Child("Linguistic");
  if (linguistic != nullptr) AddLanguages(*linguistic, draft);
  for (const char* kind :
       {"JobRelated", "Computer", "Organisational", "Communication", "Other"}) {
    const absl::string_view text =
        skills.Text(absl::StrCat(kind, "/Description"));
    AddOwnSkills(LooksLikeHtml(text) ? HtmlText(text) : std::string(text),
                 draft);
  }
  const XmlElement* driving = skills.Find("Driving/Description");
  if (driving == nullptr) return;
  auto& licences = *AdultOf(draft).mutable_driving_licences();
  for (const XmlElement& licence : driving->children) {
    AddLicences(licence.text, "adults[0].driving_licences", licences, draft);
  }
  AddLicences(driving->text, "adults[0].driving_licences", licences, draft);
}

void AddLife(const XmlElement& learner, Draft& draft) {
  const absl::string_view headline = learner.Text("Headline/Type/Code");
  if (headline == "preferred_job" || headline == "job_applied_for" ||
      headline == "position" || headline == "job") {
    AddWantedOccupation(learner.Text("Headline/Description/Label"), draft);
  }
  for (const XmlElement* work : ListOf(learner, "WorkExperience")) {
    AddWantedOccupation(work->Text("Position/Label"), draft);
  }
  for (const XmlElement* education : ListOf(learner, "Education")) {
    AddBiographyHook(education->Text("Organisation/Name"), draft);
    AddDegree(absl::StrCat(education->Text("Level/Label"), " ",
                           education->Text("Title")),
              draft);
  }
  AddBiographyHook(
      learner.Text("Identification/ContactInfo/Address/Contact/Municipality"),
      draft);
}

absl::Status Passport(const XmlElement& learner, const Origin& origin,
                      absl::string_view text, Sink& sink) {
  Draft draft(Kind::kProfiles, origin);
  const XmlElement* who = learner.Child("Identification");
  if (who == nullptr && learner.Child("Skills") == nullptr) {
    draft.Wrong("", "expected Identification or Skills in LearnerInfo");
    return std::move(draft).Give(text, sink);
  }
  if (who != nullptr) {
    const XmlElement* contact = who->Child("ContactInfo");
    std::string phone;
    if (contact != nullptr) {
      for (const XmlElement* number : ListOf(*contact, "Telephone")) {
        if (phone.empty()) phone = std::string(number->Text("Contact"));
      }
    }
    SetPersonal(absl::StrCat(who->Text("PersonName/FirstName"), " ",
                             who->Text("PersonName/Surname")),
                who->Text("ContactInfo/Email/Contact"), phone, "", draft);
  }
  AdultOf(draft);
  AddLife(learner, draft);
  const XmlElement* skills = learner.Child("Skills");
  if (skills != nullptr) AddSkillsOf(*skills, draft);
  return std::move(draft).Give(text, sink);
}

class EuropassReader : public XmlHandler {
 public:
  explicit EuropassReader(Sink& sink) : sink_(sink) {}
  bool IsRecord(absl::string_view path) const override {
    return path == "SkillsPassport/LearnerInfo";
  }
  absl::Status Record(absl::string_view, XmlElement& learner) override {
    return Passport(learner, {"", learner.line, "LearnerInfo"}, ToXml(learner),
                    sink_);
  }

 private:
  Sink& sink_;
};

// The elements that the reader makes of a photo are as large as a row may be.
absl::Status ReadJson(ByteSource& utf8, const ReadOptions& options,
                      Sink& sink) {
  return ReadJsonElements(
      utf8, {}, options.limits, [&sink](const JsonElement& element) {
        XmlElement root;
        AddJson("root", element.value, root);
        const XmlElement* learner =
            root.Find("root/SkillsPassport/LearnerInfo");
        if (learner == nullptr) learner = root.Find("root/LearnerInfo");
        static const XmlElement nothing;
        return Passport(learner == nullptr ? nothing : *learner,
                        {"", element.line, element.path}, element.text, sink);
      });
}

class Europass : public Format {
 public:
  absl::string_view name() const override { return "europass"; }
  absl::string_view description() const override {
    return "Europass CV 3 (SkillsPassport), XML and JSON, as a profile";
  }
  std::vector<Kind> kinds() const override { return {Kind::kProfiles}; }
  std::vector<std::string> extensions() const override {
    return {".xml", ".json"};
  }
  bool Recognizes(absl::string_view head) const override {
    return XmlRootName(head) == "SkillsPassport" ||
           absl::StrContains(head, "\"SkillsPassport\"") ||
           absl::StrContains(head, "\"LearnerInfo\"");
  }
  absl::Status Read(ByteSource& source, const ReadOptions& options,
                    Sink& sink) const override {
    PeekSource peeked(source);
    const auto head = peeked.Peek(4096);
    if (!head.ok()) return head.status();
    // XML in any encoding has its first tag before any brace.
    if (head->find('<') < head->find('{')) {
      EuropassReader reader(sink);
      return ReadXml(peeked, options.encoding, options.limits, reader);
    }
    const auto utf8 = Utf8Source::Open(peeked, options.encoding);
    if (!utf8.ok()) return utf8.status();
    return ReadJson(**utf8, options, sink);
  }
};

}  // namespace

const Format* EuropassFormat() {
  static const Europass format;
  return &format;
}

}  // namespace heimweg::importers
