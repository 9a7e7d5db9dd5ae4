#include "services/matching/profile_shelf.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/hash/hash.h"
#include "services/matching/feedback_rules.h"
#include "services/matching/terms.h"

namespace heimweg::matching {

size_t ProfileView::BucketOf(absl::string_view name) {
  return absl::Hash<absl::string_view>()(name) % kBuckets;
}

std::shared_ptr<const StoredWish> ProfileView::FindWish(
    absl::string_view name) const {
  const std::shared_ptr<const Bucket>& bucket = buckets_[BucketOf(name)];
  if (bucket == nullptr) return nullptr;
  const auto found = bucket->find(name);
  return found == bucket->end() ? nullptr : found->second;
}

std::shared_ptr<const profiles::v1::Profile> ProfileView::Find(
    absl::string_view name) const {
  const auto wish = FindWish(name);
  return wish == nullptr ? nullptr : wish->core;
}

std::vector<v1::Feedback> ProfileView::FeedbackOf(
    absl::string_view name) const {
  const auto wish = FindWish(name);
  if (wish == nullptr || wish->feedback == nullptr) return {};
  return *wish->feedback;
}

ProfileShelf::ProfileShelf(std::shared_ptr<const Taxonomy> taxonomy)
    : taxonomy_(std::move(taxonomy)), view_(std::make_shared<ProfileView>()) {}

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
  const auto plain = stored->second->plain;
  const bool seen = seen_ && seen_->contains(profile);
  Put(*plain);
  if (seen_ && !seen) seen_->erase(profile);
  // Not in the middle of a cut: its end publishes this, too.
  if (!seen_ && !open_) Publish();
}

ProfileShelf::AllFeedback ProfileShelf::feedback() const {
  const storage::MutexLock lock(writer_);
  return feedback_;
}

void ProfileShelf::StartWithFeedback(AllFeedback feedback) {
  const storage::MutexLock lock(writer_);
  feedback_ = std::move(feedback);
}

void ProfileShelf::DropStrayFeedback() {
  const storage::MutexLock lock(writer_);
  for (auto said = feedback_.begin(); said != feedback_.end();) {
    const auto one = said++;
    if (next_.Find(one->first) == nullptr) feedback_.erase(one);
  }
}

void ProfileView::Remove(const StoredWish& wish) {
  cells_.Erase(wish);
  table_.Erase(wish);
  postings_.Erase(wish);
}

void ProfileShelf::Publish() {
  next_.cells_.Seal();
  next_.table_.Seal();
  next_.postings_.Seal();
  auto view = std::make_shared<const ProfileView>(next_);
  const storage::MutexLock publish(reader_);
  view_.swap(view);
}

void ProfileShelf::Restart() {
  const storage::MutexLock lock(writer_);
  seen_.emplace();
}

void ProfileShelf::Put(const profiles::v1::Profile& profile) {
  auto wish = std::make_shared<StoredWish>();
  auto plain = std::make_shared<profiles::v1::Profile>(profile);
  plain->clear_personal();
  wish->plain = plain;
  wish->core = plain;
  const auto said = feedback_.find(profile.name());
  if (said != feedback_.end()) {
    wish->feedback = said->second;
    wish->core = std::make_shared<profiles::v1::Profile>(
        WithFeedback(*plain, *said->second));
  }
  for (const profiles::v1::Anchor& anchor : profile.anchors()) {
    wish->anchors.push_back(AnchorOf(anchor));
  }
  wish->settings = WishSettingsOf(*wish->core);
  wish->jobs = JobFactsOf(*wish->core, *taxonomy_);
  wish->home = HomeFactsOf(*wish->core);
  wish->contact = ContactFactsOf(*wish->core);
  for (const std::string& offer : wish->core->dismissed_offers()) {
    wish->dismissed.push_back(TextHash(offer));
  }
  auto& bucket = next_.buckets_[ProfileView::BucketOf(profile.name())];
  auto changed = bucket == nullptr
                     ? std::make_shared<ProfileView::Bucket>()
                     : std::make_shared<ProfileView::Bucket>(*bucket);
  auto& stored = (*changed)[profile.name()];
  if (stored == nullptr) {
    ++next_.size_;
  } else {
    next_.Remove(*stored);
  }
  next_.postings_.Insert(*wish);
  next_.cells_.Insert(*wish);
  next_.table_.Insert(*wish);
  stored = std::move(wish);
  bucket = std::move(changed);
  if (seen_) seen_->insert(profile.name());
}

void ProfileShelf::Erase(absl::string_view name) {
  feedback_.erase(name);
  auto& bucket = next_.buckets_[ProfileView::BucketOf(name)];
  if (bucket == nullptr || !bucket->contains(name)) return;
  auto changed = std::make_shared<ProfileView::Bucket>(*bucket);
  const auto erased = changed->find(name);
  next_.Remove(*erased->second);
  changed->erase(erased);
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
