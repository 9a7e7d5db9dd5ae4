// The codec of keys: what is built is read back, in the order of its parts, and
// what cannot be read is refused. Input: a table's number, then lines: id,
// term, other id, other term; all of it is also read as a key.
#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "storage/keys.h"
#include "tests/fuzz/input.h"

namespace heimweg::fuzz {
namespace {

using storage::IndexEntry;
using storage::KeyRange;

struct Entry {
  std::string term;
  std::string id;
};

bool Contains(const KeyRange& range, const std::string& key) {
  return key >= range.begin && (range.end.empty() || key < range.end);
}

void CheckRecords(uint32_t table, const Entry& one, const Entry& other) {
  const std::string key = storage::RecordKey(table, one.id);
  Require(storage::ParseRecordId(table, key) == one.id,
          "record keys read back");
  const std::string other_key = storage::RecordKey(table, other.id);
  Require((key < other_key) == (one.id < other.id), "record keys keep order");
  Require(Contains(storage::RecordRange(table, other.id), key) ==
              absl::StartsWith(one.id, other.id),
          "a range of records has those with its prefix");
  Require(Contains(storage::TableRange(table), key), "a table has its records");
}

void CheckIndex(uint32_t table, const Entry& one, const Entry& other) {
  const std::string key = storage::IndexKey(table, one.term, one.id);
  Require(storage::ParseIndexKey(table, key) == IndexEntry{one.term, one.id},
          "index keys read back");
  const std::string other_key = storage::IndexKey(table, other.term, other.id);
  Require((key < other_key) ==
              (std::pair(one.term, one.id) < std::pair(other.term, other.id)),
          "index keys keep order");
  Require(Contains(storage::IndexRange(table, other.term, other.id), key) ==
              (one.term == other.term && absl::StartsWith(one.id, other.id)),
          "a range of a term has its rows");
  if (other.term > one.term) {
    Require(Contains(storage::TermRange(table, one.term, other.term), key),
            "a range of terms has its first");
    Require(
        !Contains(storage::TermRange(table, one.term, other.term), other_key),
        "a range of terms ends before its last");
  }
  Require(Contains(storage::TableRange(table), key), "a table has its index");
  Require(!storage::ParseRecordId(table, key).has_value(),
          "an index key is no record's");
}

void CheckAnyBytes(uint32_t table, const std::string& bytes) {
  if (const auto id = storage::ParseRecordId(table, bytes)) {
    Require(storage::RecordKey(table, *id) == bytes, "one key for a record");
  }
  if (const auto entry = storage::ParseIndexKey(table, bytes)) {
    Require(storage::IndexKey(table, entry->term, entry->id) == bytes,
            "one key for an index row");
  }
  if (const auto revision = storage::ParseLogKey(bytes)) {
    Require(storage::LogKey(*revision) == bytes, "one key for a log row");
  }
  if (const auto expiry = storage::ParseRequestExpiryKey(bytes)) {
    Require(
        storage::RequestExpiryKey(expiry->unix_millis, expiry->digest) == bytes,
        "one key for an expiry");
  }
}

}  // namespace
}  // namespace heimweg::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace heimweg::fuzz;  // NOLINT(google-build-using-namespace)
  Input input(data, size);
  const std::string all(input.Rest());
  const uint32_t table = input.Byte();
  CheckAnyBytes(table, all);
  const Entry one = {.term = "", .id = input.Line()};
  const Entry with_term = {.term = input.Line(), .id = one.id};
  const Entry other = {.term = "", .id = input.Line()};
  const Entry other_with_term = {.term = input.Line(), .id = other.id};
  if (one.id.empty() || other.id.empty()) return 0;
  CheckRecords(table, one, other);
  CheckIndex(table, with_term, other_with_term);
  CheckIndex(table, other_with_term, with_term);
  return 0;
}
