#include "services/matching/standing/feed_positions.h"

#include <cstdint>
#include <optional>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "services/matching/standing/standing_matcher.h"

namespace heimweg::matching {
namespace {

constexpr char kOld[] = "old";
constexpr char kNew[] = "new";

}  // namespace

absl::StatusOr<FeedPosition> FeedPositions::Open(absl::Time now) {
  const auto reader = store_.Read();
  if (!reader.ok()) return reader.status();
  const auto newest = Find(**reader, kNew);
  if (!newest.ok()) return newest.status();
  newest_ = *newest;
  const auto old = Find(**reader, kOld);
  if (!old.ok()) return old.status();
  if (old->has_value()) return **old;
  const FeedPosition first{absl::FromUnixSeconds(absl::ToUnixSeconds(now)), ""};
  absl::Status put = store_.CommitAndWait(
      [&](storage::Transaction& txn) { return Put(kOld, first, txn); });
  if (!put.ok()) return put;
  return first;
}

absl::Status FeedPositions::Advance(absl::Time now, const std::string& token) {
  if (newest_ && now - newest_->time < kRecent) return absl::OkStatus();
  const FeedPosition next{absl::FromUnixSeconds(absl::ToUnixSeconds(now)),
                          token};
  absl::Status put = store_.CommitAndWait([&](storage::Transaction& txn) {
    absl::Status status;
    if (newest_) status = Put(kOld, *newest_, txn);
    return status.ok() ? Put(kNew, next, txn) : status;
  });
  if (put.ok()) newest_ = next;
  return put;
}

absl::Status FeedPositions::Put(const char* slot, const FeedPosition& position,
                                storage::Transaction& txn) const {
  google::protobuf::StringValue value;
  value.set_value(
      absl::StrCat(absl::ToUnixSeconds(position.time), " ", position.token));
  return records_.positions.Put(txn, absl::StrCat(watched_, "/", slot), value)
      .status();
}

absl::StatusOr<std::optional<FeedPosition>> FeedPositions::Find(
    const storage::Reader& from, const char* slot) const {
  const auto row =
      records_.positions.Find(from, absl::StrCat(watched_, "/", slot));
  if (!row.ok()) return row.status();
  if (!row->has_value()) return std::nullopt;
  const std::pair<std::string, std::string> parts =
      absl::StrSplit((*row)->record.value(), absl::MaxSplits(' ', 1));
  int64_t seconds = 0;
  if (!absl::SimpleAtoi(parts.first, &seconds)) {
    return absl::DataLossError("a feed's position is damaged");
  }
  return FeedPosition{absl::FromUnixSeconds(seconds), parts.second};
}

}  // namespace heimweg::matching
