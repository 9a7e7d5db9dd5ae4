// ImmoScout24's ImmobilienTransfer XML: homes of an agent as attributes of
// elements that are named by what and how, e.g. <WohnungMiete>.
#include <initializer_list>
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "clients/importers/field_text.h"
#include "clients/importers/formats.h"
#include "clients/importers/home_draft.h"
#include "clients/importers/xml_reader.h"

namespace heimweg::importers {
namespace {

using housing::v1::HomeType;
using housing::v1::Tenure;
using type::v1::Answer;

constexpr char kProvider[] = "IS24ImmobilienTransfer/Anbieter";

struct Offered {
  absl::string_view element;
  HomeType type;
  Tenure tenure;
};
constexpr Offered kHomes[] = {
    {"WohnungMiete", housing::v1::HOME_TYPE_FLAT, housing::v1::TENURE_RENT},
    {"WohnungKauf", housing::v1::HOME_TYPE_FLAT, housing::v1::TENURE_BUY},
    {"HausMiete", housing::v1::HOME_TYPE_UNSPECIFIED, housing::v1::TENURE_RENT},
    {"HausKauf", housing::v1::HOME_TYPE_UNSPECIFIED, housing::v1::TENURE_BUY},
    {"GrundstueckWohnenKauf", housing::v1::HOME_TYPE_PLOT,
     housing::v1::TENURE_PLOT},
    {"WGZimmer", housing::v1::HOME_TYPE_ROOM, housing::v1::TENURE_RENT},
    {"WohnenAufZeit", housing::v1::HOME_TYPE_UNSPECIFIED,
     housing::v1::TENURE_RENT},
};

const Offered* FindOffered(absl::string_view element) {
  for (const Offered& offered : kHomes) {
    if (offered.element == element) return &offered;
  }
  return nullptr;
}

HomeType HouseType(absl::string_view category) {
  if (absl::StartsWith(category, "Reihen")) {
    return housing::v1::HOME_TYPE_TERRACED;
  }
  if (absl::StartsWith(category, "Doppelhaus")) {
    return housing::v1::HOME_TYPE_SEMI_DETACHED;
  }
  if (absl::StrContains(category, "Bauernhaus")) {
    return housing::v1::HOME_TYPE_FARMHOUSE;
  }
  for (const absl::string_view detached :
       {"Einfamilienhaus", "Bungalow", "Villa"}) {
    if (absl::StartsWith(category, detached)) {
      return housing::v1::HOME_TYPE_DETACHED;
    }
  }
  return housing::v1::HOME_TYPE_UNSPECIFIED;
}

// The first of these attributes that says something.
absl::string_view FirstOf(const XmlElement& element,
                          std::initializer_list<absl::string_view> names) {
  for (const absl::string_view name : names) {
    const absl::string_view value = element.Attribute(name);
    if (!value.empty()) return value;
  }
  return {};
}

void SetPrices(const XmlElement& object, HomeDraft& draft) {
  const absl::string_view currency = object.Attribute("Waehrung");
  if (!currency.empty() && currency != "EUR") {
    draft.Wrong("price_cents", "amounts in EUR were expected");
    return;
  }
  const XmlElement* rent = object.Child("Mietpreise");
  if (rent != nullptr && draft.home().tenure() == housing::v1::TENURE_RENT) {
    constexpr char kWarm[] = "monthly_warm_rent_cents";
    RentParts parts;
    // Here Kaltmiete is the net cold rent.
    parts.net_cold =
        draft.Cents("monthly_cold_rent_cents", rent->Attribute("Kaltmiete"));
    parts.warm = draft.Cents(kWarm, rent->Attribute("Warmmiete"));
    parts.running = draft.Cents(kWarm, rent->Attribute("Nebenkosten"));
    // If they are in another amount already, their sum is not known.
    if (ParseAnswer(rent->Attribute("HeizkostenInWarmmieteEnthalten")) !=
        type::v1::ANSWER_YES) {
      parts.heating = draft.Cents(kWarm, rent->Attribute("Heizkosten"));
    }
    parts.flat_rate = draft.Cents(kWarm, rent->Attribute("Pauschalmiete"));
    draft.SetRent(parts);
    // "3 MM" are rents, not euros.
    const auto deposit = ParseCents(rent->Attribute("Kaution"));
    if (deposit.has_value() && *deposit > 0) {
      draft.home().set_deposit_cents(*deposit);
    }
  }
  if (draft.home().tenure() == housing::v1::TENURE_RENT) return;
  const XmlElement* prices = object.Child("Kaufpreise");
  const absl::string_view price = prices == nullptr
                                      ? FirstOf(object, {"Kaufpreis"})
                                      : FirstOf(*prices, {"Kaufpreis"});
  if (const auto cents = draft.Cents("price_cents", price)) {
    draft.home().set_price_cents(*cents);
  }
}

void SetEquipment(const XmlElement& object, HomeDraft& draft) {
  housing::v1::Home& home = draft.home();
  home.set_fitted_kitchen(ParseAnswer(object.Attribute("Einbaukueche")));
  home.set_garden(ParseAnswer(object.Attribute("GartenBenutzung")));
  home.set_wbs_required(ParseAnswer(
      FirstOf(object, {"Wohnberechtigungsschein", "WBSErforderlich"})));
  const absl::string_view pets = object.Attribute("Haustiere");
  if (pets == "erlaubt") home.set_pets_allowed(type::v1::ANSWER_YES);
  if (pets == "nicht erlaubt" || pets == "verboten") {
    home.set_pets_allowed(type::v1::ANSWER_NO);
  }
  const absl::string_view parking = object.Attribute("Parkplatz");
  if (!parking.empty() && parking != "keineAngabe" &&
      parking != "keine Angabe") {
    home.set_parking(type::v1::ANSWER_YES);
  }
  if (ParseAnswer(object.Attribute("Barrierefrei")) == type::v1::ANSWER_YES) {
    home.add_accessibility(housing::v1::ACCESSIBILITY_STEP_FREE);
  }
  if (ParseAnswer(FirstOf(object, {"Rollstuhlgerecht"})) ==
      type::v1::ANSWER_YES) {
    home.add_accessibility(housing::v1::ACCESSIBILITY_WHEELCHAIR);
  }
  if (ParseAnswer(object.Attribute("Aufzug")) == type::v1::ANSWER_YES) {
    home.add_accessibility(housing::v1::ACCESSIBILITY_LIFT);
  }
  home.set_furnished(
      ParseAnswer(FirstOf(object, {"Moebliert", "IstMoebliert"})));
}

void ReadHome(const XmlElement& object, const Offered& offered,
              HomeDraft& draft) {
  housing::v1::Home& home = draft.home();
  home.set_tenure(offered.tenure);
  home.set_home_type(offered.type);
  if (absl::StartsWith(object.name, "Haus")) {
    home.set_home_type(
        HouseType(FirstOf(object, {"HausKategorie", "Objekttyp", "HausTyp"})));
  }
  const XmlElement* address = object.Child("Adresse");
  if (address == nullptr) {
    draft.Wrong("place", "an element Adresse with a postcode was expected");
  } else {
    draft.SetPlace(address->Attribute("Laenderkennzeichen"),
                   address->Attribute("Postleitzahl"),
                   address->Attribute("Ort"), "", "");
    draft.SetStreet(
        ParseAnswer(object.Attribute("Adressdruck")) == type::v1::ANSWER_YES,
        address->Attribute("Strasse"), address->Attribute("Hausnummer"));
  }
  draft.SetTitle(
      object.Attribute("Ueberschrift"),
      absl::StrCat(object.name, " in ", object.Attribute("Adresse", "Ort")));
  draft.SetDescription({object.Text("Objektbeschreibung"), object.Text("Lage"),
                        object.Text("Ausstattung"),
                        object.Text("SonstigeAngaben")});
  draft.SetRooms(object.Attribute("Zimmer"));
  draft.SetLivingArea(FirstOf(object, {"Wohnflaeche", "Zimmergroesse"}));
  draft.SetPlotArea(
      FirstOf(object, {"GrundstuecksFlaeche", "Grundstuecksflaeche"}));
  draft.SetAvailableFrom(object.Attribute("FreiAb"), "");
  draft.SetEnergyClass(
      object.Attribute("Energieausweis", "Energieeffizienzklasse"));
  SetPrices(object, draft);
  SetEquipment(object, draft);
  if (const XmlElement* person = object.Child("Kontaktperson")) {
    draft.SetContactPerson(person->Attribute("Vorname"),
                           person->Attribute("Nachname"),
                           person->Attribute("EMail"),
                           FirstOf(*person, {"Telefon", "Mobiltelefon"}));
  }
}

class Transfer : public XmlHandler {
 public:
  explicit Transfer(Sink& sink) : sink_(sink) {}

