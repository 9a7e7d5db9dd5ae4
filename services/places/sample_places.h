// A small country for tests: a few real places, among them namesakes, a village
// without a key of its own, a postcode of several municipalities.
#ifndef HEIMWEG_SERVICES_PLACES_SAMPLE_PLACES_H_
#define HEIMWEG_SERVICES_PLACES_SAMPLE_PLACES_H_

#include "services/places/gazetteer.h"

namespace heimweg::places {

inline GazetteerTables SampleTables() {
  GazetteerTables tables;
  tables.districts = {
      {"05958", "Hochsauerlandkreis", {51.35, 8.35}},
      {"06411", "Darmstadt", {49.87, 8.65}},
      {"12053", "Frankfurt (Oder)", {52.34, 14.55}},
      {"06412", "Frankfurt am Main", {50.11, 8.68}},
      {"12062", "Landkreis Elbe-Elster", {51.62, 13.5}},
      {"14612", "Dresden", {51.05, 13.74}},
      {"09271", "Landkreis Deggendorf", {48.8, 12.95}},
  };
  tables.municipalities = {
      {"12062140", "Finsterwalde", {51.62883, 13.71061}, 16'000},
      {"12062024", "Bad Liebenwerda", {51.51777, 13.39493}, 9'200},
      {"05958004", "Arnsberg", {51.39606, 8.06442}, 73'000},
      {"06412000", "Frankfurt am Main", {50.11552, 8.68417}, 650'000},
      {"12053000", "Frankfurt (Oder)", {52.34714, 14.55062}, 57'000},
      {"14612000", "Dresden", {51.05089, 13.73832}, 550'000},
      {"09271122", "Hausen", {48.76, 12.95}, 1'500},
  };
  tables.localities = {
      {"Zobersdorf", "12062024", {51.505, 13.43}, 400},
      {"Neheim", "05958004", {51.45, 7.96}, 22'000},
  };
  tables.postal_codes = {
      {"03238",
       {51.63, 13.71},
       "12062",
       false,
       {{"Finsterwalde", "12062140", {51.62883, 13.71061}, false},
        {"Massen-Niederlausitz", "12062", {51.63, 13.71}, true},
        {"Hausen", "12062", {51.6, 13.8}, true}}},
      {"04924",
       {51.52, 13.39},
       "12062",
       false,
       {{"Bad Liebenwerda", "12062024", {51.51777, 13.39493}, false}}},
      {"01097",
       {51.066, 13.744},
       "14612",
       false,
       {{"Dresden", "14612000", {51.066, 13.744}, false}}},
      {"60311",
       {50.111, 8.683},
       "06412",
       false,
       {{"Frankfurt am Main", "06412000", {50.111, 8.683}, false}}},
  };
  return tables;
}

}  // namespace heimweg::places

#endif  // HEIMWEG_SERVICES_PLACES_SAMPLE_PLACES_H_
