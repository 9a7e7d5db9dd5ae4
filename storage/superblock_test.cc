#include "storage/superblock.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace heimweg::storage {
namespace {

using ::heimweg::testing::IsOk;
using ::heimweg::testing::IsOkAndHolds;
using ::heimweg::testing::StatusIs;
using ::testing::Optional;

Superblock ASuperblock() {
  return {NewStoreId(), /*schema_version=*/3, /*revision=*/12'345'678'901,
          /*initialised=*/true};
}

TEST(SuperblockTest, IsReadBackAsWritten) {
  const testing::TempDir dir;
  const std::shared_ptr<rocksdb::FileSystem> files =
      rocksdb::FileSystem::Default();
  EXPECT_THAT(ReadSuperblock(*files, dir.path()), IsOkAndHolds(std::nullopt));
  for (int i = 0; i < 2; ++i) {
    const Superblock superblock = ASuperblock();
    ASSERT_THAT(WriteSuperblock(*files, dir.path(), superblock), IsOk());
    EXPECT_THAT(ReadSuperblock(*files, dir.path()),
                IsOkAndHolds(Optional(superblock)));
  }
}

TEST(SuperblockTest, AnyFlippedBitIsNoticed) {
  const std::string text = EncodeSuperblock(ASuperblock());
  for (size_t bit = 0; bit < text.size() * 8; ++bit) {
    std::string damaged = text;
    damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ (1 << (bit % 8)));
    EXPECT_THAT(ParseSuperblock(damaged),
                StatusIs(absl::StatusCode::kDataLoss));
  }
}

TEST(SuperblockTest, ATornFileIsNoticed) {
  const std::string text = EncodeSuperblock(ASuperblock());
  for (size_t size = 0; size < text.size(); ++size) {
    EXPECT_THAT(ParseSuperblock(text.substr(0, size)),
                StatusIs(absl::StatusCode::kDataLoss));
  }
}

}  // namespace
}  // namespace heimweg::storage
