// StandingMatcher: what is due.
#include <algorithm>
#include <utility>

#include "services/matching/standing/standing_matcher.h"
#include "storage/keys.h"

namespace heimweg::matching {
namespace {

using storage::Transaction;

constexpr size_t kDueAtOnce = 1'000;

}  // namespace

absl::Status StandingMatcher::DoWhatIsDue(const Snapshot& snapshot,
                                          absl::Time now) {
  absl::Status started = StartLater(snapshot, now);
  if (!started.ok()) return started;
  const auto reader = store_.Read();
  if (!reader.ok()) return reader.status();
  const auto due = records_.matches.ScanTerms(
      **reader, DueTerm(absl::UnixEpoch()),
      DueTerm(WholeSeconds(now) + absl::Seconds(1)), kDueAtOnce);
  if (!due.ok()) return due.status();
  std::vector<std::string> ids;
  for (const storage::IndexEntry& entry : *due) ids.push_back(entry.id);
  const auto rows = records_.matches.MultiGet(**reader, ids);
  if (!rows.ok()) return rows.status();
  std::vector<std::pair<int32_t, std::string>> order;
  for (const auto& row : *rows) {
    if (row) order.emplace_back(-row->record.score_millionths(), row->id);
  }
  if (order.empty()) return absl::OkStatus();
  std::sort(order.begin(), order.end());
  absl::Status stored = told_.Open(records_, **reader, now);
  if (!stored.ok()) return stored;
  stored = store_.CommitAndWait([&](Transaction& txn) -> absl::Status {
    told_.Drop();  // Of a run before this one.
    for (const auto& [score, key] : order) {
      const auto profile = snapshot.profiles->Find(ProfileOfKey(key));
      absl::Status applied =
          ApplyDue(records_, key, profile.get(), now, told_, txn);
      if (!applied.ok()) return applied;
    }
    return absl::OkStatus();
  });
  if (stored.ok()) {
    told_.Keep();
  } else {
    told_.Forget();
  }
  return stored;
}

absl::Status StandingMatcher::StartLater(const Snapshot& snapshot,
                                         absl::Time now) {
  const auto reader = store_.Read();
  if (!reader.ok()) return reader.status();
  const auto due = records_.later.ScanTerms(
      **reader, DueTerm(absl::UnixEpoch()),
      DueTerm(WholeSeconds(now) + absl::Seconds(1)), kDueAtOnce);
  if (!due.ok()) return due.status();
  if (due->empty()) return absl::OkStatus();
  std::vector<OfferFacts> offers;
  for (const storage::IndexEntry& entry : *due) {
    const auto row = records_.later.Get(**reader, entry.id);
    if (!row.ok()) return row.status();
    offers.push_back(FactsOfMatch(row->record));
  }
  return OffersChanged(snapshot, offers, now);
}

absl::StatusOr<absl::Time> StandingMatcher::NextDue() const {
  const auto reader = store_.Read();
  if (!reader.ok()) return reader.status();
  absl::Time next = absl::InfiniteFuture();
  const std::string first = DueTerm(absl::UnixEpoch());
  for (const auto* table : {&records_.matches, &records_.later}) {
    const auto due = table->ScanTerms(**reader, first, "u", 1);
    if (!due.ok()) return due.status();
    if (due->empty()) continue;
    const auto seconds = storage::ParseFixedBytes(due->front().term.substr(1));
    if (!seconds) continue;
    next =
        std::min(next, absl::FromUnixSeconds(static_cast<int64_t>(*seconds)));
  }
  return next;
}

}  // namespace heimweg::matching
