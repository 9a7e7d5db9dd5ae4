// The pseudonymous cores of the stored profiles, by name, as rankings see them:
// with what the households said about offers (feedback_rules.h).
#ifndef HEIMWEG_SERVICES_MATCHING_PROFILE_SHELF_H_
#define HEIMWEG_SERVICES_MATCHING_PROFILE_SHELF_H_

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/string_view.h"
#include "heimweg/matching/v1/feedback.pb.h"
#include "heimweg/profiles/v1/profile_service.pb.h"
#include "services/matching/taxonomy.h"
#include "services/matching/wish_cells.h"
#include "services/matching/wish_postings.h"
#include "services/matching/wish_table.h"
#include "storage/mutex.h"

namespace heimweg::matching {

// The profiles at one revision of their store. Thread-safe, as it is const.
class ProfileView {
 public:
  // Null if there is none.
  std::shared_ptr<const profiles::v1::Profile> Find(
      absl::string_view name) const;
  // The same as it is indexed.
  std::shared_ptr<const StoredWish> FindWish(absl::string_view name) const;
  // What the household said about offers; empty if it said nothing.
  std::vector<v1::Feedback> FeedbackOf(absl::string_view name) const;
  int64_t size() const { return size_; }

  // Calls visit(profile) for each, in no order.
  template <typename Visit>
  void VisitAll(Visit visit) const {
    for (const auto& bucket : buckets_) {
      if (bucket == nullptr) continue;
      for (const auto& [name, stored] : *bucket) visit(*stored->core);
    }
  }

  // Calls visit(wish) for each, in no order.
  template <typename Visit>
  void VisitWishes(Visit visit) const {
    for (const auto& bucket : buckets_) {
      if (bucket == nullptr) continue;
      for (const auto& [name, stored] : *bucket) visit(*stored);
    }
  }

  // By where they look.
  const WishCells& cells() const { return cells_; }
  // By slot.
  const WishTable& table() const { return table_; }
  // By what they ask of jobs.
  const WishPostings& postings() const { return postings_; }

  // Nothing before the store was once read to its end.
  std::optional<uint64_t> revision;

 private:
  friend class ProfileShelf;

  using Bucket =
      absl::flat_hash_map<std::string, std::shared_ptr<const StoredWish>>;
  // A change copies its bucket and the array: some tens of microseconds at
  // 1,000,000 profiles.
  static constexpr size_t kBuckets = 1024;
  static size_t BucketOf(absl::string_view name);
  // `wish` was inserted everywhere but into its bucket.
  void Remove(const StoredWish& wish);

  std::array<std::shared_ptr<const Bucket>, kBuckets> buckets_;  // may be null
  WishCells cells_;
  WishTable table_;
  WishPostings postings_;
  int64_t size_ = 0;
};

// The writer. Thread-safe; view() waits for no change longer than it takes to
// copy a pointer.
class ProfileShelf {
 public:
  // The taxonomy is that of the jobs, and never null.
  explicit ProfileShelf(std::shared_ptr<const Taxonomy> taxonomy);

  std::shared_ptr<const ProfileView> view() const;

  // See Index::Apply and Index::Restart.
  void Apply(const profiles::v1::WatchProfilesResponse& response);
  void Restart();

  // Replaces the feedback of a profile, which may come later than this and
  // takes it along when it is erased. It counts at once.
  void SetFeedback(const std::string& profile,
                   std::vector<v1::Feedback> feedback);

  // Of all profiles, by name.
  using AllFeedback =
      absl::flat_hash_map<std::string,
                          std::shared_ptr<const std::vector<v1::Feedback>>>;
  AllFeedback feedback() const;
  // As SetFeedback for each, before the first profile comes.
  void StartWithFeedback(AllFeedback feedback);
  // Forgets what was said by profiles that are not here.
  void DropStrayFeedback();

 private:
  void Put(const profiles::v1::Profile& profile)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(writer_);
  void Erase(absl::string_view name) ABSL_EXCLUSIVE_LOCKS_REQUIRED(writer_);
  void EraseUnseen() ABSL_EXCLUSIVE_LOCKS_REQUIRED(writer_);
  void Publish() ABSL_EXCLUSIVE_LOCKS_REQUIRED(writer_);

  const std::shared_ptr<const Taxonomy> taxonomy_;
  mutable storage::Mutex writer_;
  AllFeedback feedback_ ABSL_GUARDED_BY(writer_);
  ProfileView next_ ABSL_GUARDED_BY(writer_);
  bool open_ ABSL_GUARDED_BY(writer_) = false;  // a cut is under way
  std::optional<absl::flat_hash_set<std::string>> seen_
      ABSL_GUARDED_BY(writer_);
  mutable storage::Mutex reader_;
  std::shared_ptr<const ProfileView> view_ ABSL_GUARDED_BY(reader_);
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_PROFILE_SHELF_H_
