// What would have to give so that a package's missing part were found near its
// home.
#ifndef HEIMWEG_SERVICES_MATCHING_MISSING_PART_H_
#define HEIMWEG_SERVICES_MATCHING_MISSING_PART_H_

#include <vector>

#include "heimweg/matching/v1/match.pb.h"
#include "services/matching/package_search.h"

namespace heimweg::matching {

// The least change of each kind that alone is enough: of the limit of the way,
// if a longer one reached something, then of what a condition with a number
// asks, if something within reach fails nothing else. Where what is there
// serves another part already, or the place of the home is not known: nothing.
std::vector<v1::Relaxation> RequiredForPart(const PackageWish& wish,
                                            const FoundPackage& found,
                                            const PackageSearch& search,
                                            size_t part);

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_MISSING_PART_H_
