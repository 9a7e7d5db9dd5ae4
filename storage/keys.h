// Keys: every key of a store is built and parsed here and nowhere else.
//
//   key                                       value
//   00 <name>                                 the engine's own (not ours)
//   'c' <revision:8>                          change log row (change_log.h)
//   'm' <name>                                single values of the store
//   'q' <digest:32>                           remembered request (requests.h)
//   't' <table:4> 'i' <term> 00 01 <id>       index row, empty value
//   't' <table:4> 'r' <id>                    record: <revision:8> <message>
//   'x' <unix milliseconds:8> <digest:32>     when a request is forgotten
//
// Numbers are big-endian, so that byte order is number order. An id stands at
// the end of its key and needs no escaping; a term is followed by one, so each
// of its bytes 00 is written 00 ff and it ends with 00 01. Terms therefore keep
// their order and no term is a prefix of another one's key.
// All rows of one table are neighbours, so that it can be compacted alone.
// No key may hold personal data: keys stay in the engine's files longer than
// values do.
#ifndef HEIMWEG_STORAGE_KEYS_H_
#define HEIMWEG_STORAGE_KEYS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace heimweg::storage {

// The version of the key shapes above and of the values' outer format. A
// program refuses a store with a greater one.
inline constexpr uint32_t kSchemaVersion = 1;

// Half open. An empty `end` means: to the last key.
struct KeyRange {
  std::string begin;
  std::string end;
};

// All keys that begin with `prefix`.
KeyRange PrefixRange(absl::string_view prefix);

// `number` as 8 big-endian bytes, and back; nullopt if `bytes` has not 8.
std::string FixedBytes(uint64_t number);
std::optional<uint64_t> ParseFixedBytes(absl::string_view bytes);

std::string LogKey(uint64_t revision);
std::optional<uint64_t> ParseLogKey(absl::string_view key);

std::string MetaKey(absl::string_view name);

std::string RecordKey(uint32_t table, absl::string_view id);
std::optional<std::string> ParseRecordId(uint32_t table, absl::string_view key);
// The records of `table` whose id begins with `id_prefix`.
KeyRange RecordRange(uint32_t table, absl::string_view id_prefix);

std::string IndexKey(uint32_t table, absl::string_view term,
                     absl::string_view id);
struct IndexEntry {
  std::string term;
  std::string id;
  bool operator==(const IndexEntry&) const = default;
};
std::optional<IndexEntry> ParseIndexKey(uint32_t table, absl::string_view key);
// The same without copies: the id, a part of `key`; sets `term`.
std::optional<absl::string_view> SplitIndexKey(uint32_t table,
                                               absl::string_view key,
                                               std::string& term);
// The index rows of exactly `term` whose id begins with `id_prefix`.
KeyRange IndexRange(uint32_t table, absl::string_view term,
                    absl::string_view id_prefix);
// The index rows of the terms in [begin_term, end_term).
KeyRange TermRange(uint32_t table, absl::string_view begin_term,
                   absl::string_view end_term);

// How many bytes at the start of `key` all index rows share that one search is
// for; 0: it is no key of an index row. That is the whole term with its end;
// but of a term that begins with 'b', which stands for a block, its first 9
// bytes: the block of 8 bytes, in an order that the rest of the term gives.
size_t SearchPrefixBytes(absl::string_view key);

// `digest` has 32 bytes.
std::string RequestKey(absl::string_view digest);
std::string RequestExpiryKey(int64_t unix_millis, absl::string_view digest);
struct RequestExpiry {
  int64_t unix_millis = 0;
  std::string digest;
};
std::optional<RequestExpiry> ParseRequestExpiryKey(absl::string_view key);
// All expiry rows before `unix_millis`.
KeyRange RequestExpiryRange(int64_t unix_millis);

// Every row of `table`: records and index. For compaction.
KeyRange TableRange(uint32_t table);

}  // namespace heimweg::storage

#endif  // HEIMWEG_STORAGE_KEYS_H_
