// Findings: collects the broken rules of a message and of those inside it,
// each with the path of its field.
#ifndef HEIMWEG_SERVICES_HOUSEHOLDS_FINDINGS_H_
#define HEIMWEG_SERVICES_HOUSEHOLDS_FINDINGS_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/server/errors.h"

namespace heimweg::households {

// Thread-compatible.
class Findings {
 public:
  // For the root message, or the one at `path`. What is found is appended to
  // `violations`, which must outlive this and all that In() returned.
  explicit Findings(std::vector<server::Violation>& violations,
                    std::string path = "")
      : violations_(violations), path_(std::move(path)) {}

  // For the message in `field`, or in its element `index`.
  Findings In(absl::string_view field) const;
  Findings In(absl::string_view field, int index) const;

  // Notes a violation of `field` unless `holds`. `expected` says what is right
  // and never repeats what was given.
  void Expect(bool holds, absl::string_view field,
              absl::string_view expected) const;
  // The same for an element of the repeated `field`.
  void Expect(bool holds, absl::string_view field, int index,
              absl::string_view expected) const;

  // `count` elements of the repeated `field` are no more than `limit`.
  void ExpectAtMost(int limit, int count, absl::string_view field) const;

  // A whole number within [lowest, highest].
  void ExpectWithin(int64_t lowest, int64_t highest, int64_t number,
                    absl::string_view field) const;

  // Text of at most `limit` characters.
  void ExpectShort(int limit, absl::string_view text,
                   absl::string_view field) const;

  // Each element of the repeated `field` is a text of 1 to `limit` characters,
  // and there are at most `count_limit` of them.
  template <typename Texts>
  void ExpectTerms(int count_limit, int limit, const Texts& texts,
                   absl::string_view field) const {
    ExpectAtMost(count_limit, texts.size(), field);
    for (int i = 0; i < texts.size(); ++i) {
      ExpectTerm(limit, texts[i], field, i);
    }
  }

  // A value that the contract knows; 0 is "not said".
  template <typename IsValid>
  void ExpectKnown(IsValid is_valid, int value, absl::string_view field) const {
    Expect(is_valid(value), field, "must be a known value");
  }

  // Values that the contract knows, none of them "not said".
  template <typename IsValid, typename Values>
  void ExpectAllKnown(IsValid is_valid, const Values& values,
                      absl::string_view field) const {
    for (int i = 0; i < values.size(); ++i) {
      Expect(values[i] != 0 && is_valid(values[i]), field, i,
             "must be a known value other than unspecified");
    }
  }

 private:
  void ExpectTerm(int limit, absl::string_view text, absl::string_view field,
                  int index) const;
  std::string PathOf(absl::string_view field) const;

  std::vector<server::Violation>& violations_;
  std::string path_;
};

}  // namespace heimweg::households

#endif  // HEIMWEG_SERVICES_HOUSEHOLDS_FINDINGS_H_
