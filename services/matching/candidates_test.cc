// Property tests: before it is read no candidate has less than it turns out to
// have, and none is left out.
#include "services/matching/candidates.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <vector>

#include "absl/time/time.h"
#include "services/matching/index.h"
#include "services/matching/testing/feeding.h"
#include "services/matching/testing/world.h"
#include "tests/support/sanitized.h"

namespace heimweg::matching::testing {
namespace {

// Segments in which some skills are rare.
constexpr int kOffers = 600;
constexpr IndexOptions kSomeMerges = {false, 512};
constexpr uint64_t kWorlds = heimweg::testing::Cases(6);
constexpr int kHouseholds = 6;

struct Seen {
  int64_t candidates = 0;
  int64_t below = 0;  // with a bound below that of their label
};

template <typename Response, typename Make>
void PutAll(Index& index, Make make) {
  Feeding<Response> feeding(index);
  for (int id = 0; id < kOffers; ++id) {
    feeding.Put(make(id));
    if (feeding.pending() == kOffers / 4) feeding.Apply();
  }
  feeding.Apply();
  while (index.Merge()) continue;
}

void ExpectTrueBounds(CandidateSource& source, Seen& seen) {
  for (size_t segment = 0; segment < source.segments(); ++segment) {
    const CellGrid& grid = source.Grid(segment);
    for (const CellGrid::Cell& cell : grid.cells()) {
      for (const CellGrid::Group& group : grid.Groups(cell)) {
        const LabelBound of_label = source.Bound(group.label);
        if (of_label.none) continue;
        std::vector<UnreadRow> unread;
        source.AddUnread(segment, group.label, grid.Rows(group), unread);
        for (const uint32_t row : grid.Rows(group)) {
          const auto known = std::find_if(
              unread.begin(), unread.end(),
              [row](const UnreadRow& one) { return one.row == row; });
          const auto candidate = source.Read(segment, row);
          if (!candidate) continue;
          ++seen.candidates;
          ASSERT_NE(known, unread.end()) << "row " << row;
          ASSERT_LE(candidate->base, known->base) << "row " << row;
          ASSERT_LE(known->base, of_label.base);
          if (known->base < of_label.base) ++seen.below;
        }
      }
    }
  }
}

void Ask(const Snapshot& snapshot, const profiles::v1::Profile& profile,
         Seen& seen) {
  const auto wish =
      CompilePackageWish({}, profile, absl::FromUnixSeconds(kWorldNow));
  if (!wish.ok()) return;  // more adults than packages are made for
  for (const WishedPart& part : wish->parts) {
    if (part.kind == v1::PACKAGE_PART_KIND_JOB) {
      const JobQuery query(*snapshot.jobs, wish->jobs);
      JobCandidates jobs(query, part.index);
      ExpectTrueBounds(jobs, seen);
    } else {
      const ContactQuery query(*snapshot.contacts, wish->contacts[part.index]);
      ContactCandidates contacts(query, part.kind);
      ExpectTrueBounds(contacts, seen);
    }
  }
}

class CandidatesTest : public ::testing::TestWithParam<Flavour> {};

TEST_P(CandidatesTest, NoneIsWorthMoreThanIsSaidOfItBefore) {
  Seen seen;
  for (uint64_t i = 0; i < kWorlds && !HasFatalFailure(); ++i) {
    WorldMaker maker(i * kFlavours + static_cast<uint64_t>(GetParam()),
                     GetParam());
    Index index(kSomeMerges);
    PutAll<jobs::v1::WatchJobsResponse>(index,
                                        [&](int id) { return maker.Job(id); });
    PutAll<contacts::v1::WatchContactsResponse>(
        index, [&](int id) { return maker.Contact(id); });
    for (int n = 0; n < kHouseholds; ++n) {
      Ask(index.snapshot(), maker.Profile(kOffers), seen);
    }
  }
  EXPECT_GT(seen.candidates, 0);
  EXPECT_GT(seen.below, 0);
}

INSTANTIATE_TEST_SUITE_P(Worlds, CandidatesTest,
                         ::testing::Values(Flavour::kUsual, Flavour::kTies,
                                           Flavour::kAllMatch,
                                           Flavour::kExtremes,
                                           Flavour::kUnknown));

}  // namespace
}  // namespace heimweg::matching::testing
