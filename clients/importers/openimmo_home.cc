#include "clients/importers/openimmo_home.h"

#include <initializer_list>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "clients/importers/field_text.h"

namespace heimweg::importers {
namespace {

using housing::v1::HomeType;
using housing::v1::Tenure;
using type::v1::Answer;

bool IsYes(absl::string_view text) {
  return ParseAnswer(text) == type::v1::ANSWER_YES;
}

// The one child of <objektart>, e.g. <haus haustyp="BAUERNHAUS"/>; null: none.
const XmlElement* KindOf(const XmlElement& estate) {
  const XmlElement* kinds = estate.Find("objektkategorie/objektart");
  if (kinds == nullptr) return nullptr;
  for (const XmlElement& kind : kinds->children) {
    if (kind.name != "objektart_zusatz") return &kind;
  }
  return nullptr;
}

bool IsOneOf(absl::string_view text,
             std::initializer_list<absl::string_view> values) {
  for (const absl::string_view value : values) {
    if (text == value) return true;
  }
  return false;
}

HomeType HouseType(absl::string_view type) {
  if (IsOneOf(type, {"BAUERNHAUS", "RESTHOF"})) {
    return housing::v1::HOME_TYPE_FARMHOUSE;
  }
  if (type == "DOPPELHAUSHAELFTE") return housing::v1::HOME_TYPE_SEMI_DETACHED;
  if (absl::StartsWith(type, "REIHEN")) return housing::v1::HOME_TYPE_TERRACED;
  if (IsOneOf(type, {"EINFAMILIENHAUS", "STADTHAUS", "BUNGALOW", "VILLA",
                     "LANDHAUS", "FERIENHAUS", "CHALET", "FERTIGHAUS",
                     "HERRENHAUS", "FINCA", "RUSTICO"})) {
    return housing::v1::HOME_TYPE_DETACHED;
  }
  return housing::v1::HOME_TYPE_UNSPECIFIED;
}

HomeType TypeOf(const XmlElement* kind) {
  if (kind == nullptr) return housing::v1::HOME_TYPE_UNSPECIFIED;
  if (kind->name == "wohnung") return housing::v1::HOME_TYPE_FLAT;
  if (kind->name == "zimmer") return housing::v1::HOME_TYPE_ROOM;
  if (kind->name == "grundstueck") return housing::v1::HOME_TYPE_PLOT;
  if (kind->name == "land_und_forstwirtschaft") {
    return housing::v1::HOME_TYPE_FARMHOUSE;
  }
  if (kind->name == "haus") return HouseType(kind->Attribute("haustyp"));
  return housing::v1::HOME_TYPE_UNSPECIFIED;
}

bool HasRent(const XmlElement& estate) {
  for (const char* path : {"preise/nettokaltmiete", "preise/kaltmiete",
                           "preise/warmmiete", "preise/pauschalmiete"}) {
    if (ParseDecimal(estate.Text(path)).value_or(0) > 0) return true;
  }
  return false;
}

void SetTenure(const XmlElement& estate, HomeDraft& draft) {
  const XmlElement* how = estate.Find("objektkategorie/vermarktungsart");
  const bool let = how != nullptr && IsYes(how->Attribute("MIETE_PACHT"));
  const bool sold = how != nullptr && (IsYes(how->Attribute("KAUF")) ||
                                       IsYes(how->Attribute("ERBPACHT")));
  const bool has_rent = HasRent(estate);
  const bool has_price =
      ParseDecimal(estate.Text("preise/kaufpreis")).value_or(0) > 0;
  bool for_sale = sold;
  if (let == sold) {
    if (has_rent == has_price) {
      draft.Wrong("tenure", "vermarktungsart has to say KAUF or MIETE_PACHT");
      return;
    }
    for_sale = has_price;
    draft.Repaired("tenure-from-prices", "tenure");
  }
  const bool plot = draft.home().home_type() == housing::v1::HOME_TYPE_PLOT;
  draft.home().set_tenure(
      for_sale ? (plot ? housing::v1::TENURE_PLOT : housing::v1::TENURE_BUY)
               : housing::v1::TENURE_RENT);
}

void SetHomePlace(const XmlElement& estate, HomeDraft& draft) {
  const XmlElement* geo = estate.Child("geo");
  if (geo == nullptr) {
    draft.Wrong("place", "an element geo with a postcode was expected");
    return;
  }
  draft.SetPlace(geo->Attribute("land", "iso_land"), geo->Text("plz"),
                 geo->Text("ort"),
                 geo->Attribute("geokoordinaten", "breitengrad"),
                 geo->Attribute("geokoordinaten", "laengengrad"));
  draft.SetStreet(
      ParseAnswer(estate.Text("verwaltung_objekt/objektadresse_freigeben")) !=
          type::v1::ANSWER_NO,
      geo->Text("strasse"), geo->Text("hausnummer"));
}

// What a year's rent is a month.
void DivideByTwelve(RentParts& parts) {
  for (auto* part : {&parts.net_cold, &parts.cold, &parts.warm, &parts.running,
                     &parts.heating, &parts.flat_rate}) {
    if (part->has_value()) *part = (**part + 6) / 12;
  }
}

void SetPrices(const XmlElement& estate, HomeDraft& draft) {
  const XmlElement* prices = estate.Child("preise");
  if (prices == nullptr) return;
  const absl::string_view currency =
      prices->Attribute("waehrung", "iso_waehrung");
  if (!currency.empty() && currency != "EUR") {
    draft.Wrong("price_cents", "amounts in EUR were expected");
    return;
  }
  if (const auto deposit =
          draft.Cents("deposit_cents", prices->Text("kaution"))) {
    draft.home().set_deposit_cents(*deposit);
  }
  if (draft.home().tenure() != housing::v1::TENURE_RENT) {
    const auto price = draft.Cents("price_cents", prices->Text("kaufpreis"));
    if (price.has_value()) draft.home().set_price_cents(*price);
    return;
  }
  constexpr char kCold[] = "monthly_cold_rent_cents";
  constexpr char kWarm[] = "monthly_warm_rent_cents";
  RentParts parts;
  parts.net_cold = draft.Cents(kCold, prices->Text("nettokaltmiete"));
  parts.cold = draft.Cents(kCold, prices->Text("kaltmiete"));
  parts.warm = draft.Cents(kWarm, prices->Text("warmmiete"));
  parts.running = draft.Cents(kWarm, prices->Text("nebenkosten"));
  parts.heating = draft.Cents(kWarm, prices->Text("heizkosten"));
  parts.flat_rate = draft.Cents(kWarm, prices->Text("pauschalmiete"));
  if (prices->Attribute("preis_zeiteinheit", "zeiteinheit") == "JAHR") {
    DivideByTwelve(parts);
    draft.Repaired("yearly-rent-divided", kCold);
  }
  draft.SetRent(parts);
}

void SetSpace(const XmlElement& estate, HomeDraft& draft) {
  draft.SetRooms(estate.Text("flaechen/anzahl_zimmer"));
  draft.SetLivingArea(estate.Text("flaechen/wohnflaeche"));
  draft.SetPlotArea(estate.Text("flaechen/grundstuecksflaeche"));
  const auto most = ParseInteger(estate.Text("verwaltung_objekt/max_personen"));
  if (most.has_value() && *most > 0 && *most <= 50) {
    draft.home().set_max_occupants(static_cast<int32_t>(*most));
  }
}

// Yes if any attribute says so, no if there are some and none does.
Answer AnyAttribute(const XmlElement* element) {
  if (element == nullptr || element->attributes.empty()) {
    return type::v1::ANSWER_UNSPECIFIED;
  }
  for (const auto& [name, value] : element->attributes) {
    if (IsYes(value)) return type::v1::ANSWER_YES;
  }
  return type::v1::ANSWER_NO;
}

void SetAccessibility(const XmlElement& equipment, HomeDraft& draft) {
  housing::v1::Home& home = draft.home();
  const Answer step_free = ParseAnswer(equipment.Text("barrierefrei"));
  const Answer wheelchair = ParseAnswer(equipment.Text("rollstuhlgerecht"));
  const Answer lift = ParseAnswer(equipment.Attribute("fahrstuhl", "PERSONEN"));
  if (step_free == type::v1::ANSWER_YES) {
    home.add_accessibility(housing::v1::ACCESSIBILITY_STEP_FREE);
  }
  if (wheelchair == type::v1::ANSWER_YES) {
    home.add_accessibility(housing::v1::ACCESSIBILITY_WHEELCHAIR);
  }
  if (lift == type::v1::ANSWER_YES) {
    home.add_accessibility(housing::v1::ACCESSIBILITY_LIFT);
  }
  if (step_free == type::v1::ANSWER_NO && wheelchair == type::v1::ANSWER_NO &&
      lift == type::v1::ANSWER_NO) {
    home.add_accessibility(housing::v1::ACCESSIBILITY_NONE);
  }
}

void SetEquipment(const XmlElement& estate, HomeDraft& draft) {
  housing::v1::Home& home = draft.home();
  home.set_wbs_required(
      ParseAnswer(estate.Text("verwaltung_objekt/wbs_sozialwohnung")));
  home.set_pets_allowed(
      ParseAnswer(estate.Text("verwaltung_objekt/haustiere")));
  const XmlElement* equipment = estate.Child("ausstattung");
  if (equipment == nullptr) return;
  SetAccessibility(*equipment, draft);
  home.set_fitted_kitchen(ParseAnswer(equipment->Attribute("kueche", "EBK")));
  home.set_garden(ParseAnswer(equipment->Text("gartennutzung")));
  home.set_parking(AnyAttribute(equipment->Child("stellplatzart")));
  const absl::string_view furnished = equipment->Attribute("moebliert", "moeb");
  if (furnished == "VOLL" || furnished == "TEIL") {
    home.set_furnished(type::v1::ANSWER_YES);
  }
  const auto speed =
      ParseDecimal(equipment->Attribute("breitband_zugang", "speed"));
  if (speed.has_value() && *speed > 0 && *speed <= 100'000) {
    home.set_broadband_mbps(static_cast<int32_t>(*speed));
  }
}

void SetTexts(const XmlElement& estate, HomeDraft& draft) {
  const XmlElement* texts = estate.Child("freitexte");
  const XmlElement none;
  if (texts == nullptr) texts = &none;
  const HomeType type = draft.home().home_type();
  const absl::string_view what =
      type == housing::v1::HOME_TYPE_FLAT   ? "Wohnung"
      : type == housing::v1::HOME_TYPE_ROOM ? "Zimmer"
      : type == housing::v1::HOME_TYPE_PLOT ? "Grundst\u00fcck"
                                            : "Haus";
  const absl::string_view short_text = texts->Text("dreizeiler");
  draft.SetTitle(texts->Text("objekttitel"),
                 short_text.empty()
                     ? absl::StrCat(what, " in ", estate.Text("geo/ort"))
                     : std::string(short_text));
  draft.SetDescription({texts->Text("objektbeschreibung"), texts->Text("lage"),
                        texts->Text("ausstatt_beschr"),
                        texts->Text("sonstige_angaben")});
}

void SetContact(const XmlElement& estate, HomeDraft& draft) {
  const XmlElement* person = estate.Child("kontaktperson");
  if (person == nullptr) return;
  if (ParseAnswer(person->Text("adressfreigabe")) == type::v1::ANSWER_NO) {
    draft.Repaired("contact-withheld", "contact_person");
    return;
  }
  const auto first_of = [person](const char* one, const char* other,
                                 const char* third) {
    const absl::string_view text = person->Text(one);
    if (!text.empty()) return text;
    const absl::string_view next = person->Text(other);
    return next.empty() ? person->Text(third) : next;
  };
  draft.SetContactPerson(
      person->Text("vorname"), person->Text("name"),
      first_of("email_direkt", "email_zentrale", "email_privat"),
      first_of("tel_durchw", "tel_zentrale", "tel_handy"));
}

void SetTimes(const XmlElement& estate, HomeDraft& draft) {
  housing::v1::Home& home = draft.home();
  const absl::string_view as_of = estate.Text("verwaltung_techn/stand_vom");
  const absl::string_view date = estate.Text("verwaltung_objekt/abdatum");
  draft.SetAvailableFrom(
      date.empty() ? estate.Text("verwaltung_objekt/verfuegbar_ab") : date,
      as_of);
  if (const auto seconds = UnixSeconds(as_of)) {
    home.mutable_verified_time()->set_seconds(*seconds);
  }
  const auto from = UnixSeconds(estate.Text("verwaltung_techn/aktiv_von"));
  const auto to = UnixSeconds(estate.Text("verwaltung_techn/aktiv_bis"));
  if (from.has_value()) {
    home.mutable_validity()->mutable_start_time()->set_seconds(*from);
  }
  if (to.has_value()) {
    // The last day counts.
    home.mutable_validity()->mutable_end_time()->set_seconds(*to + 24 * 3600);
  }
}

}  // namespace

std::optional<absl::string_view> WhyNoHome(const XmlElement& estate) {
  const XmlElement* use = estate.Find("objektkategorie/nutzungsart");
  if (use != nullptr && !use->attributes.empty() &&
      !IsYes(use->Attribute("WOHNEN")) && !IsYes(use->Attribute("WAZ"))) {
    return "not for living (nutzungsart)";
  }
  const XmlElement* kind = KindOf(estate);
  if (kind != nullptr &&
      IsOneOf(kind->name,
              {"buero_praxen", "einzelhandel", "gastgewerbe", "parken",
               "hallen_lager_prod", "sonstige", "zinshaus_renditeobjekt",
               "freizeitimmobilie_gewerblich"})) {
    return "a shop, office, garage or investment (objektart)";
  }
  const absl::string_view unit =
      estate.Attribute("preise/preis_zeiteinheit", "zeiteinheit");
  if (unit == "TAG" || unit == "WOCHE") return "let by the day or week";
  if (kind != nullptr && kind->name == "grundstueck" && HasRent(estate)) {
    return "a plot to lease";
  }
  return std::nullopt;
}

void ReadOpenImmoHome(const XmlElement& estate, HomeDraft& draft) {
  draft.home().set_home_type(TypeOf(KindOf(estate)));
  SetTenure(estate, draft);
  SetHomePlace(estate, draft);
  SetPrices(estate, draft);
  SetSpace(estate, draft);
  SetEquipment(estate, draft);
  draft.SetEnergyClass(estate.Text("zustand_angaben/energiepass/wertklasse"));
  SetTexts(estate, draft);
  SetContact(estate, draft);
  SetTimes(estate, draft);
}

}  // namespace heimweg::importers
