// FilterRows: looks the half bytes of a block of jobs (job_planes.h) up in
// tables of what a row loses against the best there could be, all rows at once.
// The tables are made by row_filter.h.
#ifndef HEIMWEG_SERVICES_MATCHING_FILTER_ROWS_H_
#define HEIMWEG_SERVICES_MATCHING_FILTER_ROWS_H_

#include <array>
#include <cstddef>
#include <cstdint>

#include "services/matching/avx2.h"
#include "services/matching/job_planes.h"
#include "services/matching/quick_distance.h"

namespace heimweg::matching {

struct RowTables {
  int shift = 0;  // a byte's unit of losses is 2^shift
  // What a row loses, by JobHalves. By skills and remote: it loses no more by
  // SKILLS and DISTANCE.
  std::array<ByteTable, kHalves> losses{};
  // By SKILLS a row loses (255 - share) x share_loss / 2^8.
  uint16_t share_loss = 0;  // at most INT16_MAX
};

struct FilteredRows {
  uint64_t rows = 0;  // that may reach what is asked for, a bit for each
  // By row, cut to 255: what it loses by SKILLS, and by all but SKILLS and
  // DISTANCE.
  std::array<uint8_t, kBlockRows> skills{};
  std::array<uint8_t, kBlockRows> others{};
};

// A row stays if the sum of its losses is at most `most`, 0 to 254. Of the four
// digits of a code, and of the fewest and the most hours, the greatest loss
// counts. `shares` are SkillShares::Of. The two give the same rows; the
// first takes what the processor has.
void FilterRows(const JobPlanes::Block& block, const uint8_t* shares,
                const DistanceLosses& distances, const RowTables& tables,
                uint8_t most, FilteredRows& rows);
void FilterRowsOneByOne(const JobPlanes::Block& block, const uint8_t* shares,
                        const DistanceLosses& distances,
                        const RowTables& tables, uint8_t most,
                        FilteredRows& rows);

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_FILTER_ROWS_H_
