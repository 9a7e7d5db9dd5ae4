#include "storage/keys.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace heimweg::storage {
namespace {

constexpr char kLog = 'c';
constexpr char kMeta = 'm';
constexpr char kRequest = 'q';
constexpr char kTable = 't';
constexpr char kRequestExpiry = 'x';

constexpr char kRecord = 'r';
constexpr char kIndex = 'i';

constexpr absl::string_view kEscapedZero("\0\xff", 2);
constexpr absl::string_view kTermEnd("\0\x01", 2);
constexpr size_t kDigestBytes = 32;

// Appended as a whole: each row of an import makes some thirty keys.
template <typename Number>
void AppendBigEndian(Number number, std::string& out) {
  char bytes[sizeof(Number)];
  for (size_t i = 0; i < sizeof(Number); ++i) {
    const size_t shift = 8 * (sizeof(Number) - 1 - i);
    bytes[i] = static_cast<char>((number >> shift) & 0xff);
  }
  out.append(bytes, sizeof(Number));
}

std::string Tagged(char tag, absl::string_view rest) {
  return absl::StrCat(absl::string_view(&tag, 1), rest);
}

std::string TablePrefix(uint32_t table) {
  std::string prefix(1, kTable);
  AppendBigEndian(table, prefix);
  return prefix;
}

// Bytes of RowsPrefix.
constexpr size_t kRowsPrefixBytes = 1 + sizeof(uint32_t) + 1;

std::string RowsPrefix(uint32_t table, char kind) {
  std::string prefix = TablePrefix(table);
  prefix.push_back(kind);
  return prefix;
}

// Takes RowsPrefix off `key`; false if it does not begin so.
bool TakeRowsPrefix(uint32_t table, char kind, absl::string_view& key) {
  if (key.size() < kRowsPrefixBytes || key.front() != kTable ||
      key[kRowsPrefixBytes - 1] != kind) {
    return false;
  }
  uint32_t number = 0;
  for (const char c : key.substr(1, sizeof(number))) {
    number = (number << 8) | static_cast<unsigned char>(c);
  }
  key.remove_prefix(kRowsPrefixBytes);
  return number == table;
}

void AppendEscaped(absl::string_view term, std::string& out) {
  while (true) {
    const size_t zero = term.find('\0');
    const absl::string_view plain = term.substr(0, zero);
    out.append(plain.data(), plain.size());
    if (zero == absl::string_view::npos) return;
    out.append(kEscapedZero.data(), kEscapedZero.size());
    term.remove_prefix(zero + 1);
  }
}

// Sets `term` to the one at the start of `rest`, which is left with what
// follows it; false if there is none.
bool TakeTerm(absl::string_view& rest, std::string& term) {
  term.clear();
  while (true) {
    const size_t zero = rest.find('\0');
    if (zero == absl::string_view::npos) return false;
    term.append(rest.data(), zero);
    const absl::string_view pair = rest.substr(zero, 2);
    if (pair != kTermEnd && pair != kEscapedZero) return false;
    rest.remove_prefix(zero + 2);
    if (pair == kTermEnd) return true;
    term.push_back('\0');
  }
}

}  // namespace

KeyRange PrefixRange(absl::string_view prefix) {
  KeyRange range;
  range.begin = std::string(prefix);
  range.end = range.begin;
  while (!range.end.empty() && range.end.back() == '\xff') range.end.pop_back();
  if (!range.end.empty()) ++range.end.back();
  return range;
}

std::string FixedBytes(uint64_t number) {
  std::string bytes;
  AppendBigEndian(number, bytes);
  return bytes;
}

std::optional<uint64_t> ParseFixedBytes(absl::string_view bytes) {
  if (bytes.size() != sizeof(uint64_t)) return std::nullopt;
  const auto byte = [&bytes](size_t i) {
    return static_cast<uint64_t>(static_cast<unsigned char>(bytes[i]));
  };
  // Written out, so that compilers make one load of it.
  return byte(0) << 56 | byte(1) << 48 | byte(2) << 40 | byte(3) << 32 |
         byte(4) << 24 | byte(5) << 16 | byte(6) << 8 | byte(7);
}

std::string LogKey(uint64_t revision) {
  return Tagged(kLog, FixedBytes(revision));
}

