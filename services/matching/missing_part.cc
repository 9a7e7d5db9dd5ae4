#include "services/matching/missing_part.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

#include "services/matching/package_rules.h"
#include "services/matching/required_limits.h"
#include "services/matching/scan.h"

namespace heimweg::matching {
namespace {

// How much what is asked would have to change for a row, in the constraint's
// own unit; -1: it has no number.
int64_t ChangeFor(const JobQuery& query, const JobQuery::Row& at, size_t seeker,
                  v1::Constraint constraint) {
  const JobSeeker& asked = query.wish().seekers[seeker];
  switch (constraint) {
    case v1::CONSTRAINT_DATES:
      return int64_t{at.columns.record(at.row).start_day} -
             query.wish().latest_day.value_or(0);
    case v1::CONSTRAINT_SALARY:
      return int64_t{asked.floor.Hourly()} -
             at.columns.record(at.row).hourly_cents;
    case v1::CONSTRAINT_HOURS:
      return std::max<int64_t>(
          int64_t{asked.weekly.fewest} - at.columns.record(at.row).most_minutes,
          int64_t{at.columns.record(at.row).fewest_minutes} -
              asked.weekly.most);
    default:
      return -1;
  }
}
int64_t ChangeFor(const ContactQuery& /*query*/,
                  const ContactQuery::Row& /*at*/, size_t /*seeker*/,
                  v1::Constraint /*constraint*/) {
  return -1;
}

int32_t StartDay(const JobQuery::Row& at) {
  return at.columns.record(at.row).start_day;
}
int32_t StartDay(const ContactQuery::Row& /*at*/) { return kNoDay; }

// Looks at the offers for one part, the nearest cells first.
template <typename Query>
class Alternatives {
 public:
  Alternatives(const Query& query, size_t seeker, const CandidateSource& source,
               const WishedPart& part, const HomeSpot& home,
               int32_t earliest_day)
      : query_(query),
        seeker_(seeker),
        source_(source),
        part_(part),
        home_(home),
        earliest_day_(earliest_day) {}

  std::vector<v1::Relaxation> Find() {
    VisitCells();
    std::vector<v1::Relaxation> limits;
    if (nearest_chord_) {
      limits.push_back(
          AnchorLimitFor(part_.reach, places::DistanceMeters(*nearest_chord_)));
    }
    for (const auto& [constraint, least] : least_) {
      const auto at = RowOf(query_.view(), least.segment, least.row);
      for (v1::Relaxation& limit :
           RequiredLimits(query_, at, seeker_, constraint)) {
        limits.push_back(std::move(limit));
      }
    }
    return limits;
  }

 private:
  struct Least {
    int64_t change = 0;
    size_t segment = 0;
    uint32_t row = 0;
  };

  // The constraints that fail, a bit for each.
  uint32_t Failed(const typename Query::Row& at) const {
    uint32_t failed = 0;
    const auto collect = [&](v1::Constraint constraint, Outcome outcome) {
      if (outcome == Outcome::kFailed) failed |= 1U << constraint;
      return true;
    };
    query_.VisitHousehold(at, collect);
    query_.VisitSeeker(at, seeker_, collect);
    return failed;
  }

  // By change, then by name: in whatever order they came in.
  bool IsLess(const Least& a, const Least& b) const {
    if (a.change != b.change) return a.change < b.change;
    return source_.Name(static_cast<uint32_t>(a.segment), a.row) <
           source_.Name(static_cast<uint32_t>(b.segment), b.row);
  }

  void VisitCells() {
    PointBox spot;
    spot.Add(home_.point);
    std::vector<std::tuple<int64_t, size_t, size_t>> cells;
    for (size_t segment = 0; segment < source_.segments(); ++segment) {
      const auto& all = source_.Grid(segment).cells();
      for (size_t i = 0; i < all.size(); ++i) {
        if (all[i].key == CellGrid::kNowhere) continue;
        cells.emplace_back(LeastChordSquared(all[i].box, spot), segment, i);
      }
    }
    std::sort(cells.begin(), cells.end());
    for (const auto& [chord, segment, cell] : cells) {
      const bool within = chord <= part_.reach.chord_within;
      if (!within && nearest_chord_ && *nearest_chord_ <= chord) return;
      VisitCell(segment, source_.Grid(segment).cells()[cell]);
    }
  }

  void VisitCell(size_t segment, const CellGrid::Cell& cell) {
    const CellGrid& grid = source_.Grid(segment);
    for (const CellGrid::Group& group : grid.Groups(cell)) {
      if (source_.Bound(group.label).none) continue;
      for (const uint32_t row : grid.Rows(group)) {
        if (query_.view().segments[segment].IsLive(row)) Visit(segment, row);
      }
    }
  }

  void Visit(size_t segment, uint32_t row) {
    const auto at = RowOf(query_.view(), segment, row);
    const int64_t chord =
        places::ChordSquared(at.columns.common.point[row], home_.point);
    const bool within = chord <= part_.reach.chord_within;
    // Farther away only what may be the nearest counts.
    if (!within && nearest_chord_ && *nearest_chord_ <= chord) return;
    if (GapDays(earliest_day_, StartDay(at), home_.available_day) >
        kMostGapDays) {
      return;
    }
    const uint32_t failed = Failed(at);
    if (!within) {
      if (failed == 0) nearest_chord_ = chord;
      return;
    }
    if (std::popcount(failed) != 1) return;
    const auto constraint =
        static_cast<v1::Constraint>(std::countr_zero(failed));
    const int64_t change = ChangeFor(query_, at, seeker_, constraint);
    if (change < 0) return;
    const Least least = {change, segment, row};
    const auto [found, is_new] = least_.try_emplace(constraint, least);
    if (!is_new && IsLess(least, found->second)) found->second = least;
  }

  const Query& query_;
  const size_t seeker_;
  const CandidateSource& source_;
  const WishedPart& part_;
  const HomeSpot& home_;
  const int32_t earliest_day_;
  std::optional<int64_t> nearest_chord_;  // beyond the limit
  std::map<v1::Constraint, Least> least_;
};

}  // namespace

std::vector<v1::Relaxation> RequiredForPart(const PackageWish& wish,
                                            const FoundPackage& found,
                                            const PackageSearch& search,
                                            size_t part) {
  const HomeSpot& home = found.home.spot;
  if (!IsKnown(home.point)) return {};
  const WishedPart& wished = wish.parts[part];
  const CandidateSource& source = search.source(part);
  if (wished.kind == v1::PACKAGE_PART_KIND_JOB) {
    return Alternatives<JobQuery>(*search.job_query(), wished.index, source,
                                  wished, home, wish.home.earliest_day)
        .Find();
  }
  return Alternatives<ContactQuery>(search.contact_query(part), 0, source,
                                    wished, home, wish.home.earliest_day)
      .Find();
}

}  // namespace heimweg::matching
