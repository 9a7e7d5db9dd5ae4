#include "services/matching/standing/match_feed.h"

#include <utility>

#include "storage/table.h"

namespace heimweg::matching {
namespace {

using storage::Reader;
using Change = MatchTopic::Change;

Change Told(storage::Row<v1::StoredMatch> row) {
  Change change;
  *change.mutable_match() = MatchOfRow(std::move(row));
  return change;
}

}  // namespace

absl::Status MatchTopic::Visit(
    const Reader& reader, absl::string_view after_key,
    absl::FunctionRef<bool(std::string, std::optional<Change>)> visit) const {
  return records_.matches.Visit(reader, scope_.Scan(std::string(after_key)),
                                [&](storage::Row<v1::StoredMatch> row) {
                                  std::string key = row.id;
                                  std::optional<Change> change;
                                  if (row.record.released())
                                    change = Told(std::move(row));
                                  return visit(std::move(key),
                                               std::move(change));
                                });
}

absl::StatusOr<std::vector<std::optional<Change>>> MatchTopic::States(
    const Reader& reader, const std::vector<std::string>& keys) const {
  auto rows = records_.matches.MultiGet(reader, keys);
  if (!rows.ok()) return rows.status();
  std::vector<std::optional<Change>> states(keys.size());
  for (size_t i = 0; i < keys.size(); ++i) {
    auto& row = (*rows)[i];
    if (!row.has_value()) {
      states[i].emplace().set_deleted_name(NameOfKey(keys[i], "matches"));
    } else if (row->record.released() && scope_.Has(keys[i], row->record)) {
      states[i] = Told(*std::move(row));
    }
  }
  return states;
}

}  // namespace heimweg::matching
