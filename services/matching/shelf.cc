#include "services/matching/shelf.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <tuple>

#include "absl/container/flat_hash_map.h"
#include "services/matching/features/skills.h"

namespace heimweg::matching {
namespace {

// Only some kinds count their terms.
template <typename Columns>
constexpr bool kCountsTerms = requires(const Columns& columns) {
  columns.VisitCounted(0U, [](uint32_t) {});
};

// A live row of a segment that is merged.
struct Moved {
  uint64_t place = 0;
  uint32_t source = 0;
  uint32_t row = 0;
};

// Only some kinds sum up the rarity of what a row has.
template <typename Columns>
constexpr bool kSumsRarity = requires(const Columns& columns) {
  columns.skill_rarities();
};

// The live rows of all sources, those that are alike beside each other.
template <typename Columns>
std::vector<Moved> InOrder(const std::vector<SegmentView<Columns>>& sources) {
  std::vector<Moved> moved;
  for (uint32_t source = 0; source < sources.size(); ++source) {
    const Segment<Columns>& segment = *sources[source].segment;
    for (uint32_t row = 0; row < segment.rows(); ++row) {
      if (!sources[source].IsLive(row)) continue;
      moved.push_back({segment.columns.PlaceInOrder(row), source, row});
    }
  }
  std::sort(moved.begin(), moved.end(), [](const Moved& a, const Moved& b) {
    return std::tie(a.place, a.source, a.row) <
           std::tie(b.place, b.source, b.row);
  });
  return moved;
}

}  // namespace

template <typename Columns>
Shelf<Columns>::Shelf(uint32_t inline_merge_rows,
                      std::shared_ptr<const Taxonomy> taxonomy)
    : inline_merge_rows_(inline_merge_rows),
      terms_(std::make_shared<Dictionaries>(std::move(taxonomy))) {
  auto empty = std::make_shared<ShelfView<Columns>>();
  empty->terms = terms_;
  view_ = std::move(empty);
}

template <typename Columns>
std::shared_ptr<const ShelfView<Columns>> Shelf<Columns>::view() const {
  const storage::MutexLock lock(reader_);
  return view_;
}

template <typename Columns>
void Shelf<Columns>::Apply(const typename Columns::WatchResponse& response) {
  const storage::MutexLock lock(writer_);
  unpublished_ = true;
  Write(response);
  MergeSmall();
  if (!response.complete()) return;
  EraseUnseen();
  revision_ = response.revision();
  Publish();
}

template <typename Columns>
void Shelf<Columns>::Restart() {
  const storage::MutexLock lock(writer_);
  seen_.emplace();
}

template <typename Columns>
void Shelf<Columns>::Write(const typename Columns::WatchResponse& response) {
  // Of several changes of one offer the last counts.
  absl::flat_hash_map<absl::string_view, int> last;
  const auto name_of = [](const typename Columns::Change& change) {
    const typename Columns::Offer* offer = Columns::OfferOf(change);
    return absl::string_view(offer != nullptr ? offer->name()
                                              : change.deleted_name());
  };
  for (int i = 0; i < response.changes_size(); ++i) {
    last[name_of(response.changes(i))] = i;
  }
  std::vector<const typename Columns::Offer*> offers;
  for (int i = 0; i < response.changes_size(); ++i) {
    const absl::string_view name = name_of(response.changes(i));
    if (last[name] != i) continue;
    EraseRow(name);
    const typename Columns::Offer* offer =
        Columns::OfferOf(response.changes(i));
    if (offer != nullptr) offers.push_back(offer);
    if (seen_ && offer != nullptr) seen_->emplace(name);
    if (seen_ && offer == nullptr) seen_->erase(name);
  }
  if (!offers.empty()) AddSegment(offers);
}

template <typename Columns>
void Shelf<Columns>::AddSegment(
    const std::vector<const typename Columns::Offer*>& offers) {
  auto segment = std::make_shared<Segment<Columns>>();
  segment->columns.Reserve(offers.size(), 0);
  for (const typename Columns::Offer* offer : offers) {
    segment->columns.Append(*offer, *terms_);
    segment->cards.Append(Columns::CardOf(*offer));
  }
  segment->Seal();
  const uint32_t rows = segment->rows();
  for (uint32_t row = 0; row < rows; ++row) Count(segment->columns, row, 1);
  offers_ += rows;
  Piece piece;
  piece.segment = std::move(segment);
  piece.live = rows;
  pieces_.push_back(std::move(piece));
}

template <typename Columns>
void Shelf<Columns>::Count(const Columns& columns, uint32_t row,
                           int32_t change) {
  if constexpr (kCountsTerms<Columns>) {
    // The analysis does not see that the caller's lock is held in here, too.
    columns.VisitCounted(row,
                         [&](uint32_t term) ABSL_NO_THREAD_SAFETY_ANALYSIS {
                           if (term >= frequency_.size())
                             frequency_.resize(term + 1);
                           frequency_[term] += static_cast<uint32_t>(change);
                         });
  }
}

template <typename Columns>
void Shelf<Columns>::EraseRow(absl::string_view name) {
  for (size_t i = pieces_.size(); i-- > 0;) {
    Piece& piece = pieces_[i];
    const auto row = piece.segment->cards.Find(name);
    if (!row || (piece.dead != nullptr && piece.dead->Contains(*row))) continue;
    Count(piece.segment->columns, *row, -1);
    Kill(piece, *row);
    --offers_;
    return;
  }
}

template <typename Columns>
void Shelf<Columns>::Kill(Piece& piece, uint32_t row) {
  if (piece.dead == nullptr) {
    piece.dead = std::make_shared<RowSet>(piece.segment->rows());
  } else if (piece.dead_is_shared) {
    piece.dead = std::make_shared<RowSet>(*piece.dead);
  }
  piece.dead_is_shared = false;
  piece.dead->Insert(row);
  --piece.live;
}

template <typename Columns>
void Shelf<Columns>::EraseUnseen() {
  if (!seen_) return;
  for (Piece& piece : pieces_) {
    for (uint32_t row = 0; row < piece.segment->rows(); ++row) {
      if (piece.dead != nullptr && piece.dead->Contains(row)) continue;
      if (seen_->contains(piece.segment->cards.NameAt(row))) continue;
      Count(piece.segment->columns, row, -1);
      Kill(piece, row);
      --offers_;
    }
  }
  seen_.reset();
}

template <typename Columns>
std::vector<typename Shelf<Columns>::Piece*> Shelf<Columns>::Due(bool small) {
  const auto is_due = [&](uint64_t rows) {
    return (rows <= inline_merge_rows_) == small;
  };
  std::vector<Piece*> by_size;
  for (Piece& piece : pieces_) {
    if (piece.merging) continue;
    // A segment that is mostly dead is rewritten alone.
    if (piece.live * 2 < piece.segment->rows() && is_due(piece.live)) {
      return {&piece};
    }
    if (piece.live > 0) by_size.push_back(&piece);
  }
  std::stable_sort(by_size.begin(), by_size.end(),
                   [](Piece* a, Piece* b) { return a->live > b->live; });
  const uint64_t ratio = seen_ ? kRatioOfFill : kRatio;
  size_t first = by_size.size();
  uint64_t smaller = 0;
  for (size_t i = by_size.size(); i-- > 1;) {
    smaller += by_size[i]->live;
    const uint64_t greater = by_size[i - 1]->live;
    if (smaller * ratio >= greater && is_due(smaller + greater)) first = i - 1;
  }
  by_size.erase(by_size.begin(),
                by_size.begin() + static_cast<ptrdiff_t>(first));
  return by_size;
}

template <typename Columns>
typename Shelf<Columns>::Merged Shelf<Columns>::MergeLive(
    const std::vector<SegmentView<Columns>>& sources) {
  Merged merged;
  merged.segment = std::make_shared<Segment<Columns>>();
  Columns& columns = merged.segment->columns;
  size_t rows = 0;
  size_t listed = 0;
  for (const SegmentView<Columns>& source : sources) {
    rows += source.live;
    listed += source.segment->columns.listed();
    merged.new_rows.emplace_back(source.segment->rows(), kNoRow);
  }
  columns.Reserve(rows, listed);
  for (const Moved& moved : InOrder(sources)) {
    const Segment<Columns>& source = *sources[moved.source].segment;
    merged.new_rows[moved.source][moved.row] = merged.segment->cards.rows();
    columns.AppendFrom(source.columns, moved.row);
    merged.segment->cards.Append(source.cards.At(moved.row));
  }
  merged.segment->Seal();
  return merged;
}

template <typename Columns>
void Shelf<Columns>::MergeSmall() {
  for (auto due = Due(true); !due.empty(); due = Due(true)) {
    std::vector<SegmentView<Columns>> sources;
    sources.reserve(due.size());
    for (const Piece* piece : due) sources.push_back(piece->View());
    Finish(sources, MergeLive(sources));
  }
}

template <typename Columns>
bool Shelf<Columns>::Merge() {
  std::vector<SegmentView<Columns>> sources;
  {
    const storage::MutexLock lock(writer_);
    for (Piece* piece : Due(false)) {
      piece->merging = true;
      piece->dead_is_shared = true;
      sources.push_back(piece->View());
    }
  }
  if (sources.empty()) return false;
  Merged merged = MergeLive(sources);
  const storage::MutexLock lock(writer_);
  Finish(sources, std::move(merged));
  // In the midst of a cut the merged segment waits for its end.
  if (!unpublished_) Publish();
  return true;
}

template <typename Columns>
void Shelf<Columns>::Finish(const std::vector<SegmentView<Columns>>& sources,
                            Merged merged) {
  Piece result;
  result.live = merged.segment->rows();
  result.segment = std::move(merged.segment);
  for (size_t i = 0; i < sources.size(); ++i) {
    const auto piece = std::find_if(
        pieces_.begin(), pieces_.end(),
        [&](const Piece& p) { return p.segment == sources[i].segment; });
    // Rows that died since the merge began are dead in its result.
    const std::vector<uint32_t>& new_rows = merged.new_rows[i];
    const bool changed = piece->dead != sources[i].dead;
    for (uint32_t row = 0; changed && row < new_rows.size(); ++row) {
      if (new_rows[row] == kNoRow || !piece->dead->Contains(row)) continue;
      Kill(result, new_rows[row]);
    }
    pieces_.erase(piece);
  }
  if (result.live > 0) pieces_.push_back(std::move(result));
}

template <typename Columns>
void Shelf<Columns>::Publish() {
  auto view = std::make_shared<ShelfView<Columns>>();
  view->offers = offers_;
  view->rarity = Rarity();
  for (Piece& piece : pieces_) {
    piece.dead_is_shared = true;
    view->segments.push_back(piece.View());
    if constexpr (kSumsRarity<Columns>) {
      view->rarity_shares.push_back(
          piece.segment->columns.skill_rarities().LeastShare(view->rarity));
    }
  }
  view->terms = terms_;
  view->revision = revision_;
  unpublished_ = false;
  // The older view is freed after the lock is.
  std::shared_ptr<const ShelfView<Columns>> shown = std::move(view);
  const storage::MutexLock lock(reader_);
  view_.swap(shown);
}

template <typename Columns>
std::vector<uint8_t> Shelf<Columns>::Rarity() const {
  std::vector<uint8_t> rarity(frequency_.size());
  const auto offers = static_cast<uint32_t>(offers_);
  for (size_t term = 0; term < rarity.size(); ++term) {
    rarity[term] = static_cast<uint8_t>(SkillRarity(offers, frequency_[term]));
  }
  return rarity;
}

template class Shelf<JobColumns>;
template class Shelf<HomeColumns>;
template class Shelf<ContactColumns>;

}  // namespace heimweg::matching
