#include "services/matching/counts.h"

#include <algorithm>
#include <cstddef>

#include "absl/strings/str_cat.h"
#include "services/matching/card_text.h"

namespace heimweg::matching {
namespace {

// The most frequent first, then by value.
void WriteFacet(absl::string_view key,
                std::vector<std::pair<std::string, int64_t>> values,
                v1::RankOffersResponse& response) {
  std::sort(values.begin(), values.end(), [](const auto& a, const auto& b) {
    return a.second != b.second ? a.second > b.second : a.first < b.first;
  });
  v1::Facet& facet = *response.add_facets();
  facet.set_key(std::string(key));
  for (const auto& [value, offers] : values) {
    v1::Facet::Value& count = *facet.add_values();
    count.set_value(value);
    count.set_offers(offers);
  }
}

uint32_t MainGroup(uint32_t packed_code) {
  constexpr uint32_t kBelowMainGroup = 1'000;
  return OccupationCode::Unpacked(packed_code).digits / kBelowMainGroup;
}

}  // namespace

void FacetCounts::AddDistrict(uint32_t ags) {
  constexpr uint32_t kDistrictDigits = 5;
  if (ags != last_ags_) {
    const AgsCode code = AgsCode::Unpacked(ags);
    last_ags_ = ags;
    last_district_ = code.length < kDistrictDigits
                         ? nullptr
                         : &districts_[code.Leading(kDistrictDigits)];
  }
  if (last_district_ != nullptr) ++*last_district_;
}

void FacetCounts::Add(const JobColumns& jobs, uint32_t row) {
  ++types_[jobs.record(row).employment_type];
  AddDistrict(jobs.common.ags[row]);
  // A job with several occupations counts once in each of their groups.
  const absl::Span<const uint32_t> codes = jobs.Occupations(row);
  for (size_t i = 0; i < codes.size(); ++i) {
    const uint32_t group = MainGroup(codes[i]);
    const bool counted = std::any_of(
        codes.begin(), codes.begin() + static_cast<ptrdiff_t>(i),
        [&](uint32_t before) { return MainGroup(before) == group; });
    if (!counted) ++main_groups_[group];
  }
}

void FacetCounts::Add(const HomeColumns& homes, uint32_t row) {
  ++types_[homes.tenure[row]];
  AddDistrict(homes.common.ags[row]);
}

void FacetCounts::Add(const ContactColumns& contacts, uint32_t row) {
  ++types_[contacts.contact_type[row]];
  AddDistrict(contacts.common.ags[row]);
}

void FacetCounts::Write(type::v1::OfferKind kind,
                        v1::RankOffersResponse& response) const {
  std::vector<std::pair<std::string, int64_t>> values;
  for (size_t type = 0; type < types_.size(); ++type) {
    std::string name = TypeText(kind, static_cast<uint8_t>(type));
    if (types_[type] > 0 && !name.empty()) {
      values.emplace_back(std::move(name), types_[type]);
    }
  }
  WriteFacet("type", std::move(values), response);
  values.clear();
  for (const auto& [district, offers] : districts_) {
    values.emplace_back(absl::StrCat(absl::Dec(district, absl::kZeroPad5)),
                        offers);
  }
  WriteFacet("district", std::move(values), response);
  if (kind != type::v1::OFFER_KIND_JOB) return;
  values.clear();
  for (size_t group = 0; group < main_groups_.size(); ++group) {
    if (main_groups_[group] == 0) continue;
    values.emplace_back(absl::StrCat(absl::Dec(group, absl::kZeroPad2)),
                        main_groups_[group]);
  }
  WriteFacet("kldb", std::move(values), response);
}

}  // namespace heimweg::matching
