// SkillShares: how much of the skills that each job asks for one seeker has at
// most, by the lists of those that few jobs ask for and by bits of the others
// (skill_index.h). A search leaves out by it whole blocks, and rows of blocks,
// that share too little.
//
// A share is a byte, in 255ths: SKILLS is at most share / 255. Sums are of what
// the view says of rarities and of the least that a job asks for
// (SkillRarities::LeastShare), rounded up.
#ifndef HEIMWEG_SERVICES_MATCHING_SKILL_SHARES_H_
#define HEIMWEG_SERVICES_MATCHING_SKILL_SHARES_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "absl/types/span.h"
#include "services/matching/avx2.h"
#include "services/matching/block_tree.h"
#include "services/matching/job_query.h"
#include "services/matching/skill_index.h"

namespace heimweg::matching {

// What is needed beside lists: by half byte of SkillIndex::common_of, twice the
// sum of the rarities of the seeker's skills that its bits stand for; 255 for
// all bits at most.
struct ShareTables {
  ByteTable low{};
  ByteTable high{};
  // A sum of weights and rarities is, of what a job asks for, sum x asked x
  // gain / 2^16 255ths.
  uint16_t gain = 0;
};

// The rows of one block, each array by row.
struct ShareBytes {
  const uint8_t* asked = nullptr;
  const uint8_t* common = nullptr;
  // The sum of weights and rarities of what is shared by lists, 255 for all
  // above; then the share.
  uint8_t* shares = nullptr;
};

// Makes shares of sums, with what is shared of common skills; returns the
// greatest share. Of jobs that ask for nothing it is the neutral value, of
// those that ask for little all if anything is shared. The two give the same;
// the first takes what the processor has.
uint8_t FindShares(const ShareTables& tables, const ShareBytes& block);
uint8_t FindSharesOneByOne(const ShareTables& tables, const ShareBytes& block);

// Thread-compatible: what is asked for is found then. The query must outlive
// it.
class SkillShares {
 public:
  static constexpr uint8_t kAll = 255;

  SkillShares(const JobQuery& query, size_t seeker);

  // Of the rows of a block, and the greatest of them. Valid as long as this.
  struct OfBlock {
    const uint8_t* shares = nullptr;
    uint8_t most = kAll;
  };
  // Blocks that are found together. Valid as long as this.
  class Blocks;
  // Those that a block of a segment is among.
  Blocks With(size_t segment, uint32_t block);
  OfBlock Of(size_t segment, uint32_t block);
  // For blocks of a node that are asked for soon.
  void Prefetch(size_t segment, HalfOpen blocks);

 private:
  // Blocks whose lists are added together.
  static constexpr uint32_t kGroupPlaces = SkillIndex::kGroup;
  static constexpr uint32_t kGroup = kGroupPlaces / kBlockRows;

  // A skill of the seeker that jobs of a segment ask for.
  struct Listed {
    uint32_t skill = 0;  // SkillIndex::Find
    uint32_t rarity = 0;
  };

  // What is known of the blocks of a group once one was asked for.
  struct Group {
    std::array<uint8_t, kGroupPlaces> shares;  // sums, of blocks not found yet
    std::array<uint8_t, kGroup> most;          // by block that was found
    std::array<bool, kGroup> found;            // by block
  };

  // What is known of a segment once it was asked for.
  struct Known {
    const SkillIndex* index = nullptr;  // null: all may be shared
    ShareTables tables;
    std::vector<Listed> listed;
    // One piece of memory, which is touched where it is used.
    std::unique_ptr<Group[]> groups;
    std::vector<bool> asked;  // by group
  };

  void Enter(size_t segment, Known& known) const;
  // False if a sum may be too great for its byte.
  bool FillCommon(Known& known) const;
  void FindListed(Known& known) const;
  static void PrefetchLists(uint32_t group, const Known& known);
  void AddLists(uint32_t group, Known& known) const;
  static void Find(uint32_t block, const Known& known, Group& group);
  Known& KnownOf(size_t segment);

  const JobQuery& query_;
  const size_t seeker_;
  std::vector<std::unique_ptr<Known>> known_;
};

class SkillShares::Blocks {
 public:
  Blocks(const Known& known, Group& group) : known_(&known), group_(&group) {}

  OfBlock Of(uint32_t block) const {
    const size_t at = block % kGroup;
    if (!group_->found[at]) Find(block, *known_, *group_);
    return {group_->shares.data() + at * kBlockRows, group_->most[at]};
  }

 private:
  const Known* known_;
  Group* group_;
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_SKILL_SHARES_H_
