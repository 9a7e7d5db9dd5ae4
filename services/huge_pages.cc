#include "services/huge_pages.h"

#include <sys/mman.h>

#include <cinttypes>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <string>
#include <vector>

namespace heimweg {
namespace {

constexpr ptrdiff_t kHuge = ptrdiff_t{2} << 20;
constexpr int64_t kHugeKib = kHuge >> 10;
// Linux 6.1; older headers do not know it.
constexpr int kCollapse = 25;

// Private memory without a file, as /proc/self/smaps lists it.
struct Mapping {
  char* begin = nullptr;
  char* end = nullptr;
  int64_t used_kib = 0;
  int64_t huge_kib = 0;
  bool eligible = false;  // for huge pages, by the system's settings
};

// False if the line does not begin such a mapping.
bool Begins(const std::string& line, Mapping& mapping) {
  void* begin = nullptr;
  void* end = nullptr;
  char may[5];
  uint64_t inode = 0;
  const int read = std::sscanf(line.c_str(), "%p-%p %4s %*x %*s %" SCNu64,
                               &begin, &end, may, &inode);
  mapping.begin = static_cast<char*>(begin);
  mapping.end = static_cast<char*>(end);
  return read == 4 && std::string(may) == "rw-p" && inode == 0;
}

// Adds a line that says something of the mapping.
void Add(const std::string& line, Mapping& mapping) {
  const char* const text = line.c_str();
  int eligible = 0;
  std::sscanf(text, "Anonymous: %" SCNd64, &mapping.used_kib);
  std::sscanf(text, "AnonHugePages: %" SCNd64, &mapping.huge_kib);
  if (std::sscanf(text, "THPeligible: %d", &eligible) == 1) {
    mapping.eligible = eligible == 1;
  }
}

std::vector<Mapping> Mappings() {
  std::vector<Mapping> mappings;
  std::ifstream smaps("/proc/self/smaps");
  bool listed = false;
  for (std::string line; std::getline(smaps, line);) {
    // Lines that say something of a mapping begin with a capital letter.
    if (line.empty()) continue;
    if (line[0] >= 'A' && line[0] <= 'Z') {
      if (listed) Add(line, mappings.back());
      continue;
    }
    Mapping next;
    listed = Begins(line, next);
    if (listed) mappings.push_back(next);
  }
  return mappings;
}

// One piece at a time: a call for all of them would end at the first that
// cannot be gathered now, as one that is empty.
void Gather(const Mapping& mapping) {
  const auto over = static_cast<ptrdiff_t>(
      reinterpret_cast<uintptr_t>(mapping.begin) % kHuge);
  char* at = mapping.begin + (kHuge - over) % kHuge;
  for (; mapping.end - at >= kHuge; at += kHuge) {
    // An error is none: it may do the next time. If something else is mapped
    // there by now, its contents do not change either.
    madvise(at, kHuge, kCollapse);
  }
}

}  // namespace

void GatherHugePages() {
  for (const Mapping& mapping : Mappings()) {
    if (!mapping.eligible) continue;
    if (mapping.used_kib - mapping.huge_kib >= kHugeKib) Gather(mapping);
  }
}

}  // namespace heimweg
