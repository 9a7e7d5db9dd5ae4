#include "services/matching/wish_table.h"

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

WishKey& WishTable::Own(uint32_t slot) {
  const size_t at = slot / kChunk;
  if (at >= chunks_.size()) chunks_.resize(at + 1);
  std::shared_ptr<Chunk>& chunk = chunks_[at];
  if (chunk == nullptr) {
    chunk = std::make_shared<Chunk>();
  } else if (!own_.contains(chunk.get())) {
    chunk = std::make_shared<Chunk>(*chunk);
  }
  own_.insert(chunk.get());
  return (*chunk)[slot % kChunk];
}

}  // namespace heimweg::matching
