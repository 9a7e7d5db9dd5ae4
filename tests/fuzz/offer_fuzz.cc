// Offers as networks send them, through every rule of their kind. Input: 'j',
// 'h' or 'c' for the kind, then the offer in binary form or as JSON.
#include <memory>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "services/contacts/contact_kind.h"
#include "services/housing/home_kind.h"
#include "services/jobs/job_kind.h"
#include "services/occupations/catalog_source.h"
#include "services/offers/common_rules.h"
#include "services/offers/offer_intake.h"
#include "services/offers/place_resolver.h"
#include "services/places/gazetteer.h"
#include "services/places/sample_places.h"
#include "tests/fuzz/message_input.h"

namespace heimweg::fuzz {
namespace {

void CheckPaths(const std::vector<server::Violation>& violations) {
  for (const server::Violation& one : violations) {
    Require(!one.field.empty() && !one.description.empty(),
            "a violation names its field and what was expected");
  }
}

template <typename Kind>
void CheckOffer(const offers::PlaceResolver& places, const Input& input) {
  typename Kind::Offer offer;
  if (!ReadMessage(input, offer)) return;
  const offers::OfferIntake<Kind> intake(places, occupations::BuiltInCatalog());
  CheckPaths(intake.Accept(offer));
  const typename Kind::Offer accepted = offer;
  const auto again = intake.AcceptChange(accepted, offer);
  CheckPaths(again);
  for (const std::string& term : Kind::Terms(offer)) {
    Require(!term.empty(), "a term is not empty");
  }
  if (!again.empty()) return;
  offers::SetDefaults(absl::UnixEpoch(), Kind::kLifetime, offer);
  typename Kind::Filter all;
  Require(Kind::Matches(all, offer), "a filter of nothing finds every offer");
}

const offers::PlaceResolver& SamplePlaces() {
  static const auto* const gazetteer =
      new places::Gazetteer(*places::Gazetteer::Make(places::SampleTables()));
  static const auto* const resolver = new offers::PlaceResolver(*gazetteer);
  return *resolver;
}

}  // namespace
}  // namespace heimweg::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace heimweg;  // NOLINT(google-build-using-namespace)
  fuzz::Input input(data, size);
  const offers::PlaceResolver& places = fuzz::SamplePlaces();
  switch (input.Byte()) {
    case 'j':
      fuzz::CheckOffer<jobs::JobKind>(places, input);
      break;
    case 'h':
      fuzz::CheckOffer<housing::HomeKind>(places, input);
      break;
    case 'c':
      fuzz::CheckOffer<contacts::ContactKind>(places, input);
      break;
    default:
      break;
  }
  return 0;
}
