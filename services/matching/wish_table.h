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
#include "services/matching/wish_cells.h"

namespace heimweg::matching {

// Numbers: -1 if they are not said.
struct WishKey {
  const StoredWish* wish = nullptr;  // null: the slot is free
  int32_t threshold = 0;             // of WishSettings
  // Homes; see HomeWish.
  int32_t max_rent_cents = -1;
  int32_t max_price_cents = -1;
  int32_t area_centi_sqm = -1;
  int16_t min_room_halves = -1;
  int16_t people = -1;
  uint32_t tenures = 0;
  uint32_t home_types = 0;
  // Contacts; see ContactFacts. Marks are HashMark of each hash.
  uint32_t contact_types = 0;
  uint64_t interest_marks = 0;
  uint64_t hook_marks = 0;
  bool told = false;         // of WishSettings
  bool ranks_homes = false;  // otherwise none fits
  bool ranks_contacts = false;
  bool names_terms = false;
  bool step_free = false;
  // A number does not fit into its field, so that homes are not ruled out.
  bool unusual = false;
};

WishKey KeyOf(const StoredWish& wish);

inline constexpr uint32_t kChunkSlots = 256;

// What most homes fail by, field by field, so that a chunk is compared at once;
// what a wish does not say lets everything pass.
struct HomeGates {
  using Field = std::array<int32_t, kChunkSlots>;

  Field tenures;  // bit by enum
  Field home_types;
  Field max_rent_cents;
  Field max_price_cents;
  Field min_room_halves;
  Field people;  // 0: not said

  void Set(size_t at, const WishKey& key);
};

// Of the wishes in a chunk, a bit for each.
using ChunkBits = std::array<uint64_t, kChunkSlots / 64>;

// By the slots of WishPostings. Written by one thread, and copied when it is
// sealed: copies share chunks and are only read. Thread-compatible.
class WishTable {
 public:
  struct Chunk {
    std::array<WishKey, kChunkSlots> keys;
    ChunkBits used{};
    HomeGates homes{};
  };

  void Insert(const StoredWish& wish) { Set(wish.slot, KeyOf(wish)); }
  void Erase(const StoredWish& wish) { Set(wish.slot, WishKey()); }

  // Before it is copied: from then on a change copies the chunk first.
  void Seal() { own_.clear(); }

  // Of the slots from i * kChunkSlots on; may be null.
  const std::vector<std::shared_ptr<Chunk>>& chunks() const { return chunks_; }

 private:
  void Set(uint32_t slot, const WishKey& key);

  std::vector<std::shared_ptr<Chunk>> chunks_;
  absl::flat_hash_set<const Chunk*> own_;  // that no copy shares
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_WISH_TABLE_H_
