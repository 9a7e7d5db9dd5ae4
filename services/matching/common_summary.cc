#include "services/matching/common_summary.h"

namespace heimweg::matching {

void CommonSummary::Add(const CommonColumns& columns, uint32_t row) {
  any = true;
  if (!IsKnown(columns.point[row])) unplaced = true;
  if (columns.fresh[row] == 0) undated = true;
  freshest = std::max(freshest, columns.fresh[row]);
  valid_from = std::min(valid_from, columns.valid_from[row]);
  valid_until = std::max(valid_until, columns.valid_until[row]);
  networks.Add(columns.network[row]);
  AddDistricts(columns.ags[row]);
}

void CommonSummary::AddDistricts(uint32_t ags) {
  constexpr uint32_t kStateDigits = 2;
  constexpr uint32_t kDistrictDigits = 5;
  const AgsCode code = AgsCode::Unpacked(ags);
  if (code.length < kStateDigits) {
    states.AddAll();
  } else {
    states.Add(code.Leading(kStateDigits));
  }
  if (code.length < kDistrictDigits) {
    districts.AddAll();
  } else {
    districts.Add(code.Leading(kDistrictDigits));
  }
}

void CommonSummary::Add(const CommonSummary& other) {
  any = any || other.any;
  unplaced = unplaced || other.unplaced;
  undated = undated || other.undated;
  freshest = std::max(freshest, other.freshest);
  valid_from = std::min(valid_from, other.valid_from);
  valid_until = std::max(valid_until, other.valid_until);
  networks.Add(other.networks);
  states.Add(other.states);
  districts.Add(other.districts);
}

}  // namespace heimweg::matching