  // Everything that an Anbieter has.
  bool IsRecord(absl::string_view path) const override {
    return absl::StartsWith(path, kProvider) &&
           path.size() > sizeof kProvider - 1;
  }
  absl::Status Open(absl::string_view path,
                    const XmlElement& element) override {
    if (path == kProvider) {
      const std::string id = OneLine(element.Attribute("ScoutKundenID"));
      source_ = id.empty() ? "" : absl::StrCat("is24:", id);
      CutTo(100, source_);
    }
    return absl::OkStatus();
  }
  absl::Status Record(absl::string_view path, XmlElement& object) override;

 private:
  absl::Status Delete(HomeDraft& draft, Origin origin) {
    importers::Record gone;
    gone.action = importers::Record::Action::kDelete;
    gone.row = std::make_unique<housing::v1::Home>(draft.home());
    gone.origin = std::move(origin);
    return sink_.Accept(std::move(gone));
  }

  Sink& sink_;
  std::string source_;
  int64_t objects_ = 0;
};

absl::Status Transfer::Record(absl::string_view, XmlElement& object) {
  Origin origin;
  origin.line = object.line;
  origin.element = absl::StrCat(object.name, "[", ++objects_, "]");
  const Offered* offered = FindOffered(object.name);
  if (offered == nullptr) {
    return sink_.Skip(origin, "no home to live in (element)");
  }
  const absl::string_view mode = object.Attribute("Importmodus");
  if (mode == "ignorieren") return sink_.Skip(origin, "to be ignored");
  HomeDraft draft;
  draft.home().set_source(source_);
  draft.home().set_external_id(
      OneLine(FirstOf(object, {"AnbieterObjektID", "ScoutObjektID"})));
  if (draft.home().external_id().empty()) {
    draft.Wrong("external_id", "an AnbieterObjektID was expected");
  }
  if ((mode == "loeschen" || mode == "l\u00f6schen") && draft.ok()) {
    return Delete(draft, std::move(origin));
  }
  ReadHome(object, *offered, draft);
  const bool active = object.Attribute("StatusIS24") != "inaktiv";
  draft.home().set_state(active ? type::v1::OFFER_STATE_PUBLISHED
                                : type::v1::OFFER_STATE_WITHDRAWN);
  const std::string text = draft.ok() ? "" : ToXml(object);
  return std::move(draft).Give(std::move(origin), text, sink_);
}

class ImmoScout24 : public Format {
 public:
  absl::string_view name() const override { return "is24"; }
  absl::string_view description() const override {
    return "ImmoScout24 ImmobilienTransfer XML: flats, houses, rooms and "
           "plots; "
           "Importmodus loeschen deletes";
  }
  std::vector<Kind> kinds() const override { return {Kind::kHomes}; }
  std::vector<std::string> extensions() const override { return {".xml"}; }
  bool Recognizes(absl::string_view head) const override {
    return XmlRootName(head) == "IS24ImmobilienTransfer";
  }
  absl::Status Read(ByteSource& source, const ReadOptions& options,
                    Sink& sink) const override {
    Transfer transfer(sink);
    return ReadXml(source, options.encoding, options.limits, transfer);
  }
};

}  // namespace

const Format* ImmoScout24Format() {
  static const ImmoScout24 format;
  return &format;
}

}  // namespace heimweg::importers
