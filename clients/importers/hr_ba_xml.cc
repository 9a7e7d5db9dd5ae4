// HR-BA-XML: what the employment agency's partners upload, as full or as
// differential load. Mapping in MAPPINGS.md.
#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "clients/importers/draft.h"
#include "clients/importers/field_text.h"
#include "clients/importers/formats.h"
#include "clients/importers/job_fields.h"
#include "clients/importers/language_fields.h"
#include "clients/importers/xml_reader.h"

namespace heimweg::importers {
namespace {

constexpr absl::string_view kRoot = "HRBAXMLJobPositionPosting";
constexpr absl::string_view kDescription =
    "JobPositionInformation/JobPositionDescription";

void SetKind(absl::string_view code, WorkingTime& time, Draft& draft) {
  if (code == "1" || code == "36" || code == "37" || code == "38" ||
      code == "40") {
    AddEmploymentWord("arbeit", time, draft);
  } else if (code == "2") {
    AddEmploymentWord("freelance", time, draft);
  } else if (code == "4") {
    AddEmploymentWord("ausbildung", time, draft);
  } else if (code == "34") {
    AddEmploymentWord("trainee", time, draft);
  } else {
    draft.Unknown("job-offer-type", code, "employment_type");
  }
  if (code == "38") {
    draft.job().set_requirement_level(type::v1::REQUIREMENT_LEVEL_HELPER);
  } else if (code == "36") {
    draft.job().set_requirement_level(type::v1::REQUIREMENT_LEVEL_SKILLED);
  }
}

void SetTime(const XmlElement& information, Draft& draft) {
  jobs::v1::Job& job = draft.job();
  WorkingTime time;
  SetKind(information.Text("JobOfferType"), time, draft);
  const XmlElement* about = information.Child("JobPositionDescription");
  if (about == nullptr) return;
  const absl::string_view plan =
      about->Text("Classification/Schedule/WorkingPlan");
  time.full = plan == "1";
  time.part = plan == "3";
  if (!plan.empty() && plan != "1" && plan != "3") {
    draft.Unknown("working-plan", plan, "weekly_hours");
  }
  const absl::string_view hours_text =
      about->Text("Classification/Schedule/HoursPerWeek");
  const auto hours = ParseDecimal(hours_text);
  if (hours.has_value() && *hours >= 0.5 && *hours <= 80) {
    job.mutable_weekly_hours()->set_minimum(*hours);
  } else {
    draft.Unknown("hours", hours_text, "weekly_hours");
  }
  SetHours(time, draft);
  if (ParseAnswer(about->Text("MiniJob")) == type::v1::ANSWER_YES) {
    job.set_employment_type(jobs::v1::EMPLOYMENT_TYPE_MARGINAL);
  }
  const absl::string_view term =
      about->Text("Classification/Duration/TemporaryOrRegular");
  if (term == "1") job.set_fixed_term(type::v1::ANSWER_YES);
  if (term == "2") job.set_fixed_term(type::v1::ANSWER_NO);
  if (!about->Text("Classification/Duration/TermDate").empty()) {
    job.set_fixed_term(type::v1::ANSWER_YES);
  }
  if (!about->Text("CompensationDescription/Salary").empty()) {
    SetSalaryText(about->Text("CompensationDescription/Salary"), draft);
  }
}

Address HrBaAddress(const XmlElement* at) {
  Address address;
  if (at == nullptr) return address;
  address.street = std::string(at->Text("StreetName"));
  address.postal_code = std::string(at->Text("PostalCode"));
  address.town = std::string(at->Text("Municipality"));
  address.country = std::string(at->Text("CountryCode"));
  return address;
}

Address PlaceOf(const XmlElement& posting, Draft& draft) {
  const XmlElement* locations =
      posting.Find(absl::StrCat(kDescription, "/JobPositionLocation"));
  if (locations == nullptr) {
    return HrBaAddress(
        posting.Find("PostDetail/PostedBy/Contact/PostalAddress"));
  }
  if (locations->children.size() > 1) {
    draft.Repaired("first-place-only", "place");
  }
  return HrBaAddress(locations->Child("Location"));
}

// Levels of the employment agency: 1 basic, 2 extended, 3 business.
void SetLanguage(const XmlElement& language, Draft& draft) {
  const absl::string_view level = language.Text("LanguageLevel");
  AddLanguage(language.Text("LanguageName"),
              level == "1"   ? "Grundkenntnisse"
              : level == "2" ? "erweitert"
              : level == "3" ? "verhandlungssicher"
                             : level,
              "languages", *draft.job().mutable_languages(), draft);
}

void SetLicences(const XmlElement& mobility, Draft& draft) {
  for (const XmlElement& licence : mobility.children) {
    const absl::string_view required = licence.Text("DrivingLicenceRequired");
    const bool wanted =
        required.empty() || ParseAnswer(required) == type::v1::ANSWER_YES;
    if (licence.name != "DrivingLicence" || !wanted) continue;
    AddLicences(licence.Text("DrivingLicenceName"), "driving_licences",
                *draft.job().mutable_driving_licences(), draft);
  }
}

void SetSkills(const XmlElement& qualifications, Draft& draft) {
  for (const XmlElement& skill : qualifications.children) {
    const absl::string_view name = skill.Text("SkillName");
    AddSkills(name.empty() ? absl::string_view(skill.text) : name, draft);
  }
}

void SetRequirements(const XmlElement& information, Draft& draft) {
  const XmlElement* asked =
      information.Find("JobPositionRequirements/QualificationsRequired");
  if (asked == nullptr) return;
  for (const XmlElement& child : asked->children) {
    if (child.name == "Language") SetLanguage(child, draft);
    if (child.name == "Mobility") SetLicences(child, draft);
    if (child.name == "SkillQualifs") SetSkills(child, draft);
  }
}

void SetDates(const XmlElement& posting, Draft& draft) {
  jobs::v1::Job& job = draft.job();
  const auto start = MomentOf(posting.Text("PostDetail/StartDate"),
                              "validity.start_time", draft);
  const auto end =
      EndOf(posting.Text("PostDetail/EndDate"), "validity.end_time", draft);
  if (start.has_value()) {
    *job.mutable_validity()->mutable_start_time() = StampOf(*start);
  }
  if (end.has_value() && start.has_value() && *end <= *start) {
    draft.Repaired("end-before-start-dropped", "validity.end_time");
  } else if (end.has_value()) {
    *job.mutable_validity()->mutable_end_time() = StampOf(*end);
  }
  const auto changed = MomentOf(posting.Text("PostDetail/LastModificationDate"),
                                "verified_time", draft);
  if (changed.has_value()) *job.mutable_verified_time() = StampOf(*changed);
  SetStartDate(posting.Text("JobPositionInformation/AssignmentStartDate"),
               draft);
}

void SetTexts(const XmlElement& posting, const XmlElement& information,
              Draft& draft) {
  jobs::v1::Job& job = draft.job();
  SetTitle(information.Text("JobPositionTitleDescription"), draft);
  // TitleCode is a number of a list that only partners have.
  AddOccupationTitle(job.title(), draft);
  job.set_description(
      draft.Lines(20'000, information.Text("Objective"), "description"));
  jobs::v1::Employer& employer = *job.mutable_employer();
  employer.set_display_name(draft.Line(
      200, posting.Text("HiringOrg/HiringOrgName"), "employer.display_name"));
  employer.set_website_uri(draft.Uri(posting.Text("HiringOrg/ProfileWebSite"),
                                     "employer.website_uri"));
  job.set_source_uri(
      draft.Uri(posting.Text("PostDetail/PostedBy/Contact/JobContactWebSite"),
                "source_uri"));
  const XmlElement* person = posting.Find("HiringOrg/Contact");
  if (person != nullptr) {
    type::v1::ContactPerson& to = *job.mutable_contact_person();
    to.set_display_name(draft.Line(200,
                                   absl::StrCat(person->Text("GivenName"), " ",
                                                person->Text("FamilyName")),
                                   "contact_person.display_name"));
    to.set_email(
        draft.Line(254, person->Text("EMail"), "contact_person.email"));
  }
  const auto openings = ParseInteger(information.Text("NumberToFill"));
  if (openings.has_value() && *openings >= 1 && *openings <= 100'000) {
    job.set_capacity(static_cast<int32_t>(*openings));
  }
  const absl::string_view placed = information.Text("EmploymentType");
  if (placed == "1") job.set_temp_agency(type::v1::ANSWER_YES);
  if (placed == "0" || placed == "2") {
    job.set_temp_agency(type::v1::ANSWER_NO);
  }
}

class HrBaReader : public XmlHandler {
 public:
  explicit HrBaReader(Sink& sink) : sink_(sink) {}

  bool IsRecord(absl::string_view path) const override {
    return path == absl::StrCat(kRoot, "/Data/JobPositionPosting") ||
           path == absl::StrCat(kRoot, "/Data/DeleteEntry");
  }
  absl::Status Close(absl::string_view path,
                     const XmlElement& element) override {
    if (path == absl::StrCat(kRoot, "/Header/SupplierId")) {
      source_ = absl::StrCat("hr-ba-xml:", OneLine(element.text));
      CutTo(100, source_);
    } else if (path == absl::StrCat(kRoot, "/Header/TypeOfLoad")) {
      full_ = element.text == "F";
      if (!full_ && element.text != "D") {
        return absl::InvalidArgumentError(
            absl::StrCat("line ", element.line,
                         ": TypeOfLoad: expected F (full) or D (changes)"));
      }
    } else if (path == absl::StrCat(kRoot, "/Header") && full_) {
      return sink_.FullLoad(source_);
    }
    return absl::OkStatus();
  }
  absl::Status Record(absl::string_view path, XmlElement& element) override {
    if (path == absl::StrCat(kRoot, "/Data/DeleteEntry")) {
      return Remove(element, element.Text("EntryId"), "DeleteEntry");
    }
    ++postings_;
    const std::string name =
        absl::StrCat("JobPositionPosting[", postings_, "]");
    const absl::string_view action = element.Text("PostDetail/Action");
    if (action == "3") {
      return Remove(element, element.Text("JobPositionPostingId"), name);
    }
    if (element.Text("PostDetail/Status") != "1" &&
        !element.Text("PostDetail/Status").empty()) {
      return sink_.Skip({"", element.line, name}, "a posting that is not open");
    }
    return Posting(element, name);
  }

 private:
  absl::Status Remove(const XmlElement& element, absl::string_view id,
                      const std::string& name) {
    Draft draft(Kind::kJobs, {"", element.line, name});
    draft.job().set_source(source_);
    draft.job().set_external_id(draft.Line(200, id, "external_id"));
    if (!draft.job().external_id().empty()) {
      return std::move(draft).Delete(sink_);
    }
    draft.Wrong("external_id", "expected the id of the posting to delete");
    return std::move(draft).Give(ToXml(element), sink_);
  }
  absl::Status Posting(const XmlElement& posting, const std::string& name) {
    const Origin origin{"", posting.line, name};
    Draft draft(Kind::kJobs, origin);
    jobs::v1::Job& job = draft.job();
    job.set_source(source_);
    job.set_state(type::v1::OFFER_STATE_PUBLISHED);
    job.set_external_id(
        draft.Line(200, posting.Text("JobPositionPostingId"), "external_id"));
    if (job.external_id().empty()) {
      draft.Wrong("external_id", "expected a JobPositionPostingId");
    }
    const XmlElement* information = posting.Child("JobPositionInformation");
    if (information == nullptr) {
      draft.Wrong("title", "expected JobPositionInformation");
      return std::move(draft).Give(ToXml(posting), sink_);
    }
    SetTexts(posting, *information, draft);
    SetTime(*information, draft);
    SetRequirements(*information, draft);
    SetDates(posting, draft);
    if (!SetJobPlace(PlaceOf(posting, draft), draft)) {
      return sink_.Skip(origin, "a job outside Germany");
    }
    return std::move(draft).Give(ToXml(posting), sink_);
  }

  Sink& sink_;
  std::string source_;
  bool full_ = false;
  int64_t postings_ = 0;
};

class HrBaXml : public Format {
 public:
  absl::string_view name() const override { return "hr-ba-xml"; }
  absl::string_view description() const override {
    return "HR-BA-XML of the employment agency's partners, full and changes";
  }
  std::vector<Kind> kinds() const override { return {Kind::kJobs}; }
  std::vector<std::string> extensions() const override { return {".xml"}; }
  bool Recognizes(absl::string_view head) const override {
    return XmlRootName(head) == kRoot;
  }
  absl::Status Read(ByteSource& source, const ReadOptions& options,
                    Sink& sink) const override {
    HrBaReader reader(sink);
    return ReadXml(source, options.encoding, options.limits, reader);
  }
};

}  // namespace

const Format* HrBaXmlFormat() {
  static const HrBaXml format;
  return &format;
}

}  // namespace heimweg::importers
