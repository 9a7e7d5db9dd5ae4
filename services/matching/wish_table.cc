#include "services/matching/wish_table.h"

#include <algorithm>
#include <limits>
#include <optional>

namespace heimweg::matching {
namespace {

// Sets `unusual` if it does not fit.
template <typename Field, typename Value>
Field OrMinusOne(std::optional<Value> value, bool& unusual) {
  if (!value) return Field{-1};
  if (*value >= 0 && *value <= std::numeric_limits<Field>::max()) {
    return static_cast<Field>(*value);
  }
  unusual = true;
  return Field{-1};
}

uint64_t MarksOf(const std::vector<NamedHash>& terms) {
  uint64_t marks = 0;
  for (const NamedHash& term : terms) marks |= HashMark(term.hash);
  return marks;
}

}  // namespace

WishKey KeyOf(const StoredWish& wish) {
  const HomeWish& home = wish.home.wish;
  const ContactFacts& contact = wish.contact;
  WishKey key;
  key.wish = &wish;
  key.threshold = wish.settings.threshold;
  key.max_rent_cents = OrMinusOne<int32_t>(home.max_rent_cents, key.unusual);
  key.max_price_cents = OrMinusOne<int32_t>(home.max_price_cents, key.unusual);
  key.area_centi_sqm = OrMinusOne<int32_t>(home.area_centi_sqm, key.unusual);
  key.min_room_halves = OrMinusOne<int16_t>(home.min_room_halves, key.unusual);
  key.people = OrMinusOne<int16_t>(std::optional(home.people), key.unusual);
  key.tenures = home.tenures;
  key.home_types = home.home_types;
  key.contact_types = contact.types;
  key.interest_marks = MarksOf(contact.interests);
  key.hook_marks = MarksOf(contact.hooks);
  key.told = wish.settings.told;
  key.ranks_homes = wish.home.can_be_ranked;
  key.ranks_contacts = contact.can_be_ranked;
  key.names_terms = contact.names_terms;
  key.step_free = contact.step_free;
  return key;
}

void HomeGates::Set(size_t at, const WishKey& key) {
  constexpr int32_t kMost = std::numeric_limits<int32_t>::max();
  const auto all_if_none = [](uint32_t set) {
    return static_cast<int32_t>(set == 0 ? ~uint32_t{0} : set);
  };
  const bool open = key.unusual;
  tenures[at] = all_if_none(open ? 0 : key.tenures);
  home_types[at] = all_if_none(open ? 0 : key.home_types);
  max_rent_cents[at] =
      open || key.max_rent_cents < 0 ? kMost : key.max_rent_cents;
  max_price_cents[at] =
      open || key.max_price_cents < 0 ? kMost : key.max_price_cents;
  min_room_halves[at] = open ? 0 : std::max<int32_t>(key.min_room_halves, 0);
  people[at] = open ? 0 : key.people;
}

void WishTable::Set(uint32_t slot, const WishKey& key) {
  const size_t of = slot / kChunkSlots;
  const size_t at = slot % kChunkSlots;
  if (of >= chunks_.size()) chunks_.resize(of + 1);
  std::shared_ptr<Chunk>& chunk = chunks_[of];
  if (chunk == nullptr) {
    chunk = std::make_shared<Chunk>();
  } else if (!own_.contains(chunk.get())) {
    chunk = std::make_shared<Chunk>(*chunk);
  }
  own_.insert(chunk.get());
  chunk->keys[at] = key;
  chunk->homes.Set(at, key);
  const uint64_t bit = uint64_t{1} << (at % 64);
  uint64_t& used = chunk->used[at / 64];
  used = key.wish == nullptr ? used & ~bit : used | bit;
}

}  // namespace heimweg::matching
