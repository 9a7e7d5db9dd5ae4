// A receiver of Watch may lose its stream at any time and resume at any token
// that it was ever given.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "services/offers/testing/mirror.h"
#include "services/offers/testing/test_book.h"
#include "tests/support/status_matchers.h"

namespace heimweg::offers {
namespace {

using ::heimweg::offers::testing::AJob;
using ::heimweg::offers::testing::ImportMany;
using ::heimweg::offers::testing::Mirror;
using ::heimweg::offers::testing::State;
using ::heimweg::offers::testing::TestBook;
using ::heimweg::testing::IsOk;
using ::heimweg::testing::IsOkAndHolds;
using jobs::v1::Job;

// Creates, changes and deletes at random.
class Traffic {
 public:
  Traffic(TestBook& book, uint64_t seed) : book_(book), random_(seed) {}

  void Run(int steps) {
    for (int i = 0; i < steps; ++i) Step();
  }

  size_t Pick(size_t count) { return random_() % count; }

 private:
  void Step() {
    const std::string parent = Pick(3) == 0 ? "networks/moon" : "networks/sun";
    if (names_.empty() || Pick(4) == 0) {
      const auto job = book_.Create(AJob(), "", parent);
      ASSERT_THAT(job, IsOk());
      names_.insert(job->name());
      return;
    }
    const std::string name = *std::next(
        names_.begin(), static_cast<std::ptrdiff_t>(Pick(names_.size())));
    if (Pick(3) == 0) {
      ASSERT_THAT(book_.Delete(name), IsOk());
      names_.erase(name);
      return;
    }
    Job job;
    job.set_name(name);
    job.set_title(std::to_string(random_()));
    ASSERT_THAT(book_.Update(job), IsOk());
  }

  TestBook& book_;
  std::mt19937_64 random_;
  std::set<std::string> names_;
};

class OfferFeedResumeTest : public ::testing::TestWithParam<int> {};

TEST_P(OfferFeedResumeTest, EveryTokenLeadsToTheStoresState) {
  TestBook book;
  ImportMany(book, 300);
  Traffic traffic(book, static_cast<uint64_t>(GetParam()));
  const std::string parent =
      GetParam() % 2 == 0 ? "networks/-" : "networks/sun";
  // A receiver that loses its stream at random times; each state that it had
  // with a token is kept.
  std::vector<Mirror> kept;
  Mirror mirror;
  for (int round = 0; round < 12; ++round) {
    auto watch = book.StartWatch(mirror.token(), parent);
    ASSERT_THAT(watch, IsOk());
    for (size_t pulls = traffic.Pick(3); pulls > 0; --pulls) {
      const auto complete = mirror.Drain(**watch, 1);
      ASSERT_THAT(complete, IsOk());
      if (*complete) {
        EXPECT_EQ(mirror.offers(), State(book, parent));
      }
      kept.push_back(mirror);
      traffic.Run(static_cast<int>(traffic.Pick(20)));
    }
  }
  const auto state = State(book, parent);
  for (Mirror& receiver : kept) {
    auto watch = book.StartWatch(receiver.token(), parent);
    ASSERT_THAT(watch, IsOk());
    EXPECT_THAT(receiver.Drain(**watch), IsOkAndHolds(true));
    EXPECT_EQ(receiver.offers(), state);
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, OfferFeedResumeTest, ::testing::Range(0, 10));

}  // namespace
}  // namespace heimweg::offers
