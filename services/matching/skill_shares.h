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
  uint8_t* shares = nullptr;  // by lists; then all
};

// Adds what is shared of common skills; returns the greatest share. Of jobs
// that ask for nothing it is the neutral value, of those that ask for little
// all if anything is shared. The two give the same; the first takes what the
// processor has.
uint8_t AddCommonShares(const ShareTables& tables, const ShareBytes& block);
uint8_t AddCommonSharesOneByOne(const ShareTables& tables,
                                const ShareBytes& block);

// Thread-compatible: what is asked for is found then. The query must outlive
// it.
class SkillShares {
 public:
  static constexpr uint8_t kAll = 255;

  // In the first order of segments or in the other.
  SkillShares(const JobQuery& query, size_t seeker, bool other);

  // At least the share of each row of the blocks [first, last) of a segment;
  // kAll of many blocks. They begin where a node of the tree does.
  uint8_t MostOf(size_t segment, uint32_t first, uint32_t last);

  // Of each row of a block. Valid as long as this.
  const uint8_t* OfBlock(size_t segment, uint32_t block);

 private:
  // Blocks whose shares are found together: those of a node of a tree.
  static constexpr uint32_t kGroup = kFanOut * kFanOut;
  static constexpr uint32_t kGroupPlaces = kGroup * kBlockRows;
  static_assert(SkillIndex::kChunk % kGroupPlaces == 0);

  // The jobs of a chunk that ask for a skill of the seeker.
  struct List {
    absl::Span<const uint16_t> asking;  // SkillIndex::Asking
    uint32_t rarity = 0;
  };
  struct Lists {
    bool found = false;
    std::vector<List> all;
  };

  // What is known of a segment once it was asked for.
  struct Known {
    const SkillIndex* index = nullptr;
    ShareTables tables;
    // By SkillIndex::asked: asked x gain, and, of jobs that ask for little,
    // enough for all.
    std::array<uint32_t, 256> gains{};
    std::vector<Lists> lists;           // by chunk
    std::vector<uint8_t> found;         // by group
    std::unique_ptr<uint8_t[]> shares;  // by place, of groups that are found
    std::vector<uint8_t> most;          // by block, of the same
  };

  void Enter(size_t segment, Known& known) const;
  static void SetAllShared(Known& known);
  // False if a sum may be too great for its byte.
  bool FillCommon(Known& known) const;
  const std::vector<List>& ListsOf(size_t chunk, Known& known) const;
  void AddLists(uint32_t group, Known& known) const;
  void Find(uint32_t group, Known& known) const;
  Known& Of(size_t segment, uint32_t block);

  const JobQuery& query_;
  const size_t seeker_;
  const bool other_;
  std::vector<std::unique_ptr<Known>> known_;
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_SKILL_SHARES_H_
