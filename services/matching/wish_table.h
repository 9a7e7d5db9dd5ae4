// WishTable: of each stored wish the few facts that rule most homes and
// contacts out, side by side in memory, so that an offer passes over those whom
// it cannot fit without looking at the wishes themselves.
#ifndef HEIMWEG_SERVICES_MATCHING_WISH_TABLE_H_
#define HEIMWEG_SERVICES_MATCHING_WISH_TABLE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "services/matching/home_gates.h"
#include "services/matching/home_key.h"
#include "services/matching/wish_cells.h"

namespace heimweg::matching {

// What counts with contacts; see ContactFacts.
struct ContactKey {
  uint64_t interest_marks = 0;  // HashMark of each
  uint64_t hook_marks = 0;
  uint32_t types = 0;
  int32_t threshold = 0;   // of WishSettings
  bool is_ranked = false;  // otherwise none fits
  bool names_terms = false;
  bool step_free = false;
};

ContactKey ContactKeyOf(const StoredWish& wish);

// By the slots of WishPostings. Written by one thread, and copied when it is
// sealed: copies share chunks and are only read. Thread-compatible.
class WishTable {
 public:
  struct Chunk {
    std::array<const StoredWish*, kChunkSlots> wishes{};  // null: free
    ChunkBits used{};
    ChunkBits told{};  // of what is new (WishSettings)
    HomeGates homes;
    std::array<HomeKey, kChunkSlots> home_keys;
    std::array<ContactKey, kChunkSlots> contacts;
  };

  void Insert(const StoredWish& wish);
  // `wish` was inserted.
  void Erase(const StoredWish& wish);

  // Before it is copied: from then on a change copies the chunk first.
  void Seal() { own_.clear(); }

  // Of the slots from i * kChunkSlots on; may be null.
  const std::vector<std::shared_ptr<Chunk>>& chunks() const { return chunks_; }

 private:
  Chunk& Own(uint32_t slot);

  std::vector<std::shared_ptr<Chunk>> chunks_;
  absl::flat_hash_set<const Chunk*> own_;  // that no copy shares
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_WISH_TABLE_H_
