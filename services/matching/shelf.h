// Shelf: the writer of the offers of one kind. Batches of changes become small
// segments; merges keep their number small, as in a log-structured merge tree:
// once merging has caught up, each segment has more than kRatio times the rows
// of all smaller ones together. Small merges are done with the batch, large
// ones by who calls Merge, and neither stops a reader or, for longer than it
// takes to swap segments, a batch.
#ifndef HEIMWEG_SERVICES_MATCHING_SHELF_H_
#define HEIMWEG_SERVICES_MATCHING_SHELF_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/string_view.h"
#include "services/matching/segment.h"
#include "services/matching/snapshot.h"
#include "services/matching/terms.h"
#include "storage/mutex.h"

namespace heimweg::matching {

// Thread-safe; view() waits for no change longer than it takes to copy a
// pointer.
template <typename Columns>
class Shelf {
 public:
  // Merges of up to this many rows are done with the batch that makes them
  // due: about a millisecond.
  Shelf(uint32_t inline_merge_rows, std::shared_ptr<const Taxonomy> taxonomy);

  std::shared_ptr<const ShelfView<Columns>> view() const;

  // See Index::Apply and Index::Restart.
  void Apply(const typename Columns::WatchResponse& response);
  void Restart();

  // Does one large merge; false if none is due. Only one thread at a time.
  bool Merge();

 private:
  // A segment of the next view.
  struct Piece {
    std::shared_ptr<const Segment<Columns>> segment;
    std::shared_ptr<RowSet> dead;  // null: none
    uint32_t live = 0;
    bool dead_is_shared = false;  // then a change copies it first
    bool merging = false;         // by Merge, which alone may take it away

    SegmentView<Columns> View() const { return {segment, dead, live}; }
  };

  // A segment of the live rows of others.
  struct Merged {
    std::shared_ptr<Segment<Columns>> segment;
    // By source and row: the row in `segment`, or kNoRow.
    std::vector<std::vector<uint32_t>> new_rows;
  };
  static constexpr uint32_t kNoRow = UINT32_MAX;
  // What a segment has lies apart, so that a ranking looks into each, and into
  // more of a small one than its share: 600,000 jobs in ten segments, the
  // sizes powers of four, took it 1.4 times as long as in one. A row is
  // written again some 20 times for it, at less than a microsecond.
  static constexpr uint64_t kRatio = 8;
  // While it is filled anew it grows all the time, and a row is written again
  // some 6 times instead of 18.
  static constexpr uint64_t kRatioOfFill = 1;

  static Merged MergeLive(const std::vector<SegmentView<Columns>>& sources);

  void Write(const typename Columns::WatchResponse& response)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(writer_);
  void AddSegment(const std::vector<const typename Columns::Offer*>& offers)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(writer_);
  void Count(const Columns& columns, uint32_t row, int32_t change)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(writer_);
  void EraseRow(absl::string_view name) ABSL_EXCLUSIVE_LOCKS_REQUIRED(writer_);
  static void Kill(Piece& piece, uint32_t row);
  void EraseUnseen() ABSL_EXCLUSIVE_LOCKS_REQUIRED(writer_);
  // The pieces to merge next; empty if none are due. `small` asks for merges of
  // up to inline_merge_rows_, otherwise for those above.
  std::vector<Piece*> Due(bool small) ABSL_EXCLUSIVE_LOCKS_REQUIRED(writer_);
  void MergeSmall() ABSL_EXCLUSIVE_LOCKS_REQUIRED(writer_);
  void Finish(const std::vector<SegmentView<Columns>>& sources, Merged merged)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(writer_);
  void Publish() ABSL_EXCLUSIVE_LOCKS_REQUIRED(writer_);
  std::vector<uint8_t> Rarity() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(writer_);

  const uint32_t inline_merge_rows_;
  const std::shared_ptr<Dictionaries> terms_;
  storage::Mutex writer_;
  std::vector<Piece> pieces_ ABSL_GUARDED_BY(writer_);
  int64_t offers_ ABSL_GUARDED_BY(writer_) = 0;
  // Offers by number of counted term.
  std::vector<uint32_t> frequency_ ABSL_GUARDED_BY(writer_);
  std::optional<uint64_t> revision_ ABSL_GUARDED_BY(writer_);
  bool unpublished_ ABSL_GUARDED_BY(writer_) = false;
  std::optional<absl::flat_hash_set<std::string>> seen_
      ABSL_GUARDED_BY(writer_);
  mutable storage::Mutex reader_;
  std::shared_ptr<const ShelfView<Columns>> view_ ABSL_GUARDED_BY(reader_);
};

extern template class Shelf<JobColumns>;
extern template class Shelf<HomeColumns>;
extern template class Shelf<ContactColumns>;

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_SHELF_H_
