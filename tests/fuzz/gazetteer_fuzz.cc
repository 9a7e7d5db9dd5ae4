// The gazetteer's file, as it is and with the checksum put right, so that what
// lies behind the checksum is tried too. Input: a file; without its last line
// for the second way.
#include <string>

#include "absl/strings/str_format.h"
#include "services/places/gazetteer.h"
#include "services/places/gazetteer_file.h"
#include "tests/fuzz/input.h"

namespace heimweg::fuzz {
namespace {

void CheckFile(const std::string& text) {
  const auto tables = places::ParseGazetteer(text);
  if (!tables.ok()) return;
  const auto gazetteer = places::Gazetteer::Make(*tables);
  if (!gazetteer.ok()) return;
  for (const places::PostalCode& code : gazetteer->postal_codes()) {
    places::PlaceQuery query;
    query.postal_code = code.code;
    const auto by_code = gazetteer->Resolve(query);
    query.municipality = code.places.front().name;
    const auto by_name = gazetteer->Resolve(query);
    Require(by_code.ok() || !by_code.status().message().empty(),
            "a refusal says why");
    Require(by_name.ok() || !by_name.status().message().empty(),
            "a refusal says why");
  }
  for (const places::Municipality& one : gazetteer->municipalities()) {
    Require(gazetteer->FindMunicipality(one.ags) == &one,
            "a municipality is found by its key");
  }
  const auto again = places::ParseGazetteer(places::FormatGazetteer(*tables));
  Require(again.ok(), "what is written can be read");
}

}  // namespace
}  // namespace heimweg::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace heimweg;  // NOLINT(google-build-using-namespace)
  const std::string text(reinterpret_cast<const char*>(data), size);
  fuzz::CheckFile(text);
  fuzz::CheckFile(text +
                  absl::StrFormat("end\t%016x\n", places::Fingerprint(text)));
  return 0;
}
