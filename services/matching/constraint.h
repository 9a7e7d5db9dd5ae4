// Outcome: how one hard condition came out for one offer. Not a feature: it
// has no value, it passes or it does not.
#ifndef HEIMWEG_SERVICES_MATCHING_CONSTRAINT_H_
#define HEIMWEG_SERVICES_MATCHING_CONSTRAINT_H_

#include <cstdint>

namespace heimweg::matching {

enum class Outcome : uint8_t {
  kMet,
  kFailed,  // known not to be met: the offer is not ranked
  kOpen,    // nothing was asked, or it is not known
};

// Of a constraint of two parts: one failed part is enough to fail, one part
// that is not known leaves it open. `asked` says whether a part was asked.
struct Part {
  bool asked = false;
  Outcome outcome = Outcome::kOpen;
};
constexpr Outcome Both(Part a, Part b) {
  if ((a.asked && a.outcome == Outcome::kFailed) ||
      (b.asked && b.outcome == Outcome::kFailed)) {
    return Outcome::kFailed;
  }
  if (!a.asked && !b.asked) return Outcome::kOpen;
  const bool open = (a.asked && a.outcome == Outcome::kOpen) ||
                    (b.asked && b.outcome == Outcome::kOpen);
  return open ? Outcome::kOpen : Outcome::kMet;
}

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_CONSTRAINT_H_