std::optional<uint64_t> ParseLogKey(absl::string_view key) {
  if (key.empty() || key.front() != kLog) return std::nullopt;
  return ParseFixedBytes(key.substr(1));
}

std::string MetaKey(absl::string_view name) { return Tagged(kMeta, name); }

std::string RecordKey(uint32_t table, absl::string_view id) {
  return absl::StrCat(RowsPrefix(table, kRecord), id);
}

std::optional<std::string> ParseRecordId(uint32_t table,
                                         absl::string_view key) {
  if (!TakeRowsPrefix(table, kRecord, key)) return std::nullopt;
  return std::string(key);
}

KeyRange RecordRange(uint32_t table, absl::string_view id_prefix) {
  return PrefixRange(RecordKey(table, id_prefix));
}

std::string IndexKey(uint32_t table, absl::string_view term,
                     absl::string_view id) {
  std::string key;
  key.reserve(kRowsPrefixBytes + term.size() + kTermEnd.size() + id.size());
  key.append(RowsPrefix(table, kIndex));
  AppendEscaped(term, key);
  absl::StrAppend(&key, kTermEnd, id);
  return key;
}

std::optional<IndexEntry> ParseIndexKey(uint32_t table, absl::string_view key) {
  IndexEntry entry;
  const auto id = SplitIndexKey(table, key, entry.term);
  if (!id.has_value()) return std::nullopt;
  entry.id = std::string(*id);
  return entry;
}

std::optional<absl::string_view> SplitIndexKey(uint32_t table,
                                               absl::string_view key,
                                               std::string& term) {
  if (!TakeRowsPrefix(table, kIndex, key)) return std::nullopt;
  if (!TakeTerm(key, term)) return std::nullopt;
  return key;
}

KeyRange IndexRange(uint32_t table, absl::string_view term,
                    absl::string_view id_prefix) {
  return PrefixRange(IndexKey(table, term, id_prefix));
}

KeyRange TermRange(uint32_t table, absl::string_view begin_term,
                   absl::string_view end_term) {
  KeyRange range;
  range.begin = IndexKey(table, begin_term, "");
  range.end = end_term.empty() ? PrefixRange(RowsPrefix(table, kIndex)).end
                               : IndexKey(table, end_term, "");
  return range;
}

size_t SearchPrefixBytes(absl::string_view key) {
  if (key.size() <= kRowsPrefixBytes || key.front() != kTable ||
      key[kRowsPrefixBytes - 1] != kIndex) {
    return 0;
  }
  constexpr char kBlock = 'b';
  constexpr size_t kBlockBytes = 9;
  size_t left = key[kRowsPrefixBytes] == kBlock ? kBlockBytes : key.size();
  size_t at = kRowsPrefixBytes;
  // Up to each zero byte at once: this runs twice for each row that is written.
  while (true) {
    const size_t zero = key.find('\0', at);
    const size_t plain = std::min(zero, key.size()) - at;
    if (plain >= left) return at + left;
    if (zero == absl::string_view::npos) return 0;
    left -= plain;
    at = zero;
    const absl::string_view pair = key.substr(at, 2);
    if (pair != kEscapedZero && pair != kTermEnd) return 0;
    at += pair.size();
    if (pair == kTermEnd || --left == 0) return at;
  }
}

std::string RequestKey(absl::string_view digest) {
  return Tagged(kRequest, digest);
}

std::string RequestExpiryKey(int64_t unix_millis, absl::string_view digest) {
  return absl::StrCat(
      Tagged(kRequestExpiry, FixedBytes(static_cast<uint64_t>(unix_millis))),
      digest);
}

std::optional<RequestExpiry> ParseRequestExpiryKey(absl::string_view key) {
  if (key.size() != 1 + sizeof(uint64_t) + kDigestBytes ||
      key.front() != kRequestExpiry) {
    return std::nullopt;
  }
  RequestExpiry expiry;
  expiry.unix_millis =
      static_cast<int64_t>(*ParseFixedBytes(key.substr(1, sizeof(uint64_t))));
  expiry.digest = std::string(key.substr(1 + sizeof(uint64_t)));
  return expiry;
}

KeyRange RequestExpiryRange(int64_t unix_millis) {
  return {Tagged(kRequestExpiry, ""), RequestExpiryKey(unix_millis, "")};
}

KeyRange TableRange(uint32_t table) { return PrefixRange(TablePrefix(table)); }

}  // namespace heimweg::storage
