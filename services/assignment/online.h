// Households that arrive one after the other and are placed at once, for good.
// Shadow prices say what the room of a place is worth to those who may still
// come: a linear programme over arrivals sampled from the past and from those
// who came already, solved again every few arrivals with the room that is left.
// A household takes the place with the greatest weight less the price of its
// room.
//
// After: Ahani, Gölz, Procaccia, Teytelboym, Trapp, "Dynamic Placement in
// Refugee Resettlement", 2021 (potentials of sampled matchings); here each
// known household is drawn as often as the others or once more, which varies
// less than drawing with replacement, and the mean of a few samples is taken.
#ifndef HEIMWEG_SERVICES_ASSIGNMENT_ONLINE_H_
#define HEIMWEG_SERVICES_ASSIGNMENT_ONLINE_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "services/assignment/placement.h"

namespace heimweg::assignment {

struct OnlineOptions {
  // Prices are computed again after so many arrivals, 1 or more: with 330
  // households and 20 places some tens of milliseconds each time.
  int refresh = 1;
  // Linear programmes whose prices are averaged at least, 1 or more; more when
  // few may still come.
  int samples = 3;
  uint64_t seed = 1;
};

struct OnlinePlacement {
  // By household: its place or kUnplaced.
  std::vector<int> place_of;
  double objective = 0;
};

// `problem`'s households in the order of their arrival; only what has arrived
// is looked at, and how many will come. `past` has the same places and
// dimensions; its capacities do not count. INVALID_ARGUMENT if they do not fit
// or `past` has no household. Deterministic.
absl::StatusOr<OnlinePlacement> PlaceOnline(const PlacementProblem& problem,
                                            const PlacementProblem& past,
                                            const OnlineOptions& options);

// Each household takes the place with the greatest weight that has room.
OnlinePlacement PlaceGreedily(const PlacementProblem& problem);

}  // namespace heimweg::assignment

#endif  // HEIMWEG_SERVICES_ASSIGNMENT_ONLINE_H_
