// The XML feed that Indeed reads, which many applicant systems write. Mapping
// in MAPPINGS.md.
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "clients/importers/draft.h"
#include "clients/importers/field_text.h"
#include "clients/importers/formats.h"
#include "clients/importers/job_fields.h"
#include "clients/importers/xml_reader.h"

namespace heimweg::importers {
namespace {

void SetRemote(absl::string_view type, Draft& draft) {
  const std::string lower = absl::AsciiStrToLower(OneLine(type));
  if (absl::StrContains(lower, "hybrid") ||
      absl::StrContains(lower, "partial")) {
    SetPartlyRemote(draft);
  } else if (absl::StrContains(lower, "remote")) {
    draft.job().set_remote_percent(100);
  } else {
    draft.Unknown("remotetype", type, "remote_percent");
  }
}

void SetIndeedDates(const XmlElement& from, Draft& draft) {
  const auto posted = MomentOf(from.Text("date"), "verified_time", draft);
  if (posted.has_value()) {
    *draft.job().mutable_verified_time() = StampOf(*posted);
  }
  const auto end =
      EndOf(from.Text("expirationdate"), "validity.end_time", draft);
  if (!end.has_value()) return;
  type::v1::ValidityPeriod& validity = *draft.job().mutable_validity();
  *validity.mutable_end_time() = StampOf(*end);
  if (posted.has_value() && *posted < *end) {
    *validity.mutable_start_time() = StampOf(*posted);
  }
}

class IndeedReader : public XmlHandler {
 public:
  explicit IndeedReader(Sink& sink) : sink_(sink) {}

  bool IsRecord(absl::string_view path) const override {
    return path == "source/job";
  }
  absl::Status Close(absl::string_view path,
                     const XmlElement& element) override {
    if (path == "source/publisherurl" && !HostOf(element.text).empty()) {
      source_ = absl::StrCat("indeed:", HostOf(element.text));
      CutTo(100, source_);
    }
    // Also of a publisher who has nothing left.
    return path == "source" ? TellFullLoad() : absl::OkStatus();
  }
  absl::Status Record(absl::string_view, XmlElement& from) override;

 private:
  // Such a feed has to be complete; told before its first row. Nothing is told
  // of a feed that does not say whose it is.
  absl::Status TellFullLoad() {
    if (told_ || source_.empty()) return absl::OkStatus();
    told_ = true;
    return sink_.FullLoad(source_);
  }

  Sink& sink_;
  std::string source_;
  bool told_ = false;
  int64_t jobs_ = 0;
};

absl::Status IndeedReader::Record(absl::string_view, XmlElement& from) {
  absl::Status told = TellFullLoad();
  if (!told.ok()) return told;
  ++jobs_;
  const Origin origin{"", from.line, absl::StrCat("job[", jobs_, "]")};
  Draft draft(Kind::kJobs, origin);
  jobs::v1::Job& job = draft.job();
  job.set_source(source_);
  job.set_state(type::v1::OFFER_STATE_PUBLISHED);
  job.set_external_id(
      draft.Line(200, from.Text("referencenumber"), "external_id"));
  if (job.external_id().empty()) {
    draft.Wrong("external_id", "expected a referencenumber");
  }
  SetTitle(from.Text("title"), draft);
  job.set_description(
      draft.Lines(20'000, from.Text("description"), "description"));
  job.set_source_uri(draft.Uri(from.Text("url"), "source_uri"));
  job.mutable_employer()->set_display_name(
      draft.Line(200, from.Text("company"), "employer.display_name"));
  job.mutable_contact_person()->set_email(
      draft.Line(254, from.Text("email"), "contact_person.email"));
  if (job.contact_person().email().empty()) job.clear_contact_person();
  WorkingTime time;
  for (const absl::string_view word :
       absl::StrSplit(from.Text("jobtype"), absl::ByAnyChar(",;/"))) {
    AddEmploymentWord(word, time, draft);
  }
  SetHours(time, draft);
  if (!from.Text("salary").empty()) SetSalaryText(from.Text("salary"), draft);
  SetRemote(from.Text("remotetype"), draft);
  SetIndeedDates(from, draft);
  AddOccupationTitle(job.title(), draft);
  Address address;
  address.street = std::string(from.Text("streetaddress"));
  address.postal_code = std::string(from.Text("postalcode"));
  address.town = std::string(from.Text("city"));
  address.country = std::string(from.Text("country"));
  if (!SetJobPlace(address, draft)) {
    return sink_.Skip(origin, "a job outside Germany");
  }
  return std::move(draft).Give(ToXml(from), sink_);
}

class Indeed : public Format {
 public:
  absl::string_view name() const override { return "indeed"; }
  absl::string_view description() const override {
    return "the XML feed that Indeed reads (source, job)";
  }
  std::vector<Kind> kinds() const override { return {Kind::kJobs}; }
  std::vector<std::string> extensions() const override { return {".xml"}; }
  bool Recognizes(absl::string_view head) const override {
    return XmlRootName(head) == "source";
  }
  absl::Status Read(ByteSource& source, const ReadOptions& options,
                    Sink& sink) const override {
    SourcedSink sourced(sink, options, name());
    IndeedReader reader(sourced);
    return ReadXml(source, options.encoding, options.limits, reader);
  }
};

}  // namespace

const Format* IndeedFormat() {
  static const Indeed format;
  return &format;
}

}  // namespace heimweg::importers
