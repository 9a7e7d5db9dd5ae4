#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "clients/importers/formats.h"
#include "clients/importers/testing/collecting_sink.h"
#include "heimweg/housing/v1/home.pb.h"
#include "tests/support/status_matchers.h"

namespace heimweg::importers {
namespace {

using heimweg::testing::IsOk;
using housing::v1::Home;
using ::testing::ElementsAre;

struct ScoutReading : public CollectingSink {
  explicit ScoutReading(const std::string& objects) {
    ReadOptions options;
    options.kind = Kind::kHomes;
    status = Read(*ImmoScout24Format(),
                  absl::StrCat("<IS24ImmobilienTransfer xmlns='urn:x'>"
                               "<Anbieter ScoutKundenID='K1'>",
                               objects, "</Anbieter></IS24ImmobilienTransfer>"),
                  options);
  }
  absl::Status status;
};

TEST(ImmoScout24, ReadsAFlatForRent) {
  const ScoutReading reading(
      "<WohnungMiete Importmodus='importieren' AnbieterObjektID='W1' "
      "Ueberschrift='Am Park' Wohnflaeche='70' Zimmer='3.0' Aufzug='true' "
      "Einbaukueche='false' Haustiere='erlaubt' Adressdruck='true'>"
      "<Adresse Strasse='Weg' Hausnummer='1' Postleitzahl='04910' "
      "Ort='Elsterwerda' Laenderkennzeichen='DEU'/>"
      "<Lage>ruhig</Lage><Mietpreise Kaltmiete='456.00' Heizkosten='55.50' "
      "Nebenkosten='85.00' Kaution='3 MM' "
      "HeizkostenInWarmmieteEnthalten='false'/></WohnungMiete>");
  ASSERT_THAT(reading.status, IsOk());
  const Home& home = reading.Row<Home>(0);
  EXPECT_EQ(home.source(), "is24:K1");
  EXPECT_EQ(home.external_id(), "W1");
  EXPECT_EQ(home.title(), "Am Park");
  EXPECT_EQ(home.place().street_address(), "Weg 1");
  EXPECT_EQ(home.monthly_cold_rent_cents(), 45600);
  EXPECT_EQ(home.monthly_warm_rent_cents(), 59650);
  EXPECT_FALSE(home.has_deposit_cents());
  EXPECT_EQ(home.fitted_kitchen(), type::v1::ANSWER_NO);
  EXPECT_EQ(home.pets_allowed(), type::v1::ANSWER_YES);
  EXPECT_THAT(reading.Repairs(0),
              ElementsAre("warm-rent-computed monthly_warm_rent_cents"));
}

TEST(ImmoScout24, HidesTheStreetUnlessItMayBePrinted) {
  const ScoutReading reading(
      "<HausKauf AnbieterObjektID='H1' Ueberschrift='H' "
      "HausKategorie='Reihenmittelhaus'><Adresse Strasse='Weg' "
      "Postleitzahl='04910'/><Kaufpreise Kaufpreis='190000'/></HausKauf>");
  const Home& home = reading.Row<Home>(0);
  EXPECT_EQ(home.place().street_address(), "");
  EXPECT_EQ(home.home_type(), housing::v1::HOME_TYPE_TERRACED);
  EXPECT_EQ(home.price_cents(), 19'000'000);
}

TEST(ImmoScout24, DeletesIgnoresAndSkips) {
  const ScoutReading reading(
      "<WohnungKauf Importmodus='loeschen' AnbieterObjektID='W1'/>"
      "<WohnungKauf Importmodus='ignorieren' AnbieterObjektID='W2'/>"
      "<GarageKauf AnbieterObjektID='G1'/>");
  ASSERT_EQ(reading.records.size(), 1);
  EXPECT_EQ(reading.records[0].action, Record::Action::kDelete);
  EXPECT_THAT(reading.skipped,
              ElementsAre("to be ignored", "no home to live in (element)"));
}

TEST(ImmoScout24, RejectsWithoutIdOrPlace) {
  const ScoutReading reading("<WohnungKauf Ueberschrift='x'/>");
  EXPECT_THAT(
      reading.Violations(),
      ElementsAre("1 external_id: an AnbieterObjektID was expected",
                  "1 place: an element Adresse with a postcode was expected"));
}

}  // namespace
}  // namespace heimweg::importers
