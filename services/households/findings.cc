#include "services/households/findings.h"

#include <cstdint>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "services/households/text.h"

namespace heimweg::households {

Findings Findings::In(absl::string_view field) const {
  return Findings(violations_, PathOf(field));
}

Findings Findings::In(absl::string_view field, int index) const {
  return Findings(violations_, absl::StrCat(PathOf(field), "[", index, "]"));
}

void Findings::Expect(bool holds, absl::string_view field,
                      absl::string_view expected) const {
  if (holds) return;
  violations_.push_back({PathOf(field), std::string(expected)});
}

void Findings::Expect(bool holds, absl::string_view field, int index,
                      absl::string_view expected) const {
  if (holds) return;
  Expect(false, absl::StrCat(field, "[", index, "]"), expected);
}

void Findings::ExpectAtMost(int limit, int count,
                            absl::string_view field) const {
  if (count <= limit) return;
  Expect(false, field, absl::StrCat("must have at most ", limit, " elements"));
}

void Findings::ExpectWithin(int64_t lowest, int64_t highest, int64_t number,
                            absl::string_view field) const {
  if (lowest <= number && number <= highest) return;
  Expect(false, field, absl::StrCat("must be ", lowest, " to ", highest));
}

void Findings::ExpectShort(int limit, absl::string_view text,
                           absl::string_view field) const {
  if (CountCharacters(text) <= limit) return;
  Expect(false, field,
         absl::StrCat("must have at most ", limit, " characters"));
}

void Findings::ExpectTerm(int limit, absl::string_view text,
                          absl::string_view field, int index) const {
  if (!text.empty() && CountCharacters(text) <= limit) return;
  Expect(false, field, index,
         absl::StrCat("must have 1 to ", limit, " characters"));
}

std::string Findings::PathOf(absl::string_view field) const {
  return path_.empty() ? std::string(field) : absl::StrCat(path_, ".", field);
}

}  // namespace heimweg::households
