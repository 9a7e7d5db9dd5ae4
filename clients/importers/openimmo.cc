// OpenImmo 1.2 (www.openimmo.de): transfers of homes between agents' programs
// and portals, one XML file or a ZIP archive with it and pictures.
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "clients/importers/field_text.h"
#include "clients/importers/formats.h"
#include "clients/importers/openimmo_home.h"
#include "clients/importers/xml_reader.h"

namespace heimweg::importers {
namespace {

constexpr char kEstate[] = "openimmo/anbieter/immobilie";

// The agent that the homes which follow are of.
struct Provider {
  std::string id;      // openimmo_anid
  std::string number;  // anbieternr
  std::string firm;

  // Key of an import; empty: the file does not say who it is.
  std::string Source() const {
    const std::string& one = !id.empty() ? id : !number.empty() ? number : firm;
    if (one.empty()) return "";
    std::string source = absl::StrCat("openimmo:", one);
    CutTo(100, source);
    return source;
  }
};

class Transfer : public XmlHandler {
 public:
  explicit Transfer(Sink& sink) : sink_(sink) {}

  bool IsRecord(absl::string_view path) const override {
    return path == kEstate;
  }
  absl::Status Open(absl::string_view path,
                    const XmlElement& element) override {
    if (path == "openimmo/uebertragung") {
      is_full_ = element.Attribute("umfang") == "VOLL";
    } else if (path == "openimmo/anbieter") {
      provider_ = Provider();
      ++providers_;
      estates_ = 0;
      told_ = false;
    }
    return absl::OkStatus();
  }
  absl::Status Close(absl::string_view path,
                     const XmlElement& element) override {
    if (path == "openimmo/anbieter/openimmo_anid") {
      provider_.id = OneLine(element.text);
    } else if (path == "openimmo/anbieter/anbieternr") {
      provider_.number = OneLine(element.text);
    } else if (path == "openimmo/anbieter/firma") {
      provider_.firm = OneLine(element.text);
      CutTo(200, provider_.firm);
    } else if (path == "openimmo/anbieter") {
      return TellFullLoad();
    }
    return absl::OkStatus();
  }
  absl::Status Record(absl::string_view path, XmlElement& estate) override;

 private:
  // Also of an agent who has nothing left.
  absl::Status TellFullLoad() {
    if (!is_full_ || told_) return absl::OkStatus();
    told_ = true;
    return sink_.FullLoad(provider_.Source());
  }
  void SetKey(const XmlElement& estate, HomeDraft& draft) const;

  Sink& sink_;
  Provider provider_;
  bool is_full_ = false;
  bool told_ = false;  // of the provider's full load
  int64_t providers_ = 0;
  int64_t estates_ = 0;  // of the provider
};

void Transfer::SetKey(const XmlElement& estate, HomeDraft& draft) const {
  const std::string object =
      OneLine(estate.Text("verwaltung_techn/"
                          "openimmo_obid"));
  const std::string number =
      OneLine(estate.Text("verwaltung_techn/"
                          "objektnr_extern"));
  draft.home().set_source(provider_.Source());
  draft.home().set_external_id(object.empty() ? number : object);
  if (object.empty() && number.empty()) {
    draft.Wrong("external_id", "openimmo_obid or objektnr_extern was expected");
  }
}

type::v1::OfferState StateOf(const XmlElement& estate,
                             absl::string_view action) {
  const absl::string_view status =
      estate.Attribute("zustand_angaben/verkaufstatus", "stand");
  // A reference is kept to show what was sold.
  if (action == "REFERENZ" || status == "VERKAUFT") {
    return type::v1::OFFER_STATE_FILLED;
  }
  return status == "RESERVIERT" ? type::v1::OFFER_STATE_RESERVED
                                : type::v1::OFFER_STATE_PUBLISHED;
}

absl::Status Transfer::Record(absl::string_view, XmlElement& estate) {
  absl::Status status = TellFullLoad();
  if (!status.ok()) return status;
  Origin origin;
  origin.line = estate.line;
  origin.element =
      absl::StrCat("anbieter[", providers_, "]/immobilie[", ++estates_, "]");
  // Upper case by the schema; some senders write "delete".
  const std::string action = absl::AsciiStrToUpper(
      estate.Attribute("verwaltung_techn/aktion", "aktionart"));
  HomeDraft draft;
  SetKey(estate, draft);
  if (action == "DELETE" && draft.ok()) {
    importers::Record gone;
    gone.action = importers::Record::Action::kDelete;
    gone.row = std::make_unique<housing::v1::Home>(draft.home());
    gone.origin = std::move(origin);
    return sink_.Accept(std::move(gone));
  }
  if (const auto why = WhyNoHome(estate)) return sink_.Skip(origin, *why);
  if (!action.empty() && action != "ADD" && action != "CHANGE" &&
      action != "REFERENZ" && action != "DELETE") {
    draft.Wrong("state", "aktionart has to be CHANGE, DELETE or REFERENZ");
  }
  draft.home().set_landlord(provider_.firm);
  ReadOpenImmoHome(estate, draft);
  draft.home().set_state(StateOf(estate, action));
  const std::string text = draft.ok() ? "" : ToXml(estate);
  return std::move(draft).Give(std::move(origin), text, sink_);
}

class OpenImmo : public Format {
 public:
  absl::string_view name() const override { return "openimmo"; }
  absl::string_view description() const override {
    return "OpenImmo 1.2 (XML or ZIP): homes for rent and sale; umfang VOLL is "
           "a full load of its anbieter, aktion DELETE deletes, REFERENZ "
           "marks as filled";
  }
  std::vector<Kind> kinds() const override { return {Kind::kHomes}; }
  std::vector<std::string> extensions() const override { return {".xml"}; }
  bool Recognizes(absl::string_view head) const override {
    return XmlRootName(head) == "openimmo";
  }
  absl::Status Read(ByteSource& source, const ReadOptions& options,
                    Sink& sink) const override {
    Transfer transfer(sink);
    return ReadXml(source, options.encoding, options.limits, transfer);
  }
};

}  // namespace

const Format* OpenImmoFormat() {
  static const OpenImmo format;
  return &format;
}

}  // namespace heimweg::importers
