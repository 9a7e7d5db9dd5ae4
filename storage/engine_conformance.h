// The tests that every engine has to pass: what engine.h promises, and nothing
// of how it is done. An engine's own test includes this and instantiates it:
//
//   INSTANTIATE_TEST_SUITE_P(RocksDb, EngineConformance,
//                            ::testing::Values(MakeRocksDbPlace));
#ifndef HEIMWEG_STORAGE_ENGINE_CONFORMANCE_H_
#define HEIMWEG_STORAGE_ENGINE_CONFORMANCE_H_

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "storage/engine.h"
#include "tests/support/status_matchers.h"

namespace heimweg::storage {

// Where one store lies. Opens its engine, empty at first; after the engine was
// destroyed it opens the same store again.
class EnginePlace {
 public:
  virtual ~EnginePlace() = default;
  virtual absl::StatusOr<std::unique_ptr<Engine>> Open() = 0;
};

class EngineConformance : public ::testing::TestWithParam<
                              std::function<std::unique_ptr<EnginePlace>()>> {
 protected:
  using Rows = std::vector<std::pair<std::string, std::string>>;

  EngineConformance() : place_(GetParam()()), engine_(*place_->Open()) {}

  void Reopen() {
    engine_.reset();
    engine_ = *place_->Open();
  }

  // Commits `writes` on the present state.
  absl::Status Commit(std::vector<Write> writes) {
    const uint64_t revision = (*engine_->Snapshot())->revision();
    return engine_->Commit({revision, revision + 1, std::move(writes)});
  }

  static Rows Scan(const Reader& reader, const std::string& begin,
                   const std::string& end) {
    Rows rows;
    EXPECT_THAT(
        reader.Scan(begin, end,
                    [&](absl::string_view key, absl::string_view value) {
                      rows.emplace_back(key, value);
                      return true;
                    }),
        testing::IsOk());
    return rows;
  }
  Rows All() { return Scan(**engine_->Snapshot(), "", ""); }

  const std::unique_ptr<EnginePlace> place_;
  std::unique_ptr<Engine> engine_;
};

TEST_P(EngineConformance, ANewStoreIsEmptyAtRevisionZero) {
  EXPECT_EQ((*engine_->Snapshot())->revision(), 0);
  EXPECT_THAT(All(), ::testing::IsEmpty());
}

TEST_P(EngineConformance, ABatchIsAppliedWithItsRevision) {
  ASSERT_THAT(engine_->Commit({0, 7, {{"a", "1"}, {"b", "2"}}}),
              testing::IsOk());
  ASSERT_THAT(engine_->Commit({7, 8, {{"a", std::nullopt}, {"c", ""}}}),
              testing::IsOk());

  EXPECT_EQ((*engine_->Snapshot())->revision(), 8);
  EXPECT_EQ(All(), (Rows{{"b", "2"}, {"c", ""}}));
}

TEST_P(EngineConformance, ABatchMayRaiseTheRevisionAlone) {
  ASSERT_THAT(engine_->Commit({0, 3, {}}), testing::IsOk());
  EXPECT_EQ((*engine_->Snapshot())->revision(), 3);
}

TEST_P(EngineConformance, ABatchFromAnOldStateIsAbortedAndLeavesNothing) {
  ASSERT_THAT(engine_->Commit({0, 1, {{"a", "1"}}}), testing::IsOk());

  EXPECT_THAT(engine_->Commit({0, 1, {{"b", "2"}}}),
              testing::StatusIs(absl::StatusCode::kAborted));
  EXPECT_THAT(engine_->Commit({5, 6, {{"b", "2"}}}),
              testing::StatusIs(absl::StatusCode::kAborted));

  EXPECT_EQ((*engine_->Snapshot())->revision(), 1);
  EXPECT_EQ(All(), (Rows{{"a", "1"}}));
  EXPECT_THAT(engine_->Health(), testing::IsOk());
}

TEST_P(EngineConformance, ABatchThatBreaksTheRulesIsInvalid) {
  EXPECT_THAT(engine_->Commit({0, 0, {{"a", "1"}}}),
              testing::StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(engine_->Commit({0, 1, {{"", "1"}}}),
              testing::StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(engine_->Commit({0, 1, {{std::string(1, '\0'), "1"}}}),
              testing::StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(All(), ::testing::IsEmpty());
}

TEST_P(EngineConformance, GetFindsWhatIsThere) {
  ASSERT_THAT(Commit({{"a", "1"}, {"empty", ""}}), testing::IsOk());
  const std::unique_ptr<Reader> reader = *engine_->Snapshot();

  EXPECT_EQ(*reader->Get("a"), "1");
  EXPECT_EQ(*reader->Get("empty"), "");
  EXPECT_EQ(*reader->Get("none"), std::nullopt);
}

TEST_P(EngineConformance, MultiGetAnswersInTheOrderOfItsKeys) {
  ASSERT_THAT(Commit({{"a", "1"}, {"b", "2"}}), testing::IsOk());
  const std::unique_ptr<Reader> reader = *engine_->Snapshot();

  EXPECT_THAT(*reader->MultiGet({"b", "none", "a", "b"}),
              ::testing::ElementsAre("2", std::nullopt, "1", "2"));
  EXPECT_THAT(*reader->MultiGet({}), ::testing::IsEmpty());
}

TEST_P(EngineConformance, ScansAreHalfOpenAndInByteOrder) {
  const std::string zero("a\0", 2);
  ASSERT_THAT(Commit({{"b", "4"},
                      {"a\xff", "3"},
                      {zero, "2"},
                      {"a", "1"},
                      {"\xff\xff", "5"}}),
              testing::IsOk());
  const std::unique_ptr<Reader> reader = *engine_->Snapshot();

  EXPECT_EQ(Scan(*reader, "a", "b"),
            (Rows{{"a", "1"}, {zero, "2"}, {"a\xff", "3"}}));
  EXPECT_EQ(Scan(*reader, "b", ""), (Rows{{"b", "4"}, {"\xff\xff", "5"}}));
  EXPECT_THAT(Scan(*reader, "b", "b"), ::testing::IsEmpty());
  EXPECT_THAT(Scan(*reader, "c", "b"), ::testing::IsEmpty());
}

TEST_P(EngineConformance, AScanStopsWhenTheVisitorSaysSo) {
  ASSERT_THAT(Commit({{"a", ""}, {"b", ""}, {"c", ""}}), testing::IsOk());
  std::vector<std::string> seen;
  EXPECT_THAT((*engine_->Snapshot())
                  ->Scan("", "",
                         [&](absl::string_view key, absl::string_view) {
                           seen.emplace_back(key);
                           return seen.size() < 2;
                         }),
              testing::IsOk());
  EXPECT_THAT(seen, ::testing::ElementsAre("a", "b"));
}

TEST_P(EngineConformance, AReaderKeepsItsState) {
  ASSERT_THAT(Commit({{"a", "old"}, {"b", "1"}}), testing::IsOk());
  const std::unique_ptr<Reader> before = *engine_->Snapshot();

  ASSERT_THAT(Commit({{"a", "new"}, {"b", std::nullopt}, {"c", "1"}}),
              testing::IsOk());

  EXPECT_EQ(before->revision(), 1);
  EXPECT_EQ(*before->Get("a"), "old");
  EXPECT_EQ(Scan(*before, "", ""), (Rows{{"a", "old"}, {"b", "1"}}));
  EXPECT_EQ(All(), (Rows{{"a", "new"}, {"c", "1"}}));
}

TEST_P(EngineConformance, WhatWasCommittedIsThereAfterReopening) {
  const std::string id = engine_->id();
  ASSERT_THAT(Commit({{"a", "1"}, {"b", "2"}}), testing::IsOk());
  ASSERT_THAT(Commit({{"b", std::nullopt}}), testing::IsOk());

  Reopen();

  EXPECT_EQ(engine_->id(), id);
  EXPECT_EQ((*engine_->Snapshot())->revision(), 2);
  EXPECT_EQ(All(), (Rows{{"a", "1"}}));
  EXPECT_THAT(Commit({{"c", "3"}}), testing::IsOk());
}

TEST_P(EngineConformance, AnIdHas32HexadecimalDigits) {
  EXPECT_THAT(engine_->id(), ::testing::MatchesRegex("[0-9a-f]+"));
  EXPECT_THAT(engine_->id(), ::testing::SizeIs(32));
}

}  // namespace heimweg::storage

#endif  // HEIMWEG_STORAGE_ENGINE_CONFORMANCE_H_
