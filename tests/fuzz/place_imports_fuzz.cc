// The files of registers that an operator imports: GeoNames' postcodes,
// Destatis' municipalities, travel times. Whatever a reader takes makes a
// gazetteer over a small one, whose places can be typed.
#include <string>

#include "absl/strings/string_view.h"
#include "services/places/destatis_file.h"
#include "services/places/gazetteer_merge.h"
#include "services/places/geonames_file.h"
#include "services/places/place_suggester.h"
#include "services/places/sample_places.h"
#include "services/places/text_rows.h"
#include "services/places/travel_times.h"
#include "tests/fuzz/input.h"

namespace heimweg::fuzz {
namespace {

void CheckMerged(const places::GazetteerImports& imports) {
  const auto base = places::Gazetteer::Make(places::SampleTables());
  Require(base.ok(), "the small gazetteer is one");
  const auto merged = places::MergeGazetteer(*base, imports);
  if (!merged.ok()) {
    Require(!merged.status().message().empty(), "a refusal says why");
    return;
  }
  const places::KnownPlaces known(merged->gazetteer);
  const places::PlaceSuggester suggester(known, merged->gazetteer);
  for (const places::PostalCode& code : merged->gazetteer.postal_codes()) {
    Require(merged->gazetteer.Resolve({.postal_code = code.code}).ok(),
            "a postcode is found");
    Require(suggester.Suggest(code.places.front().name, 5).size() <= 5,
            "a limit is kept");
  }
}

}  // namespace
}  // namespace heimweg::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace heimweg;  // NOLINT(google-build-using-namespace)
  const absl::string_view text(reinterpret_cast<const char*>(data), size);
  const auto geonames = places::ParseGeoNames(text);
  const auto municipalities = places::ParseDestatis(text);
  const auto times = places::TravelTimes::Parse(text);
  for (const absl::Status& status :
       {geonames.status(), municipalities.status(), times.status()}) {
    fuzz::Require(places::IsUtf8(status.message()), "a message is text");
  }
  if (geonames.ok()) fuzz::CheckMerged({&*geonames, nullptr});
  if (municipalities.ok()) fuzz::CheckMerged({nullptr, &*municipalities});
  return 0;
}
