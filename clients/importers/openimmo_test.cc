#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "clients/importers/formats.h"
#include "clients/importers/testing/collecting_sink.h"
#include "heimweg/housing/v1/home.pb.h"
#include "tests/support/status_matchers.h"

namespace heimweg::importers {
namespace {

using heimweg::testing::IsOk;
using housing::v1::Home;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

// An estate of which a test says only what matters: parts by element name.
struct Estate {
  std::string category =
      "<nutzungsart WOHNEN='1'/><vermarktungsart MIETE_PACHT='true'/>"
      "<objektart><wohnung wohnungtyp='ETAGE'/></objektart>";
  std::string geo = "<plz>04910</plz><ort>Elsterwerda</ort>";
  std::string prices = "<nettokaltmiete>400.00</nettokaltmiete>";
  std::string more;
  std::string action = "<aktion/>";
  std::string id = "O1";

  std::string Xml() const {
    return absl::StrCat(
        "<immobilie><objektkategorie>", category, "</objektkategorie><geo>",
        geo, "</geo><preise>", prices, "</preise>", more,
        "<freitexte><objekttitel>Wohnung</objekttitel></freitexte>"
        "<verwaltung_techn><objektnr_extern>N1</objektnr_extern>",
        action, "<openimmo_obid>", id,
        "</openimmo_obid><stand_vom>2026-03-20</stand_vom>"
        "</verwaltung_techn></immobilie>");
  }
};

std::string Transfer(const std::string& extent,
                     const std::vector<Estate>& estates,
                     const std::string& provider =
                         "<firma>F</firma><openimmo_anid>A1</openimmo_anid>") {
  std::string xml = absl::StrCat("<openimmo><uebertragung umfang='", extent,
                                 "' version='1.2.7'/><anbieter>", provider);
  for (const Estate& estate : estates) xml += estate.Xml();
  return xml + "</anbieter></openimmo>";
}

struct OpenImmoReading : public CollectingSink {
  explicit OpenImmoReading(const std::string& xml) {
    ReadOptions options;
    options.kind = Kind::kHomes;
    status = Read(*OpenImmoFormat(), xml, options);
  }
  explicit OpenImmoReading(const Estate& estate)
      : OpenImmoReading(Transfer("TEIL", {estate})) {}
  const Home& home() const { return Row<Home>(0); }
  absl::Status status;
};

TEST(OpenImmo, ReadsAFlat) {
  Estate estate;
  estate.geo =
      "<plz>04910</plz><ort>Elsterwerda</ort><geokoordinaten "
      "breitengrad='51.46' laengengrad='13.52'/><strasse>Weg</strasse>"
      "<hausnummer>5</hausnummer><land iso_land='DEU'/>";
  estate.more =
      "<flaechen><wohnflaeche>68.5</wohnflaeche><anzahl_zimmer>2.5"
      "</anzahl_zimmer></flaechen><ausstattung><kueche EBK='1'/><fahrstuhl "
      "PERSONEN='true'/><stellplatzart GARAGE='false' CARPORT='true'/>"
      "<breitband_zugang speed='250'/></ausstattung><zustand_angaben>"
      "<energiepass><wertklasse>a+</wertklasse></energiepass>"
      "</zustand_angaben><verwaltung_objekt><verfuegbar_ab>ab sofort"
      "</verfuegbar_ab><haustiere>false</haustiere></verwaltung_objekt>";
  const OpenImmoReading reading(estate);
  ASSERT_THAT(reading.status, IsOk());
  ASSERT_THAT(reading.Violations(), IsEmpty());
  const Home& home = reading.home();
  EXPECT_EQ(home.source(), "openimmo:A1");
  EXPECT_EQ(home.external_id(), "O1");
  EXPECT_EQ(home.state(), type::v1::OFFER_STATE_PUBLISHED);
  EXPECT_EQ(home.tenure(), housing::v1::TENURE_RENT);
  EXPECT_EQ(home.home_type(), housing::v1::HOME_TYPE_FLAT);
  EXPECT_EQ(home.place().postal_code(), "04910");
  EXPECT_EQ(home.place().street_address(), "Weg 5");
  EXPECT_EQ(home.place().location().latitude(), 51.46);
  EXPECT_EQ(home.monthly_cold_rent_cents(), 40000);
  EXPECT_FALSE(home.has_monthly_warm_rent_cents());
  EXPECT_EQ(home.rooms(), 2.5);
  EXPECT_EQ(home.living_area_sqm(), 68.5);
  EXPECT_THAT(home.accessibility(),
              ElementsAre(housing::v1::ACCESSIBILITY_LIFT));
  EXPECT_EQ(home.fitted_kitchen(), type::v1::ANSWER_YES);
  EXPECT_EQ(home.parking(), type::v1::ANSWER_YES);
  EXPECT_EQ(home.pets_allowed(), type::v1::ANSWER_NO);
  EXPECT_EQ(home.furnished(), type::v1::ANSWER_UNSPECIFIED);
  EXPECT_EQ(home.broadband_mbps(), 250);
  EXPECT_EQ(home.energy_class(), housing::v1::ENERGY_CLASS_A_PLUS);
  EXPECT_EQ(home.available_from().day(), 20);
  EXPECT_THAT(reading.Repairs(0), ElementsAre("available-now available_from"));
}

TEST(OpenImmo, TheProvidersFirmIsTheLandlord) {
  EXPECT_EQ(OpenImmoReading(Estate()).home().landlord(), "F");
  const std::string named =
      absl::StrCat("<firma>", std::string(201, 'x'), "</firma>");
  EXPECT_EQ(
      OpenImmoReading(Transfer("TEIL", {Estate()}, named)).home().landlord(),
      std::string(200, 'x'));
}

TEST(OpenImmo, ReadsAFarmAndAPlotForSale) {
  Estate farm;
  farm.category =
      "<nutzungsart WOHNEN='true'/><vermarktungsart KAUF='1'/><objektart>"
      "<haus haustyp='RESTHOF'/></objektart>";
  farm.prices = "<kaufpreis>119000.00</kaufpreis>";
  EXPECT_EQ(OpenImmoReading(farm).home().home_type(),
            housing::v1::HOME_TYPE_FARMHOUSE);
  EXPECT_EQ(OpenImmoReading(farm).home().tenure(), housing::v1::TENURE_BUY);
  EXPECT_EQ(OpenImmoReading(farm).home().price_cents(), 11'900'000);
  Estate plot = farm;
  plot.category =
      "<vermarktungsart KAUF='1'/><objektart><grundstueck/></objektart>";
  EXPECT_EQ(OpenImmoReading(plot).home().tenure(), housing::v1::TENURE_PLOT);
}

// The trap: kaltmiete has the running costs in it by the schema, and not by
// what many senders write.
TEST(OpenImmo, TakesTheNetColdRentWhereverItStands) {
  Estate both;
  both.prices =
      "<nettokaltmiete>390</nettokaltmiete><kaltmiete>480</kaltmiete>"
      "<warmmiete>565</warmmiete><nebenkosten>90</nebenkosten>"
      "<heizkosten>85</heizkosten>";
  EXPECT_EQ(OpenImmoReading(both).home().monthly_cold_rent_cents(), 39000);
  EXPECT_EQ(OpenImmoReading(both).home().monthly_warm_rent_cents(), 56500);
  EXPECT_THAT(OpenImmoReading(both).Repairs(0), IsEmpty());

  Estate by_schema;
  by_schema.prices =
      "<kaltmiete>480</kaltmiete><warmmiete>565</warmmiete>"
      "<nebenkosten>90</nebenkosten><heizkosten>85</heizkosten>";
  EXPECT_EQ(OpenImmoReading(by_schema).home().monthly_cold_rent_cents(), 39000);
  EXPECT_THAT(OpenImmoReading(by_schema).Repairs(0),
              ElementsAre("cold-rent-without-running-costs "
                          "monthly_cold_rent_cents"));

  Estate by_custom;
  by_custom.prices =
      "<kaltmiete>390</kaltmiete><warmmiete>565</warmmiete>"
      "<nebenkosten>90</nebenkosten><heizkosten>85</heizkosten>";
  EXPECT_EQ(OpenImmoReading(by_custom).home().monthly_cold_rent_cents(), 39000);

  Estate unproven;
  unproven.prices = "<kaltmiete>940</kaltmiete><nebenkosten>322</nebenkosten>";
  EXPECT_EQ(OpenImmoReading(unproven).home().monthly_cold_rent_cents(), 94000);
  EXPECT_FALSE(OpenImmoReading(unproven).home().has_monthly_warm_rent_cents());
  EXPECT_THAT(OpenImmoReading(unproven).Repairs(0),
              ElementsAre("cold-rent-from-kaltmiete monthly_cold_rent_cents"));
}

TEST(OpenImmo, HidesAnAddressThatIsNotReleasedAndWhatWouldTellIt) {
  Estate estate;
  estate.geo =
      "<plz>04910</plz><geokoordinaten breitengrad='51.46' "
      "laengengrad='13.52'/><strasse>Weg</strasse>";
  estate.more =
      "<verwaltung_objekt><objektadresse_freigeben>false"
      "</objektadresse_freigeben></verwaltung_objekt>";
  const OpenImmoReading reading(estate);
  EXPECT_EQ(reading.home().place().street_address(), "");
  EXPECT_FALSE(reading.home().place().has_location());
  EXPECT_EQ(reading.home().place().postal_code(), "04910");
}

TEST(OpenImmo, DeletesAndKeepsReferencesAsFilled) {
  Estate gone;
  gone.action = "<aktion aktionart='delete'/>";
  Estate sold;
  sold.action = "<aktion aktionart='REFERENZ'/>";
  sold.id = "O2";
  const OpenImmoReading reading(Transfer("TEIL", {gone, sold}));
  ASSERT_EQ(reading.records.size(), 2);
  EXPECT_EQ(reading.records[0].action, Record::Action::kDelete);
  EXPECT_EQ(reading.home().external_id(), "O1");
  EXPECT_EQ(reading.Row<Home>(1).state(), type::v1::OFFER_STATE_FILLED);
  EXPECT_THAT(reading.full_loads, IsEmpty());
}

TEST(OpenImmo, AFullLoadIsOfItsProviderAlsoIfNothingIsLeft) {
  EXPECT_THAT(OpenImmoReading(Transfer("VOLL", {Estate()})).full_loads,
              ElementsAre("openimmo:A1"));
  EXPECT_THAT(OpenImmoReading(Transfer("VOLL", {})).full_loads,
              ElementsAre("openimmo:A1"));
  EXPECT_THAT(OpenImmoReading(Transfer("VOLL", {Estate()}, "<firma>F</firma>"))
                  .full_loads,
              ElementsAre("openimmo:F"));
}

TEST(OpenImmo, SkipsWhatNobodyLivesIn) {
  Estate shop;
  shop.category =
      "<nutzungsart WOHNEN='false' GEWERBE='true'/><vermarktungsart "
      "KAUF='1'/><objektart><einzelhandel/></objektart>";
  Estate garage;
  garage.category =
      "<vermarktungsart KAUF='1'/><objektart><parken/></objektart>";
  const OpenImmoReading reading(Transfer("TEIL", {shop, garage}));
  EXPECT_THAT(reading.records, IsEmpty());
  EXPECT_THAT(reading.skipped,
              ElementsAre("not for living (nutzungsart)",
                          "a shop, office, garage or investment (objektart)"));
}

TEST(OpenImmo, RejectsWithEveryFieldAndTheElement) {
  Estate estate;
  estate.category = "<objektart><wohnung/></objektart>";
  estate.geo = "<plz>ABC</plz><land iso_land='POL'/>";
  estate.prices = "<kaution>drei Mieten</kaution>";
  estate.id = "";
  const OpenImmoReading reading(
      absl::StrReplaceAll(Transfer("TEIL", {estate}),
                          {{"<objektnr_extern>N1</objektnr_extern>", ""}}));
  EXPECT_THAT(
      reading.Violations(),
      ElementsAre(
          "1 external_id: openimmo_obid or objektnr_extern was expected",
          "1 tenure: vermarktungsart has to say KAUF or MIETE_PACHT",
          "1 place: a home in Germany was expected",
          "1 deposit_cents: a number was expected, e.g. 68.5"));
  EXPECT_EQ(reading.rejections[0].origin.element, "anbieter[1]/immobilie[1]");
  EXPECT_THAT(reading.rejections[0].text, ::testing::HasSubstr("drei Mieten"));
}

TEST(OpenImmo, ReadsLatin1AndUtf8Alike) {
  const std::string utf8 = absl::StrReplaceAll(
      Transfer("TEIL", {Estate()}),
      {{"<objekttitel>Wohnung", "<objekttitel>Sch\u00f6n"}});
  EXPECT_EQ(OpenImmoReading(utf8).home().title(), "Sch\u00f6n");
  const std::string latin =
      absl::StrCat("<?xml version='1.0' encoding='ISO-8859-1'?>",
                   absl::StrReplaceAll(utf8, {{"\u00f6", "\xF6"}}));
  EXPECT_EQ(OpenImmoReading(latin).home().title(), "Sch\u00f6n");
}

}  // namespace
}  // namespace heimweg::importers
