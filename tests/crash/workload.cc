#include "tests/crash/workload.h"

#include <algorithm>
#include <optional>
#include <set>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace heimweg::crash {
namespace {

using ::heimweg::storage::Change;
using ::heimweg::storage::IndexEntry;
using ::heimweg::storage::Reader;
using ::heimweg::storage::Row;
using ::heimweg::storage::Table;
using ::heimweg::storage::Transaction;

constexpr uint64_t kKept = 50;  // Notes of a writer that are not erased.
constexpr uint32_t kItems = 1, kCopies = 2, kHeads = 3;

std::string NoteId(uint32_t writer, uint64_t number) {
  return absl::StrCat(writer, "/", number);
}

// Of different lengths, so that records end anywhere in a block of the log.
std::string NoteText(uint32_t writer, uint64_t number) {
  return absl::StrCat(NoteId(writer, number),
                      std::string(number * 7919 % 600, '.'));
}

// Two terms, of which one is the writer's.
std::vector<std::string> TermsOf(const Note& note) {
  const std::string& text = note.value();
  return {absl::StrCat("writer ", text.substr(0, text.find('/'))),
          absl::StrCat("length ", text.size() % 16)};
}

Table<Note> ATable(uint32_t number, const std::string& name) {
  return Table<Note>({.number = number, .name = name, .terms = TermsOf});
}

Note ANote(const std::string& text) {
  Note note;
  note.set_value(text);
  return note;
}

absl::Status Loss(absl::string_view what) { return absl::DataLossError(what); }

}  // namespace

Workload::Workload()
    : items_(ATable(kItems, "item")),
      copies_(ATable(kCopies, "copy")),
      heads_(ATable(kHeads, "head")) {}

storage::Store::Edit Workload::MakeEdit(uint32_t writer,
                                        uint64_t number) const {
  return [this, writer, number](Transaction& txn) {
    const Note note = ANote(NoteText(writer, number));
    for (const Table<Note>* table : {&items_, &copies_}) {
      auto put = table->Put(txn, NoteId(writer, number), note);
      if (!put.ok()) return put.status();
      if (number <= kKept) continue;
      auto erased = table->Erase(txn, NoteId(writer, number - kKept));
      if (!erased.ok()) return erased.status();
    }
    return heads_.Put(txn, absl::StrCat(writer), ANote(absl::StrCat(number)))
        .status();
  };
}

absl::StatusOr<uint64_t> Workload::Head(const Reader& reader,
                                        uint32_t writer) const {
  auto head = heads_.Find(reader, absl::StrCat(writer));
  if (!head.ok()) return head.status();
  uint64_t number = 0;
  if (head->has_value() &&
      !absl::SimpleAtoi((*head)->record.value(), &number)) {
    return Loss(absl::StrCat("the head of writer ", writer, " is no number"));
  }
  return number;
}

void Account::Acknowledge(uint32_t writer, uint64_t number) {
  heads_[writer] = std::max(heads_[writer], number);
  ++acknowledged_;
}

absl::Status Account::Check(const Workload& workload, const Reader& reader) {
  absl::Status status = CheckHeads(workload, reader);
  if (status.ok()) status = ReplayLog(reader);
  for (const Table<Note>* table : {&workload.items_, &workload.copies_}) {
    if (status.ok()) status = CheckNotes(*table, reader);
    if (status.ok()) status = CheckIndex(*table, reader);
    if (status.ok()) status = CheckLogged(*table, reader);
  }
  if (status.ok()) status = CheckLogged(workload.heads_, reader);
  // What is gone for good needs no second look: it would count as never logged.
  std::erase_if(logged_, [](const auto& entry) { return entry.second.erased; });
  return status;
}

