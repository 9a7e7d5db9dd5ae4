// Packages as tables for eyes.
#ifndef HEIMWEG_CLIENTS_CLI_PACKAGE_TABLE_H_
#define HEIMWEG_CLIENTS_CLI_PACKAGE_TABLE_H_

#include <string>

#include "clients/cli/language.h"
#include "clients/cli/table.h"
#include "heimweg/matching/v1/matching_service.pb.h"

namespace heimweg::cli {

// A row a part, with the rank and the score of its package in the first; below
// each part why it is there, below the last one the weakest link, what is
// missing and what would have to give.
Table PackageTable(const matching::v1::RankPackagesResponse& response,
                   Language language);

// Rank, score, region, homes and what its best package is made of.
Table RegionTable(const matching::v1::RankRegionsResponse& response,
                  Language language);

// "Job for a", "Schule für c1" and so on.
std::string PartName(matching::v1::PackagePartKind kind,
                     const std::string& adult, const std::string& child,
                     Language language);

}  // namespace heimweg::cli

#endif  // HEIMWEG_CLIENTS_CLI_PACKAGE_TABLE_H_
