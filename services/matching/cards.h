// Cards: the names of a segment's offers and what a list shows of them. Apart
// from the columns, because scoring reads none of it.
#ifndef HEIMWEG_SERVICES_MATCHING_CARDS_H_
#define HEIMWEG_SERVICES_MATCHING_CARDS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/matching/prefetch.h"

namespace heimweg::matching {

// The views live as long as what they were taken from.
struct Card {
  absl::string_view name;  // networks/{network}/jobs/{job} and so on
  absl::string_view title;
  absl::string_view municipality;
  absl::string_view postal_code;
  absl::string_view organization;
};

// Rows are appended, then Seal makes them findable by name; after that the
// object does not change. Thread-compatible.
class Cards {
 public:
  // `name` must not be there yet. At most 4 GiB of text.
  void Append(const Card& card);
  void Seal();

  Card At(uint32_t row) const;
  absl::string_view NameAt(uint32_t row) const;
  // The four other texts as the fields of a v1::OfferCard, ready for an answer.
  absl::string_view CardFieldsAt(uint32_t row) const;

  // Fetches what the second one of these, then At, reads first.
  void PrefetchPlace(uint32_t row) const { matching::Prefetch(&offsets_[row]); }
  void Prefetch(uint32_t row) const {
    constexpr size_t kUsualBytes = 192;
    PrefetchBytes(texts_.data() + offsets_[row], kUsualBytes);
  }

  // The row of a name; only after Seal.
  std::optional<uint32_t> Find(absl::string_view name) const;

  uint32_t rows() const { return static_cast<uint32_t>(offsets_.size()); }
  int64_t Bytes() const;

 private:
  // First of the slots in which `name` may be.
  size_t SlotOf(absl::string_view name) const;

  // The texts from the row's beginning, or all of them behind the last row.
  const char* TextsAt(uint32_t row) const {
    return texts_.data() + (row < rows() ? offsets_[row] : texts_.size());
  }

  // A row is its name after the name's length as a varint, then the fields of
  // its card; what is empty has no field.
  std::string texts_;
  std::vector<uint32_t> offsets_;  // of each row in texts_
  std::vector<uint32_t> slots_;    // open addressing: row + 1, 0 is free
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_CARDS_H_
