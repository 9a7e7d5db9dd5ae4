#include "services/matching/wish_table.h"

namespace heimweg::matching {
namespace {

uint64_t MarksOf(const std::vector<NamedHash>& terms) {
  uint64_t marks = 0;
  for (const NamedHash& term : terms) marks |= HashMark(term.hash);
  return marks;
}

void SetBit(size_t at, bool value, ChunkBits& bits) {
  const uint64_t bit = uint64_t{1} << (at % 64);
  bits[at / 64] = value ? bits[at / 64] | bit : bits[at / 64] & ~bit;
}

}  // namespace

ContactKey ContactKeyOf(const StoredWish& wish) {
  const ContactFacts& facts = wish.contact;
  ContactKey key;
  key.interest_marks = MarksOf(facts.interests);
  key.hook_marks = MarksOf(facts.hooks);
  key.types = facts.types;
  key.threshold = wish.settings.threshold;
  key.is_ranked = facts.can_be_ranked;
  key.names_terms = facts.names_terms;
  key.step_free = facts.step_free;
  return key;
}

WishTable::Chunk& WishTable::Own(uint32_t slot) {
  const size_t of = slot / kChunkSlots;
  if (of >= chunks_.size()) chunks_.resize(of + 1);
  std::shared_ptr<Chunk>& chunk = chunks_[of];
  if (chunk == nullptr) {
    chunk = std::make_shared<Chunk>();
  } else if (!own_.contains(chunk.get())) {
    chunk = std::make_shared<Chunk>(*chunk);
  }
  own_.insert(chunk.get());
  return *chunk;
}

void WishTable::Insert(const StoredWish& wish) {
  Chunk& chunk = Own(wish.slot);
  const size_t at = wish.slot % kChunkSlots;
  chunk.wishes[at] = &wish;
  SetBit(at, true, chunk.used);
  SetBit(at, wish.settings.told, chunk.told);
  chunk.homes.Set(at, wish);
  chunk.home_keys[at] = HomeKeyOf(wish);
  chunk.contacts[at] = ContactKeyOf(wish);
}

void WishTable::Erase(const StoredWish& wish) {
  Chunk& chunk = Own(wish.slot);
  const size_t at = wish.slot % kChunkSlots;
  chunk.wishes[at] = nullptr;
  SetBit(at, false, chunk.used);
  SetBit(at, false, chunk.told);
}

}  // namespace heimweg::matching
