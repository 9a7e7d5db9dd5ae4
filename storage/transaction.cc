#include "storage/transaction.h"

#include <utility>

#include "storage/change_log.h"
#include "storage/keys.h"

namespace heimweg::storage {
namespace {

size_t BytesOf(absl::string_view key, const std::optional<std::string>& value) {
  return key.size() + (value.has_value() ? value->size() : 0);
}

}  // namespace

Overlay::Overlay(const Reader& below)
    : below_(below), revision_(below.revision()) {}

absl::StatusOr<std::optional<std::string>> Overlay::Get(
    absl::string_view key) const {
  const auto found = writes_.find(key);
  if (found != writes_.end()) return found->second;
  return below_.Get(key);
}

absl::StatusOr<std::vector<std::optional<std::string>>> Overlay::MultiGet(
    absl::Span<const std::string> keys) const {
  auto values = below_.MultiGet(keys);
  if (!values.ok()) return values.status();
  for (size_t i = 0; i < keys.size(); ++i) {
    const auto found = writes_.find(absl::string_view(keys[i]));
    if (found != writes_.end()) (*values)[i] = found->second;
  }
  return values;
}

absl::Status Overlay::Scan(absl::string_view begin, absl::string_view end,
                           Visitor visit) const {
  if (!end.empty() && !(begin < end)) return absl::OkStatus();
  if (writes_.empty()) return below_.Scan(begin, end, visit);
  auto next = writes_.lower_bound(begin);
  const auto last = end.empty() ? writes_.end() : writes_.lower_bound(end);
  bool stopped = false;
  // Visits the written keys before `bound`, or all that are left.
  const auto visit_written = [&](std::optional<absl::string_view> bound) {
    for (; !stopped && next != last; ++next) {
      if (bound.has_value() && !(absl::string_view(next->first) < *bound)) {
        return;
      }
      if (next->second.has_value()) {
        stopped = !visit(next->first, *next->second);
      }
    }
  };
  absl::Status status = below_.Scan(
      begin, end, [&](absl::string_view key, absl::string_view value) {
        visit_written(key);
        // A written key hides the one below; it comes with the next call.
        const bool hidden =
            next != last && absl::string_view(next->first) == key;
        if (!stopped && !hidden) stopped = !visit(key, value);
        return !stopped;
      });
  if (status.ok()) visit_written(std::nullopt);
  return status;
}

void Overlay::Set(absl::string_view key, std::optional<std::string> value) {
  bytes_ += BytesOf(key, value);
  const auto at = writes_.lower_bound(key);
  if (at == writes_.end() || key < absl::string_view(at->first)) {
    writes_.emplace_hint(at, std::string(key), std::move(value));
    return;
  }
  bytes_ -= BytesOf(key, at->second);
  at->second = std::move(value);
}

void Overlay::Absorb(Overlay&& upper) {
  if (writes_.empty()) {
    std::swap(writes_, upper.writes_);
    std::swap(bytes_, upper.bytes_);
  }
  while (!upper.writes_.empty()) {
    auto node = upper.writes_.extract(upper.writes_.begin());
    bytes_ += BytesOf(node.key(), node.mapped());
    const auto result = writes_.insert(std::move(node));
    if (result.inserted) continue;
    bytes_ -= BytesOf(result.position->first, result.position->second);
    result.position->second = std::move(result.node.mapped());
  }
  upper.bytes_ = 0;
  revision_ = upper.revision_;
}

std::vector<Write> Overlay::TakeWrites() && {
  std::vector<Write> writes;
  writes.reserve(writes_.size());
  while (!writes_.empty()) {
    auto node = writes_.extract(writes_.begin());
    writes.push_back({std::move(node.key()), std::move(node.mapped())});
  }
  return writes;
}

void Transaction::Put(absl::string_view key, std::string value) {
  Set(key, std::move(value));
}

void Transaction::Erase(absl::string_view key) { Set(key, std::nullopt); }

uint64_t Transaction::NextRevision() {
  set_revision(revision() + 1);
  return revision();
}

uint64_t Transaction::Log(uint32_t table, absl::string_view id, bool erased) {
  const uint64_t revision = NextRevision();
  Put(LogKey(revision), EncodeChange(table, id, erased, now_));
  return revision;
}

}  // namespace heimweg::storage
