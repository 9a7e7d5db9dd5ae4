// A lottery for homes that anyone can verify. Every person's ticket is
//     SHA-256(seed, a line feed, the person's name), in lower-case hex;
// the lowest ticket chooses first, and each takes the first offer on the own
// list that still has room. So nobody gains by a list that is not the own wish,
// and with the published seed `printf 'SEED\nPERSON' | sha256sum` gives each
// ticket. The seed has to be fixed (its hash published) before the lists are
// known.
#ifndef HEIMWEG_SERVICES_ASSIGNMENT_LOTTERY_H_
#define HEIMWEG_SERVICES_ASSIGNMENT_LOTTERY_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/assignment/flow_csv.h"

namespace heimweg::assignment {

// SHA-256 in 64 lower-case hex digits.
std::string Sha256Hex(absl::string_view text);

struct Draw {
  // Index into the people.
  int32_t person = 0;
  std::string ticket;
  // Index into the offers, or -1: nothing was left.
  int32_t offer = -1;
};

// In the order of the tickets, equal ones by name. Lists are the people's edges
// in the order of the file; scores do not count. INVALID_ARGUMENT if the seed
// is empty or holds a line feed.
absl::StatusOr<std::vector<Draw>> HoldLottery(const NamedFlowProblem& named,
                                              absl::string_view seed);

}  // namespace heimweg::assignment

#endif  // HEIMWEG_SERVICES_ASSIGNMENT_LOTTERY_H_
