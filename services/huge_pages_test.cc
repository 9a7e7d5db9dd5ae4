#include "services/huge_pages.h"

#include <gtest/gtest.h>
#include <sys/mman.h>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <string>

namespace heimweg {
namespace {

constexpr size_t kHuge = size_t{2} << 20;
constexpr size_t kBytes = 8 * kHuge;
constexpr size_t kSmall = 4096;

bool SystemGivesHugePages() {
  std::ifstream file("/sys/kernel/mm/transparent_hugepage/enabled");
  std::string line;
  std::getline(file, line);
  return !line.empty() && line.find("[never]") == std::string::npos;
}

int64_t HugeKib() {
  std::ifstream file("/proc/self/smaps_rollup");
  int64_t kib = 0;
  for (std::string line; std::getline(file, line);) {
    std::sscanf(line.c_str(), "AnonHugePages: %ld", &kib);
  }
  return kib;
}

// Memory that was filled in small pages.
class HugePagesTest : public ::testing::Test {
 protected:
  HugePagesTest()
      : memory_(
            static_cast<uint8_t*>(mmap(nullptr, kBytes, PROT_READ | PROT_WRITE,
                                       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0))) {
    madvise(memory_, kBytes, MADV_NOHUGEPAGE);
    for (size_t at = 0; at < kBytes; at += kSmall) memory_[at] = Mark(at);
  }
  ~HugePagesTest() override { munmap(memory_, kBytes); }

  static uint8_t Mark(size_t at) {
    return static_cast<uint8_t>(at / kSmall * 7 + 1);
  }

  uint8_t* const memory_;
};

TEST_F(HugePagesTest, GathersWhatLiesInSmallPagesAndKeepsWhatItHolds) {
  if (!SystemGivesHugePages()) GTEST_SKIP() << "no huge pages here";
  const int64_t before = HugeKib();
  madvise(memory_, kBytes, MADV_HUGEPAGE);
  GatherHugePages();
  // One less than there are: its begin need not be that of a huge page.
  EXPECT_GE(HugeKib() - before, static_cast<int64_t>((kBytes - kHuge) >> 10));
  for (size_t at = 0; at < kBytes; at += kSmall) {
    ASSERT_EQ(memory_[at], Mark(at));
  }
}

TEST_F(HugePagesTest, LeavesMemoryForWhichTheSystemGivesNone) {
  const int64_t before = HugeKib();
  GatherHugePages();
  EXPECT_LT(HugeKib() - before, static_cast<int64_t>(kBytes >> 10));
  for (size_t at = 0; at < kBytes; at += kSmall) {
    ASSERT_EQ(memory_[at], Mark(at));
  }
}

}  // namespace
}  // namespace heimweg
