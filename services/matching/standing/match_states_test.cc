#include "services/matching/standing/match_states.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <utility>

#include "tests/support/status_matchers.h"

namespace heimweg::matching {
namespace {

using ::heimweg::testing::StatusIs;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(MatchStatesTest, AllowsExactlyWhatTheContractSays) {
  // By state, from NEW on: the actions as digits.
  const std::vector<std::set<int>> legal = {
      {1, 2, 3, 4}, {1, 2, 3, 4}, {2, 3, 4},    {2, 3},
      {4, 5, 6, 7}, {5, 6, 7},    {2, 3, 4, 6}, {2, 3, 4, 7}};
  for (int state = 1; state < v1::MatchState_ARRAYSIZE; ++state) {
    for (int action = 0; action < v1::MatchAction_ARRAYSIZE; ++action) {
      EXPECT_EQ(Allows(static_cast<v1::MatchState>(state),
                       static_cast<v1::MatchAction>(action)),
                legal[static_cast<size_t>(state) - 1].contains(action))
          << v1::MatchState_Name(static_cast<v1::MatchState>(state)) << " "
          << v1::MatchAction_Name(static_cast<v1::MatchAction>(action));
    }
  }
}

TEST(MatchStatesTest, ARefusalNamesWhatIsAllowed) {
  EXPECT_THAT(NextState(v1::MATCH_STATE_PROPOSED, v1::MATCH_ACTION_SAVE),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       AllOf(HasSubstr("ACCEPT"), HasSubstr("DECLINE"),
                             HasSubstr("WITHDRAW"), Not(HasSubstr("SEE")))));
}

TEST(MatchStatesTest, ARepetitionChangesNothing) {
  const auto next = NextState(v1::MATCH_STATE_SAVED, v1::MATCH_ACTION_SAVE);
  ASSERT_TRUE(next.ok());
  EXPECT_EQ(*next, v1::MATCH_STATE_SAVED);
}

}  // namespace
}  // namespace heimweg::matching
