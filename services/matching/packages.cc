#include "services/matching/packages.h"

#include <map>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_format.h"
#include "services/matching/answer.h"
#include "services/matching/package_search.h"
#include "services/matching/package_text.h"

namespace heimweg::matching {
namespace {

constexpr int32_t kStandardPackages = 10;
constexpr int32_t kMostPackages = 100;

absl::Status Gone() { return absl::CancelledError("the caller has gone"); }

template <typename Response>
void SetPackageProvenance(const Snapshot& snapshot, const PackageWish& wish,
                          Response& response) {
  SetProvenance(snapshot, wish.home, response);
  *response.mutable_part_weights() = wish.weights;
}

// The code of the region in which a home lies; nullopt if it is not known that
// far.
std::optional<std::string> RegionOf(const Snapshot& snapshot,
                                    const HomeAt& home, uint32_t digits) {
  const AgsCode code =
      AgsCode::Unpacked(snapshot.homes->segments[home.segment]
                            .segment->columns.common.ags[home.row]);
  if (code.length < digits) return std::nullopt;
  return absl::StrFormat("%0*d", static_cast<int>(digits),
                         code.Leading(digits));
}

}  // namespace

int32_t PackageLimitOf(int32_t given, server::FieldChecks& checks) {
  checks.Range("limit", given, 0, kMostPackages);
  return given == 0 ? kStandardPackages : given;
}

absl::StatusOr<v1::RankPackagesResponse> RankPackages(
    const Snapshot& snapshot, const PackageWish& wish, int32_t limit,
    const Cancelled& cancelled) {
  PackageSearch search(snapshot, wish, Variety::kPackages, cancelled);
  if (!search.Start()) return Gone();
  v1::RankPackagesResponse response;
  while (response.packages_size() < limit) {
    const std::optional<FoundPackage> found = search.Next();
    if (!found) break;
    *response.add_packages() = PackageOf(wish, *found, search);
  }
  if (search.was_cancelled()) return Gone();
  SetPackageProvenance(snapshot, wish, response);
  response.set_eligible_homes(static_cast<int64_t>(search.homes().size()));
  return response;
}

absl::StatusOr<v1::RankRegionsResponse> RankRegions(
    const Snapshot& snapshot, const PackageWish& wish, v1::RegionLevel level,
    int32_t limit, const Cancelled& cancelled) {
  const Variety variety = level == v1::REGION_LEVEL_MUNICIPALITY
                              ? Variety::kMunicipalities
                              : Variety::kDistricts;
  const uint32_t digits = RegionDigits(variety);
  PackageSearch search(snapshot, wish, variety, cancelled);
  if (!search.Start()) return Gone();
  std::map<std::string, int64_t> homes;
  for (const HomeAt& home : search.homes()) {
    const std::optional<std::string> region = RegionOf(snapshot, home, digits);
    if (region) ++homes[*region];
  }
  v1::RankRegionsResponse response;
  while (response.regions_size() < limit) {
    const std::optional<FoundPackage> found = search.Next();
    if (!found) break;
    v1::RankedRegion& region = *response.add_regions();
    region.set_ags(*RegionOf(snapshot, found->home, digits));
    region.set_eligible_homes(homes[region.ags()]);
    *region.mutable_best_package() = PackageOf(wish, *found, search);
  }
  if (search.was_cancelled()) return Gone();
  SetPackageProvenance(snapshot, wish, response);
  return response;
}

}  // namespace heimweg::matching
