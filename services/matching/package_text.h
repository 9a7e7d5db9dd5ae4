// A package that was found as the contract's Package.
#ifndef HEIMWEG_SERVICES_MATCHING_PACKAGE_TEXT_H_
#define HEIMWEG_SERVICES_MATCHING_PACKAGE_TEXT_H_

#include "heimweg/matching/v1/package.pb.h"
#include "services/matching/package_search.h"

namespace heimweg::matching {

// `search` is the one that found it.
v1::Package PackageOf(const PackageWish& wish, const FoundPackage& found,
                      PackageSearch& search);

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_PACKAGE_TEXT_H_
