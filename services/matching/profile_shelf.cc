#include "services/matching/profile_shelf.h"

#include <utility>
#include <vector>

#include "absl/hash/hash.h"
#include "services/matching/feedback_rules.h"

namespace heimweg::matching {

size_t ProfileView::BucketOf(absl::string_view name) {
  return absl::Hash<absl::string_view>()(name) % kBuckets;
}

std::shared_ptr<const profiles::v1::Profile> ProfileView::Find(
    absl::string_view name) const {
  const std::shared_ptr<const Bucket>& bucket = buckets_[BucketOf(name)];
  if (bucket == nullptr) return nullptr;
  const auto found = bucket->find(name);
  return found == bucket->end() ? nullptr : found->second.core;
}

std::vector<v1::Feedback> ProfileView::FeedbackOf(
    absl::string_view name) const {
  const std::shared_ptr<const Bucket>& bucket = buckets_[BucketOf(name)];
  if (bucket == nullptr) return {};
  const auto found = bucket->find(name);
  if (found == bucket->end() || found->second.feedback == nullptr) return {};
  return *found->second.feedback;
}

ProfileShelf::ProfileShelf() : view_(std::make_shared<ProfileView>()) {}

std::shared_ptr<const ProfileView> ProfileShelf::view() const {
  const storage::MutexLock lock(reader_);
  return view_;
}

void ProfileShelf::Apply(const profiles::v1::WatchProfilesResponse& response) {
  const storage::MutexLock lock(writer_);
  open_ = !response.complete();
  for (const profiles::v1::ProfileChange& change : response.changes()) {
    if (change.has_profile()) {
      Put(change.profile());
    } else {
      Erase(change.deleted_name());
    }
  }
  if (!response.complete()) return;
  EraseUnseen();
  next_.revision = response.revision();
  Publish();
}

void ProfileShelf::SetFeedback(const std::string& profile,
                               std::vector<v1::Feedback> feedback) {
  const storage::MutexLock lock(writer_);
  feedback_[profile] =
      std::make_shared<const std::vector<v1::Feedback>>(std::move(feedback));
  const auto& bucket = next_.buckets_[ProfileView::BucketOf(profile)];
  if (bucket == nullptr) return;
  const auto stored = bucket->find(profile);
  if (stored == bucket->end()) return;
  // Put changes the bucket, which holds it.
  const auto plain = stored->second.plain;
  const bool seen = seen_ && seen_->contains(profile);
  Put(*plain);
  if (seen_ && !seen) seen_->erase(profile);
  // Not in the middle of a cut: its end publishes this, too.
  if (!seen_ && !open_) Publish();
}

void ProfileShelf::Publish() {
  auto view = std::make_shared<const ProfileView>(next_);
  const storage::MutexLock publish(reader_);
  view_.swap(view);
}

void ProfileShelf::Restart() {
  const storage::MutexLock lock(writer_);
  seen_.emplace();
}

void ProfileShelf::Put(const profiles::v1::Profile& profile) {
  auto plain = std::make_shared<profiles::v1::Profile>(profile);
  plain->clear_personal();
  std::shared_ptr<const profiles::v1::Profile> core = plain;
  const auto said = feedback_.find(profile.name());
  const auto feedback = said == feedback_.end() ? nullptr : said->second;
  if (feedback != nullptr) {
    core = std::make_shared<profiles::v1::Profile>(
        WithFeedback(*plain, *feedback));
  }
  auto& bucket = next_.buckets_[ProfileView::BucketOf(profile.name())];
  auto changed = bucket == nullptr
                     ? std::make_shared<ProfileView::Bucket>()
                     : std::make_shared<ProfileView::Bucket>(*bucket);
  auto anchors = std::make_shared<std::vector<Anchor>>();
  for (const profiles::v1::Anchor& anchor : profile.anchors()) {
    anchors->push_back(AnchorOf(anchor));
  }
  if (changed
          ->insert_or_assign(
              profile.name(),
              ProfileView::Stored{std::move(core), std::move(anchors),
                              std::move(plain), feedback})
          .second) {
    ++next_.size_;
  }
  bucket = std::move(changed);
  if (seen_) seen_->insert(profile.name());
}

void ProfileShelf::Erase(absl::string_view name) {
  feedback_.erase(name);
  auto& bucket = next_.buckets_[ProfileView::BucketOf(name)];
  if (bucket == nullptr || !bucket->contains(name)) return;
  auto changed = std::make_shared<ProfileView::Bucket>(*bucket);
  changed->erase(name);
  --next_.size_;
  bucket = std::move(changed);
  if (seen_) seen_->erase(name);
}

void ProfileShelf::EraseUnseen() {
  if (!seen_) return;
  // clang does not see through a lambda which locks are held.
  const absl::flat_hash_set<std::string>& seen = *seen_;
  std::vector<std::string> unseen;
  next_.VisitAll([&](const profiles::v1::Profile& profile) {
    if (!seen.contains(profile.name())) unseen.push_back(profile.name());
  });
  seen_.reset();
  for (const std::string& name : unseen) Erase(name);
}

}  // namespace heimweg::matching
