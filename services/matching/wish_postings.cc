#include "services/matching/wish_postings.h"

#include <algorithm>
#include <utility>

namespace heimweg::matching {

template <typename Entry>
std::vector<Entry>& WishPostings::Own(List<Entry>& list) {
  if (list == nullptr) {
    list = std::make_shared<std::vector<Entry>>();
  } else if (!own_.contains(list.get())) {
    list = std::make_shared<std::vector<Entry>>(*list);
  }
  own_.insert(list.get());
  return *list;
}

template <typename Entry>
void WishPostings::EraseFrom(List<Entry>& list, uint32_t slot) {
  std::vector<Entry>& entries = Own(list);
  // A wish may stand in a list more than once; it leaves it for good.
  std::erase_if(entries,
                [slot](const Entry& entry) { return entry.slot == slot; });
}

template <typename OnSeeker, typename OnText>
void WishPostings::VisitEntries(const StoredWish& wish, OnSeeker seeker,
                                OnText text) {
  constexpr uint32_t kBelowGroup = 100;  // of three digits
  const uint32_t part = wish.slot % kParts;
  for (const SeekerFacts& facts : wish.jobs.seekers) {
    Seeker entry{&wish,
                 facts.skill_marks,
                 wish.slot,
                 0,
                 wish.settings.threshold,
                 wish.settings.told,
                 facts.any_skills};
    if (facts.codes.empty()) seeker(seekers_[kCoded + part], entry);
    for (const OccupationCode code : facts.codes) {
      entry.code = code.Packed();
      seeker(seekers_[code.digits / kBelowGroup], entry);
    }
    for (const auto* hashes : {&facts.skills, &facts.uris}) {
      for (const uint32_t hash : *hashes) {
        text(texts_[hash % kTexts], Text{&wish, wish.slot, hash});
      }
    }
  }
  if (wish.settings.told && wish.settings.threshold < kLowWishThreshold &&
      !wish.jobs.seekers.empty()) {
    text(low_[part], Text{&wish, wish.slot, 0});
  }
}

void WishPostings::Insert(StoredWish& wish) {
  if (free_.empty()) {
    wish.slot = slots_++;
  } else {
    wish.slot = free_.back();
    free_.pop_back();
  }
  const auto add = [this](auto& list, const auto& entry) {
    Own(list).push_back(entry);
  };
  VisitEntries(wish, add, add);
}

void WishPostings::Erase(const StoredWish& wish) {
  const auto erase = [this](auto& list, const auto& entry) {
    EraseFrom(list, entry.slot);
  };
  VisitEntries(wish, erase, erase);
  free_.push_back(wish.slot);
}

void WishPostings::Seal() { own_.clear(); }

}  // namespace heimweg::matching
