// Fills an index and, with the same offers, the oracle's world.
#ifndef HEIMWEG_SERVICES_MATCHING_TESTING_POPULATE_H_
#define HEIMWEG_SERVICES_MATCHING_TESTING_POPULATE_H_

#include <map>
#include <string>

#include "services/matching/index.h"
#include "services/matching/testing/brute_force_oracle.h"
#include "services/matching/testing/feeding.h"
#include "services/matching/testing/world.h"

namespace heimweg::matching::testing {

// Puts, changes and deletes offers of one kind in random batches; `offers` is
// what is left.
template <typename Response, typename Offer, typename Make>
void Populate(int count, Make make, Dice& dice, Index& index,
              std::map<std::string, Offer>& offers) {
  Feeding<Response> feeding(index);
  const auto maybe_apply = [&] {
    if (!dice.Percent(25)) return;
    feeding.Apply(dice.Percent(70));
    if (dice.Percent(50)) index.Merge();
  };
  for (int i = 0; i < 2 * count; ++i) {
    const auto id = static_cast<int>(i < count ? i : dice.Between(0, count));
    const Offer offer = make(id);
    if (i >= count && dice.Percent(40)) {
      offers.erase(offer.name());
      feeding.Delete(offer.name());
    } else {
      offers[offer.name()] = offer;
      feeding.Put(offer);
    }
    maybe_apply();
  }
  feeding.Apply();
  while (dice.Percent(80) && index.Merge()) {
  }
}

inline void PopulateAll(WorldMaker& maker, int count, Index& index,
                        World& world) {
  Populate<jobs::v1::WatchJobsResponse>(
      count, [&](int id) { return maker.Job(id); }, maker.dice(), index,
      world.jobs);
  Populate<housing::v1::WatchHomesResponse>(
      count, [&](int id) { return maker.Home(id); }, maker.dice(), index,
      world.homes);
  Populate<contacts::v1::WatchContactsResponse>(
      count, [&](int id) { return maker.Contact(id); }, maker.dice(), index,
      world.contacts);
}

}  // namespace heimweg::matching::testing

#endif  // HEIMWEG_SERVICES_MATCHING_TESTING_POPULATE_H_
