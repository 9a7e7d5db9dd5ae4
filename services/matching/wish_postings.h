// WishPostings: the stored profiles by what they ask of jobs, so that a job
// meets those only that may be worth enough to it: lists by the wished
// occupations, and by each skill. Who stands in none of the lists that are
// visited for a job is worth too little to it (seeker_bound.h); whether one
// fits is two_sides.h's affair.
#ifndef HEIMWEG_SERVICES_MATCHING_WISH_POSTINGS_H_
#define HEIMWEG_SERVICES_MATCHING_WISH_POSTINGS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/types/span.h"
#include "services/matching/occupation_code.h"
#include "services/matching/wish_cells.h"

namespace heimweg::matching {

// A wish that asks to be told of jobs below this score is listed apart, so that
// the few who ask for nearly everything do not make the lists useless.
inline constexpr int32_t kLowWishThreshold = 500'000;

// Written by one thread, and copied when it is sealed: copies share lists and
// are only read. Lists point to wishes; who holds the postings holds these,
// too. Thread-compatible.
class WishPostings {
 public:
  // A seeker with one of the wished codes, or with none.
  struct Seeker {
    const StoredWish* wish = nullptr;
    uint64_t skill_marks = 0;
    uint32_t slot = 0;
    uint32_t code = 0;  // OccupationCode::Packed; 0: none
    int32_t threshold = 0;
    bool told = false;
    bool any_skills = false;
  };
  // A seeker with a skill or an ESCO URI.
  struct Text {
    const StoredWish* wish = nullptr;
    uint32_t slot = 0;
    uint32_t hash = 0;  // TextHash
  };

  // Gives the wish a slot. Those for whom no jobs can be ranked stand nowhere.
  void Insert(StoredWish& wish);
  // `wish` was inserted.
  void Erase(const StoredWish& wish);

  // Before it is copied: from then on a change copies the list first.
  void Seal();

  // Slots of wishes are below this.
  uint32_t slots() const { return slots_; }

  // Calls visit(seeker) for those whose code shares the first two digits.
  template <typename Visit>
  void VisitMainGroup(uint32_t main_group, Visit visit) const {
    for (uint32_t key = main_group * 10; key < main_group * 10 + 10; ++key) {
      for (const Seeker& one : At(seekers_[key])) visit(one);
    }
  }
  // The same for those with no code.
  template <typename Visit>
  void VisitUncoded(Visit visit) const {
    for (uint32_t part = 0; part < kParts; ++part) {
      for (const Seeker& one : At(seekers_[kCoded + part])) visit(one);
    }
  }
  // Calls visit(text) for all seekers of wishes with a low threshold who are
  // told of what is new; once or more each.
  template <typename Visit>
  void VisitLow(Visit visit) const {
    for (const auto& list : low_) {
      for (const Text& one : At(list)) visit(one);
    }
  }
  // The same for those with the skill or the URI, and some others.
  absl::Span<const Text> WithText(uint32_t hash) const {
    return At(texts_[hash % kTexts]);
  }

 private:
  template <typename Entry>
  using List = std::shared_ptr<std::vector<Entry>>;  // may be null

  static constexpr uint32_t kCoded = 1'000;  // by three digits
  static constexpr uint32_t kParts = 32;     // by slot
  static constexpr uint32_t kTexts = 2'048;  // by hash

  template <typename Entry>
  static absl::Span<const Entry> At(const List<Entry>& list) {
    if (list == nullptr) return {};
    return *list;
  }
  template <typename Entry>
  std::vector<Entry>& Own(List<Entry>& list);
  template <typename Entry>
  void EraseFrom(List<Entry>& list, uint32_t slot);

  // Calls seeker(list, entry) and text(list, entry) for all that stands for the
  // wish.
  template <typename OnSeeker, typename OnText>
  void VisitEntries(const StoredWish& wish, OnSeeker seeker, OnText text);

  std::array<List<Seeker>, kCoded + kParts> seekers_;
  std::array<List<Text>, kTexts> texts_;
  std::array<List<Text>, kParts> low_;
  absl::flat_hash_set<const void*> own_;  // lists that no copy shares
  std::vector<uint32_t> free_;            // slots
  uint32_t slots_ = 0;
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_WISH_POSTINGS_H_