absl::Status Account::CheckHeads(const Workload& workload,
                                 const Reader& reader) {
  for (uint32_t writer = 0; writer < writers(); ++writer) {
    absl::StatusOr<uint64_t> head = workload.Head(reader, writer);
    if (!head.ok()) return head.status();
    if (*head < heads_[writer] || *head > heads_[writer] + 1) {
      return Loss(absl::StrCat("writer ", writer, " stands at edit ", *head,
                               ", acknowledged were ", heads_[writer]));
    }
    heads_[writer] = *head;
  }
  return absl::OkStatus();
}

// The table holds exactly the notes that the heads imply.
absl::Status Account::CheckNotes(const Table<Note>& table,
                                 const Reader& reader) const {
  std::map<std::string, std::string> expected;
  for (uint32_t writer = 0; writer < writers(); ++writer) {
    const uint64_t head = heads_[writer];
    for (uint64_t n = head > kKept ? head - kKept + 1 : 1; n <= head; ++n) {
      expected[NoteId(writer, n)] = NoteText(writer, n);
    }
  }
  auto rows = table.Scan(reader, {});
  if (!rows.ok()) return rows.status();
  for (const Row<Note>& row : *rows) {
    const auto found = expected.find(row.id);
    if (found == expected.end() || found->second != row.record.value()) {
      return Loss(absl::StrCat("note ", row.id, " should not be as it is"));
    }
    expected.erase(found);
  }
  if (expected.empty()) return absl::OkStatus();
  return Loss(absl::StrCat("note ", expected.begin()->first, " is missing"));
}

// The index rows are exactly those of the records.
absl::Status Account::CheckIndex(const Table<Note>& table,
                                 const Reader& reader) const {
  std::set<std::pair<std::string, std::string>> expected;
  auto rows = table.Scan(reader, {});
  if (!rows.ok()) return rows.status();
  for (const Row<Note>& row : *rows) {
    for (const std::string& term : TermsOf(row.record)) {
      expected.emplace(term, row.id);
    }
  }
  auto entries = table.ScanTerms(reader, "", "", 0);
  if (!entries.ok()) return entries.status();
  std::set<std::pair<std::string, std::string>> found;
  for (const IndexEntry& entry : *entries) found.emplace(entry.term, entry.id);
  if (found == expected) return absl::OkStatus();
  return Loss(absl::StrCat("table ", table.number(), " has ", found.size(),
                           " index rows, its records have ", expected.size()));
}

absl::Status Account::ReplayLog(const Reader& reader) {
  auto changes = storage::Changes(reader, replayed_, 0);
  if (!changes.ok()) return changes.status();
  for (Change& change : *changes) {
    if (change.revision != replayed_ + 1) {
      return Loss(absl::StrCat("the log has no row ", replayed_ + 1));
    }
    replayed_ = change.revision;
    const std::pair<uint32_t, std::string> key(change.table, change.id);
    logged_[key] = std::move(change);
  }
  if (replayed_ == reader.revision()) return absl::OkStatus();
  return Loss(absl::StrCat("the log ends at ", replayed_, ", the store at ",
                           reader.revision()));
}

// The last log row of each record tells what the table holds.
absl::Status Account::CheckLogged(const Table<Note>& table,
                                  const Reader& reader) const {
  auto rows = table.Scan(reader, {});
  if (!rows.ok()) return rows.status();
  std::map<std::string, uint64_t> revisions;
  for (const Row<Note>& row : *rows) revisions[row.id] = row.revision;
  for (const auto& [key, change] : logged_) {
    if (key.first != table.number()) continue;
    const auto found = revisions.find(key.second);
    const bool there = found != revisions.end();
    if (there == change.erased || (there && found->second != change.revision)) {
      return Loss(absl::StrCat("record ", key.second, " of table ", key.first,
                               " differs from log row ", change.revision));
    }
    if (there) revisions.erase(found);
  }
  if (revisions.empty()) return absl::OkStatus();
  return Loss(absl::StrCat("record ", revisions.begin()->first, " of table ",
                           table.number(), " was never logged"));
}

}  // namespace heimweg::crash
