// NearOffers: the offers of a kind that lie in the blocks around one (see
// likeness.h), from the index alone.
#ifndef HEIMWEG_SERVICES_OFFERS_NEAR_OFFERS_H_
#define HEIMWEG_SERVICES_OFFERS_NEAR_OFFERS_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/offers/index_terms.h"
#include "services/offers/likeness.h"
#include "services/offers/offer_pair.h"
#include "storage/engine.h"
#include "storage/keys.h"

namespace heimweg::offers {

// An index row of a block.
struct NearOffer {
  BlockTerm term;
  std::string key;
  size_t position = 0;  // In its block, the oldest first.

  Age age() const { return {term.created_ns, key}; }
};

// The first offers of each of the blocks, one more than takes part; none of
// the others. `table` has the rows of OfferTables.
template <typename Table>
absl::StatusOr<std::vector<NearOffer>> FindNear(const Table& table,
                                                const storage::Reader& reader,
                                                const Blocks& blocks) {
  std::vector<NearOffer> found;
  const auto add = [&](uint64_t block) -> absl::Status {
    auto rows = table.ScanTerms(reader, BlockBegin(block), BlockEnd(block),
                                kMostOfABlock + 1);
    if (!rows.ok()) return rows.status();
    size_t position = 0;
    for (storage::IndexEntry& row : *rows) {
      const auto term = ParseBlockTerm(row.term);
      if (!term.has_value()) return absl::DataLossError("damaged index row");
      found.push_back({*term, std::move(row.id), position++});
    }
    return absl::OkStatus();
  };
  absl::Status added = add(blocks.own);
  for (size_t i = 0; added.ok() && i < blocks.near.size(); ++i) {
    added = add(blocks.near[i]);
  }
  if (!added.ok()) return added;
  return found;
}

inline size_t CountOlder(const Age& age, uint64_t block,
                         const std::vector<NearOffer>& near) {
  return std::count_if(near.begin(), near.end(), [&](const NearOffer& other) {
    return other.term.block == block && other.age() < age;
  });
}

// Those of `near` that are older than `age` and take part, the oldest first.
inline std::vector<NearOffer> OlderOnes(const Age& age,
                                        std::vector<NearOffer> near) {
  near.erase(std::remove_if(near.begin(), near.end(),
                            [&](const NearOffer& other) {
                              return other.age() >= age ||
                                     other.position >= kMostOfABlock;
                            }),
             near.end());
  std::sort(
      near.begin(), near.end(),
      [](const NearOffer& a, const NearOffer& b) { return a.age() < b.age(); });
  return near;
}

// Whether an offer of this network and source and `other` come from one list,
// as far as the index tells: fingerprints of sources may agree by accident.
inline bool IsOfSource(const NearOffer& other, absl::string_view network,
                       absl::string_view source) {
  const absl::string_view key = other.key;
  return other.term.source == BlockOf(source) &&
         key.substr(0, key.find('/')) == network;
}

}  // namespace heimweg::offers

#endif  // HEIMWEG_SERVICES_OFFERS_NEAR_OFFERS_H_
