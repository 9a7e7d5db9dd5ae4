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
  bool IsOlderThan(const Age& age) const {
    return term.created_ns < age.first ||
           (term.created_ns == age.first && key < age.second);
  }
  bool IsYoungerThan(const Age& age) const {
    return term.created_ns > age.first ||
           (term.created_ns == age.first && key > age.second);
  }
};

// The first offers of each of the blocks, one more than takes part; none of
// the others. `table` has the rows of OfferTables.
template <typename Table>
absl::StatusOr<std::vector<NearOffer>> FindNear(const Table& table,
                                                const storage::Reader& reader,
                                                const Blocks& blocks) {
  std::vector<NearOffer> found;
  const auto add = [&](uint64_t block) -> absl::Status {
    size_t position = 0;
    bool damaged = false;
    absl::Status visited = table.VisitTerms(
        reader, BlockBegin(block), BlockEnd(block),
        [&](absl::string_view text, absl::string_view key) {
          const auto term = ParseBlockTerm(text);
          damaged = !term.has_value();
          if (damaged) return false;
          found.push_back({*term, std::string(key), position++});
          return position <= kMostOfABlock;
        });
    return damaged ? absl::DataLossError("damaged index row") : visited;
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
    return other.term.block == block && other.IsOlderThan(age);
  });
}

// Whether an offer of this network and source and `other` come from one list,
// as far as the index tells: fingerprints of sources may agree by accident.
inline bool IsOfSource(const NearOffer& other, absl::string_view network,
                       uint64_t source_block) {
  const absl::string_view key = other.key;
  return other.term.source == source_block &&
         key.substr(0, key.find('/')) == network;
}

// Those of `near` that are older than `age`, take part and are of another list
// than that of this network and source, the oldest first.
inline std::vector<const NearOffer*> OlderOnes(
    const Age& age, absl::string_view network, absl::string_view source,
    const std::vector<NearOffer>& near) {
  const uint64_t source_block = BlockOf(source);
  std::vector<const NearOffer*> older;
  for (const NearOffer& other : near) {
    if (other.position < kMostOfABlock && other.IsOlderThan(age) &&
        !IsOfSource(other, network, source_block)) {
      older.push_back(&other);
    }
  }
  std::sort(older.begin(), older.end(),
            [](const NearOffer* a, const NearOffer* b) {
              return a->age() < b->age();
            });
  return older;
}

}  // namespace heimweg::offers

#endif  // HEIMWEG_SERVICES_OFFERS_NEAR_OFFERS_H_
