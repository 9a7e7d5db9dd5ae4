#include "services/matching/profile_shelf.h"

#include <utility>
#include <vector>

#include "absl/hash/hash.h"

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

ProfileShelf::ProfileShelf() : view_(std::make_shared<ProfileView>()) {}

std::shared_ptr<const ProfileView> ProfileShelf::view() const {
  const storage::MutexLock lock(reader_);
  return view_;
}

void ProfileShelf::Apply(const profiles::v1::WatchProfilesResponse& response) {
  const storage::MutexLock lock(writer_);
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
  auto view = std::make_shared<const ProfileView>(next_);
  const storage::MutexLock publish(reader_);
  view_.swap(view);
}

void ProfileShelf::Restart() {
  const storage::MutexLock lock(writer_);
  seen_.emplace();
}

void ProfileShelf::Put(const profiles::v1::Profile& profile) {
  auto core = std::make_shared<profiles::v1::Profile>(profile);
  core->clear_personal();
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
              ProfileView::Stored{std::move(core), std::move(anchors)})
          .second) {
    ++next_.size_;
  }
  bucket = std::move(changed);
  if (seen_) seen_->insert(profile.name());
}

void ProfileShelf::Erase(absl::string_view name) {
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
