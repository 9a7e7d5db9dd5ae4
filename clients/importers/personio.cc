// The XML feed of Personio's recruiting pages. Mapping in MAPPINGS.md.
#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "clients/importers/draft.h"
#include "clients/importers/field_text.h"
#include "clients/importers/formats.h"
#include "clients/importers/html_text.h"
#include "clients/importers/job_fields.h"
#include "clients/importers/xml_reader.h"

namespace heimweg::importers {
namespace {

bool IsRemote(absl::string_view office) {
  for (const absl::string_view word :
       {"remote", "homeoffice", "home office", "home-office"}) {
    if (absl::EqualsIgnoreCase(office, word)) return true;
  }
  return false;
}

// Sections become paragraphs with their name above.
void SetDescription(const XmlElement& position, Draft& draft) {
  std::string text;
  const XmlElement* parts = position.Child("jobDescriptions");
  if (parts == nullptr) return;
  for (const XmlElement& part : parts->children) {
    const absl::string_view value = part.Text("value");
    if (value.empty()) continue;
    absl::StrAppend(&text, text.empty() ? "" : "\n\n", "**",
                    OneLine(part.Text("name")), "**\n", HtmlText(value));
  }
  if (CutTo(20'000, text)) draft.Repaired("cut", "description");
  draft.job().set_description(text);
}

// One office is where the job is; "Remote" among them says that all of the work
// may be done elsewhere.
Address OfficeOf(const XmlElement& position, Draft& draft) {
  std::string town;
  int offices = 0;
  auto add = [&](absl::string_view office) {
    if (office.empty()) return;
    if (IsRemote(office)) {
      draft.job().set_remote_percent(100);
      return;
    }
    ++offices;
    if (town.empty()) town = std::string(office);
  };
  add(position.Text("office"));
  if (const XmlElement* more = position.Child("additionalOffices")) {
    add(more->text);
    for (const XmlElement& office : more->children) add(office.text);
  }
  if (offices > 1) draft.Repaired("first-place-only", "place");
  // "Werk Bad Berleburg" is no town; "57319 Bad Berleburg" is one.
  Address address = ParseAddressLine(town);
  if (address.postal_code.empty() && address.town.empty()) address.town = town;
  return address;
}

void SetWork(const XmlElement& position, Draft& draft) {
  WorkingTime time;
  AddEmploymentWord(position.Text("employmentType"), time, draft);
  AddEmploymentWord(position.Text("schedule"), time, draft);
  SetHours(time, draft);
  const absl::string_view seniority = position.Text("seniority");
  if (seniority == "student") {
    AddEmploymentWord("workingstudent", time, draft);
  } else if (seniority != "entry-level" && seniority != "experienced") {
    draft.Unknown("seniority", seniority, "requirement_level");
  }
  AddSkills(position.Text("keywords"), draft);
  AddOccupationTitle(draft.job().title(), draft);
}

class PersonioReader : public XmlHandler {
 public:
  explicit PersonioReader(Sink& sink) : sink_(sink) {}

  bool IsRecord(absl::string_view path) const override {
    return path == "workzag-jobs/position";
  }
  absl::Status Record(absl::string_view, XmlElement& position) override {
    ++positions_;
    const Origin origin{"", position.line,
                        absl::StrCat("position[", positions_, "]")};
    Draft draft(Kind::kJobs, origin);
    jobs::v1::Job& job = draft.job();
    job.set_state(type::v1::OFFER_STATE_PUBLISHED);
    job.set_external_id(draft.Line(200, position.Text("id"), "external_id"));
    if (job.external_id().empty()) draft.Wrong("external_id", "expected an id");
    SetTitle(position.Text("name"), draft);
    job.mutable_employer()->set_display_name(
        draft.Line(200, position.Text("subcompany"), "employer.display_name"));
    SetDescription(position, draft);
    SetWork(position, draft);
    const auto created =
        MomentOf(position.Text("createdAt"), "verified_time", draft);
    if (created.has_value()) *job.mutable_verified_time() = StampOf(*created);
    if (!SetJobPlace(OfficeOf(position, draft), draft)) {
      return sink_.Skip(origin, "a job outside Germany");
    }
    return std::move(draft).Give(ToXml(position), sink_);
  }

 private:
  Sink& sink_;
  int64_t positions_ = 0;
};

class Personio : public Format {
 public:
  absl::string_view name() const override { return "personio"; }
  absl::string_view description() const override {
    return "Personio XML, the feed of https://<company>.jobs.personio.de/xml";
  }
  std::vector<Kind> kinds() const override { return {Kind::kJobs}; }
  std::vector<std::string> extensions() const override { return {".xml"}; }
  bool Recognizes(absl::string_view head) const override {
    return XmlRootName(head) == "workzag-jobs";
  }
  absl::Status Read(ByteSource& source, const ReadOptions& options,
                    Sink& sink) const override {
    SourcedSink sourced(sink, options, name());
    // The feed is all that a company has open, but does not say which company.
    if (!options.source.empty()) {
      absl::Status status = sourced.FullLoad(options.source);
      if (!status.ok()) return status;
    }
    PersonioReader reader(sourced);
    return ReadXml(source, options.encoding, options.limits, reader);
  }
};

}  // namespace

const Format* PersonioFormat() {
  static const Personio format;
  return &format;
}

}  // namespace heimweg::importers
