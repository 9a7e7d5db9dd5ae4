#include "services/profiles/profile_records.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "heimweg/profiles/v1/profile.pb.h"
#include "heimweg/profiles/v1/profile_service.pb.h"
#include "services/profiles/consents.h"
#include "services/profiles/parts.h"
#include "services/profiles/profile_name.h"
#include "storage/engine.h"
#include "storage/table.h"
#include "storage/transaction.h"

namespace heimweg::profiles {
namespace {

using ::heimweg::profiles::v1::ErasureReceipt;
using ::heimweg::profiles::v1::Profile;
using ::heimweg::storage::Reader;
using ::heimweg::storage::Row;
using ::heimweg::storage::Transaction;

// How many rows of a term are read at a time.
constexpr size_t kTermStep = 256;

// What a stored core becomes when it is read.
Profile Named(Row<Profile> row) {
  row.record.set_name(ProfileName(row.id));
  row.record.set_etag(absl::StrCat(absl::Hex(row.revision)));
  return std::move(row.record);
}

}  // namespace

ProfileRecords::ProfileRecords()
    : cores_({.number = 1, .name = "profile", .terms = NetworkTerms}),
      personal_parts_({.number = 2,
                       .name = "personal part of the profile",
                       .terms = nullptr,
                       .logged = false}),
      receipts_(
          {.number = 3, .name = "receipt", .terms = nullptr, .logged = false}) {
}

absl::StatusOr<Profile> ProfileRecords::Core(const Reader& reader,
                                             absl::string_view id) const {
  absl::StatusOr<Row<Profile>> row = cores_.Get(reader, id);
  if (!row.ok()) return row.status();
  return Named(*std::move(row));
}

absl::StatusOr<std::optional<Profile>> ProfileRecords::FindCore(
    const Reader& reader, absl::string_view id) const {
  absl::StatusOr<std::optional<Row<Profile>>> row = cores_.Find(reader, id);
  if (!row.ok()) return row.status();
  if (!row->has_value()) return std::nullopt;
  return std::optional<Profile>(Named(**std::move(row)));
}

absl::StatusOr<Profile> ProfileRecords::Whole(const Reader& reader,
                                              absl::string_view id) const {
  absl::StatusOr<Profile> core = Core(reader, id);
  if (!core.ok()) return core;
  absl::StatusOr<std::optional<Row<Profile>>> personal =
      personal_parts_.Find(reader, id);
  if (!personal.ok()) return personal.status();
  if (personal->has_value()) AddPersonal((*personal)->record, *core);
  return core;
}

absl::Status ProfileRecords::AddPersonalParts(
    const Reader& reader, std::vector<Profile>& cores) const {
  std::vector<std::string> ids;
  ids.reserve(cores.size());
  for (const Profile& core : cores) {
    ids.push_back(*ParseProfileName(core.name()));
  }
  auto personal = personal_parts_.MultiGet(reader, ids);
  if (!personal.ok()) return personal.status();
  for (size_t i = 0; i < cores.size(); ++i) {
    const std::optional<Row<Profile>>& row = (*personal)[i];
    if (row.has_value()) AddPersonal(row->record, cores[i]);
  }
  return absl::OkStatus();
}

absl::Status ProfileRecords::Visit(
    const Reader& reader, const std::vector<std::string>& terms,
    absl::string_view after_id, absl::FunctionRef<bool(Profile)> visit) const {
  if (!terms.empty()) return VisitTerms(reader, terms, after_id, visit);
  storage::TableScan scan;
  scan.after_id = std::string(after_id);
  return cores_.Visit(reader, scan, [&](Row<Profile> row) {
    return visit(Named(std::move(row)));
  });
}

// Reads a step of each term and visits what no other term can precede any more.
absl::Status ProfileRecords::VisitTerms(
    const Reader& reader, const std::vector<std::string>& terms,
    absl::string_view after_id, absl::FunctionRef<bool(Profile)> visit) const {
  storage::TableScan scan;
  scan.after_id = std::string(after_id);
  scan.limit = kTermStep;
  while (true) {
    std::map<std::string, Row<Profile>> rows;
    std::optional<std::string> known_until;  // nullopt: to the end.
    for (const std::string& term : terms) {
      scan.term = term;
      absl::StatusOr<std::vector<Row<Profile>>> step =
          cores_.Scan(reader, scan);
      if (!step.ok()) return step.status();
      if (step->size() == kTermStep) {
        known_until =
            std::min(known_until.value_or(step->back().id), step->back().id);
      }
      for (Row<Profile>& row : *step) rows.emplace(row.id, std::move(row));
    }
    for (auto& [id, row] : rows) {
      if (known_until.has_value() && id > *known_until) break;
      if (!visit(Named(std::move(row)))) return absl::OkStatus();
    }
    if (!known_until.has_value()) return absl::OkStatus();
    scan.after_id = *known_until;
  }
}

absl::StatusOr<Profile> ProfileRecords::Put(Transaction& txn,
                                            absl::string_view id,
                                            Profile whole) const {
  whole.clear_name();
  whole.clear_etag();
  const Profile personal = TakePersonal(whole);
  if (absl::Status status = PutPersonal(txn, id, personal); !status.ok()) {
    return status;
  }
  absl::StatusOr<uint64_t> revision = cores_.Put(txn, id, whole);
  if (!revision.ok()) return revision.status();
  return Named({std::string(id), *revision, std::move(whole)});
}

absl::Status ProfileRecords::PutPersonal(Transaction& txn, absl::string_view id,
                                         const Profile& personal) const {
  absl::StatusOr<std::optional<Row<Profile>>> old =
      personal_parts_.Find(txn, id);
  if (!old.ok()) return old.status();
  if (HasPersonal(personal)) {
    return personal_parts_.Put(txn, id, personal).status();
  }
  if (!old->has_value()) return absl::OkStatus();
  return personal_parts_.Erase(txn, id).status();
}

absl::StatusOr<ErasureReceipt> ProfileRecords::Erase(
    Transaction& txn, absl::string_view id, ErasureReceipt receipt) const {
  absl::StatusOr<Row<Profile>> core = cores_.Get(txn, id);
  if (!core.ok()) return core.status();
  absl::StatusOr<std::optional<Row<Profile>>> personal =
      personal_parts_.Find(txn, id);
  if (!personal.ok()) return personal.status();
  auto& counts = *receipt.mutable_erased_records();
  counts["profile"] = 1;
  counts["personal_part"] = personal->has_value() ? 1 : 0;
  counts["consent"] = core->record.consents_size();
  if (personal->has_value()) {
    absl::StatusOr<uint64_t> erased = personal_parts_.Erase(txn, id);
    if (!erased.ok()) return erased.status();
  }
  absl::StatusOr<uint64_t> revision = cores_.Erase(txn, id);
  if (!revision.ok()) return revision.status();
  receipt.set_revision(*revision);
  absl::StatusOr<uint64_t> put =
      receipts_.Put(txn, receipt.receipt_id(), receipt);
  if (!put.ok()) return put.status();
  return receipt;
}

absl::StatusOr<ErasureReceipt> ProfileRecords::Receipt(
    const Reader& reader, absl::string_view receipt_id) const {
  absl::StatusOr<Row<ErasureReceipt>> row = receipts_.Get(reader, receipt_id);
  if (!row.ok()) return row.status();
  return std::move(row->record);
}

}  // namespace heimweg::profiles
