// Several threads on one book, as workers are. Also run by ThreadSanitizer.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "services/offers/testing/memory_engine.h"
#include "services/offers/testing/mirror.h"
#include "services/offers/testing/test_book.h"
#include "tests/support/status_matchers.h"

namespace heimweg::offers {
namespace {

using ::heimweg::offers::testing::AJob;
using ::heimweg::offers::testing::ARow;
using ::heimweg::offers::testing::MemoryEngine;
using ::heimweg::offers::testing::Mirror;
using ::heimweg::offers::testing::Rows;
using ::heimweg::offers::testing::TestBook;
using ::heimweg::offers::testing::Uuid;
using ::heimweg::testing::IsOk;
using ::heimweg::testing::IsOkAndHolds;
using ::heimweg::testing::StatusIs;
using jobs::v1::Job;

constexpr int kThreads = 4;

template <typename Work>
void InThreads(Work work) {
  std::vector<std::thread> threads;
  threads.reserve(kThreads);
  for (int i = 0; i < kThreads; ++i) threads.emplace_back(work, i);
  for (std::thread& thread : threads) thread.join();
}

TEST(OfferRacesTest, OfWritersWithOneEtagExactlyOneWins) {
  TestBook book(std::make_unique<MemoryEngine>());
  const std::string name = book.Create(AJob(), "a")->name();
  for (int round = 0; round < 20; ++round) {
    const Job before = *book.Get(name);
    std::atomic<int> won = 0;
    InThreads([&](int thread) {
      Job change = before;
      change.set_title(std::to_string(round) + "/" + std::to_string(thread));
      const auto changed = book.Update(change);
      if (changed.ok()) {
        ++won;
      } else {
        EXPECT_THAT(changed, StatusIs(absl::StatusCode::kAborted));
      }
    });
    EXPECT_EQ(won, 1);
  }
}

TEST(OfferRacesTest, OneRequestIdMakesOneOffer) {
  TestBook book(std::make_unique<MemoryEngine>());
  for (int round = 0; round < 20; ++round) {
    jobs::v1::CreateJobRequest request;
    request.set_parent("networks/sun");
    *request.mutable_job() = AJob();
    request.set_request_id(Uuid(round));
    std::vector<std::string> names(kThreads);
    InThreads(
        [&](int thread) { names[thread] = book.Create(request)->name(); });
    EXPECT_THAT(names, ::testing::Each(names[0]));
  }
}

TEST(OfferRacesTest, OneExternalIdMakesOneOffer) {
  TestBook book(std::make_unique<MemoryEngine>());
  std::atomic<int> created = 0;
  InThreads([&](int /*thread*/) {
    auto import = book.StartImport();
    for (int i = 0; i < 50; ++i) {
      const auto response = import(Rows({ARow(std::to_string(i))}));
      ASSERT_THAT(response, IsOk());
      if (response->results(0).outcome() ==
          type::v1::ImportRowResult::OUTCOME_CREATED) {
        ++created;
      }
    }
  });
  EXPECT_EQ(created, 50);
}

TEST(OfferRacesTest, AWatcherKeepsUpWithWritersReadersAndTheSweep) {
  TestBook book(std::make_unique<MemoryEngine>());
  std::atomic<bool> writing = true;
  std::thread watcher([&] {
    auto watch = *book.StartWatch();
    Mirror mirror;
    while (writing) ASSERT_THAT(mirror.Drain(*watch), IsOk());
    ASSERT_THAT(mirror.Drain(*watch), IsOk());
    EXPECT_EQ(mirror.offers().size(), static_cast<size_t>(kThreads) * 20);
  });
  InThreads([&](int /*thread*/) {
    for (int i = 0; i < 20; ++i) {
      const auto kept = book.Create(AJob());
      const auto deleted = book.Create(AJob());
      ASSERT_THAT(kept, IsOk());
      ASSERT_THAT(deleted, IsOk());
      ASSERT_THAT(book.Get(kept->name(), true), IsOk());
      ASSERT_THAT(book.Delete(deleted->name()), IsOk());
      ASSERT_THAT(book->SweepExpired(), IsOkAndHolds(0));
    }
  });
  writing = false;
  watcher.join();
}

}  // namespace
}  // namespace heimweg::offers
