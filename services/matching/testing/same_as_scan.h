// A search compared with a scan.
#ifndef HEIMWEG_SERVICES_MATCHING_TESTING_SAME_AS_SCAN_H_
#define HEIMWEG_SERVICES_MATCHING_TESTING_SAME_AS_SCAN_H_

#include <gtest/gtest.h>

#include <cstddef>

#include "services/matching/scan.h"
#include "services/matching/search.h"

namespace heimweg::matching::testing {

// The best `limit` offers that a search finds are those of a scan.
template <typename Query>
void ExpectSameAsScan(const Query& query, size_t limit) {
  const auto ranking = Scan(query, limit, {});
  const auto found = Search(query, limit, {});
  ASSERT_TRUE(ranking && found);
  ASSERT_EQ(found->size(), ranking->best.size());
  for (size_t i = 0; i < found->size(); ++i) {
    ASSERT_EQ((*found)[i].score, ranking->best[i].score);
    ASSERT_EQ((*found)[i].seeker, ranking->best[i].seeker);
    ASSERT_EQ((*found)[i].segment, ranking->best[i].segment);
    ASSERT_EQ((*found)[i].row, ranking->best[i].row);
  }
}

}  // namespace heimweg::matching::testing

#endif  // HEIMWEG_SERVICES_MATCHING_TESTING_SAME_AS_SCAN_H_
