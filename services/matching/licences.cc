#include "services/matching/licences.h"

#include <array>
#include <cstddef>

namespace heimweg::matching {
namespace {

struct LicenceClass {
  const char* name;
  // Included classes, each but for what these include in turn.
  std::array<const char*, 4> included;
};

// Classes stand after those that they include.
constexpr std::array<LicenceClass, 15> kClasses = {{
    {"AM", {}},
    {"A1", {"AM"}},
    {"A2", {"A1"}},
    {"A", {"A2"}},
    {"L", {}},
    {"T", {"AM", "L"}},
    {"B", {"AM", "L"}},
    {"BE", {"B"}},
    {"C1", {"B"}},
    {"C1E", {"C1", "BE"}},
    {"C", {"C1"}},
    {"CE", {"C", "C1E", "T"}},
    {"D1", {"B"}},
    {"D", {"D1"}},
    {"DE", {"D", "BE"}},
}};

}  // namespace

uint16_t LicenceBit(absl::string_view licence) {
  for (size_t i = 0; i < kClasses.size(); ++i) {
    if (licence == kClasses[i].name) return static_cast<uint16_t>(1U << i);
  }
  return 0;
}

uint16_t WithIncluded(uint16_t held) {
  uint32_t all = held;
  for (size_t i = kClasses.size(); i-- > 0;) {
    if ((all >> i & 1U) == 0) continue;
    for (const char* name : kClasses[i].included) {
      if (name != nullptr) all |= LicenceBit(name);
    }
  }
  return static_cast<uint16_t>(all);
}

std::string LicenceText(uint16_t licences) {
  std::string text;
  for (size_t i = 0; i < kClasses.size(); ++i) {
    if ((licences >> i & 1U) == 0) continue;
    if (!text.empty()) text += ", ";
    text += kClasses[i].name;
  }
  return text;
}

}  // namespace heimweg::matching
