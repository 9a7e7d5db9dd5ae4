// NameOrder: roughly in which order the rows of a segment are by name, so that
// of rows with the same score few names are compared.
#ifndef HEIMWEG_SERVICES_MATCHING_NAME_ORDER_H_
#define HEIMWEG_SERVICES_MATCHING_NAME_ORDER_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/matching/cards.h"

namespace heimweg::matching {

// Built once, then unchanged. Thread-compatible.
class NameOrder {
 public:
  // Of this many rows or fewer nothing is kept: any may be before any other.
  static constexpr uint32_t kTooFew = 64;

  void Build(const Cards& cards);

  // A number for any name, not less for a later one.
  uint8_t NumberOf(absl::string_view name) const;
  // False if the name of the row is not before any name of that number.
  bool MayBeBefore(uint32_t row, uint8_t number) const {
    return numbers_.empty() || numbers_[row] <= number;
  }
  // True only if the name of the row is before all names of that number.
  bool IsBefore(uint32_t row, uint8_t number) const {
    return !numbers_.empty() && numbers_[row] < number;
  }

  int64_t Bytes() const;

 private:
  std::vector<std::string> steps_;  // names where the next number begins
  std::vector<uint8_t> numbers_;    // by row
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_NAME_ORDER_H_
