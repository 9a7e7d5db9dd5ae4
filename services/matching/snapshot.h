// Snapshot: everything that is indexed, as of one revision of each watched
// store. It never changes; who holds it reads without locks.
#ifndef HEIMWEG_SERVICES_MATCHING_SNAPSHOT_H_
#define HEIMWEG_SERVICES_MATCHING_SNAPSHOT_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/matching/contact_summary.h"
#include "services/matching/home_summary.h"
#include "services/matching/job_summary.h"
#include "services/matching/profile_shelf.h"
#include "services/matching/segment.h"
#include "services/matching/terms.h"

namespace heimweg::matching {

// What one kind of offer takes.
struct MemoryUse {
  int64_t offers = 0;
  int64_t scoring_bytes = 0;  // columns, lists, deletions
  int64_t card_bytes = 0;     // names, cards, texts of terms
};

// The offers of one kind at one revision of their store.
template <typename Columns>
struct ShelfView {
  std::vector<SegmentView<Columns>> segments;
  int64_t offers = 0;
  // By number of a counted term (terms.h), 1 to 20: see features/skills.h. It
  // follows from the offers alone, however they came in. Numbers beyond its
  // end belong to no offer here.
  std::vector<uint8_t> rarity;
  // By segment, of kinds that sum up rarities: SkillRarities::LeastShare.
  std::vector<int32_t> rarity_shares;
  std::shared_ptr<const Dictionaries> terms;
  // Nothing before the store was once read to its end.
  std::optional<uint64_t> revision;

  // Where an offer stands: the index of its segment, and its row there.
  std::optional<std::pair<size_t, uint32_t>> Find(
      absl::string_view name) const {
    for (size_t i = segments.size(); i-- > 0;) {
      const auto row = segments[i].segment->cards.Find(name);
      if (row && segments[i].IsLive(*row)) return std::pair(i, *row);
    }
    return std::nullopt;
  }

  MemoryUse Memory() const {
    MemoryUse use;
    use.offers = offers;
    use.scoring_bytes = static_cast<int64_t>(
        rarity.size() + rarity_shares.size() * sizeof(int32_t));
    use.card_bytes = terms->Bytes();
    for (const SegmentView<Columns>& view : segments) {
      use.scoring_bytes += view.segment->columns.Bytes();
      use.scoring_bytes += view.segment->blocks.Bytes();
      use.scoring_bytes += view.segment->names.Bytes();
      if (view.dead != nullptr) use.scoring_bytes += view.dead->Bytes();
      use.card_bytes += view.segment->cards.Bytes();
    }
    return use;
  }
};

// The pointers are never null. Thread-safe, as it is const.
struct Snapshot {
  std::shared_ptr<const ShelfView<JobColumns>> jobs;
  std::shared_ptr<const ShelfView<HomeColumns>> homes;
  std::shared_ptr<const ShelfView<ContactColumns>> contacts;
  std::shared_ptr<const ProfileView> profiles;

  // True once every store has been read to its end.
  bool ready() const {
    return jobs->revision && homes->revision && contacts->revision &&
           profiles->revision;
  }
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_SNAPSHOT_H_
