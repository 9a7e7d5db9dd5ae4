#include "services/places/notices.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "absl/strings/str_split.h"

namespace heimweg::places {
namespace {

using ::testing::HasSubstr;

TEST(NoticesTest, EverySourceIsNamedWithItsLicence) {
  const std::string text = FormatDataNotices();
  for (const char* part :
       {"GeoNames", "© OpenStreetMap contributors", "Deutsche Bahn", "Destatis",
        "CC BY 4.0", "ODbL", "https://creativecommons.org/licenses/by/4.0/"}) {
    EXPECT_THAT(text, HasSubstr(part));
  }
  for (const DataNotice& notice : DataNotices()) {
    EXPECT_FALSE(notice.attribution.empty());
    EXPECT_FALSE(notice.licence_uri.empty());
  }
}

TEST(NoticesTest, TheTextFitsATerminal) {
  for (absl::string_view line : absl::StrSplit(FormatDataNotices(), '\n')) {
    EXPECT_LE(line.size(), 82u) << line;  // two umlauts take two bytes each
  }
}

}  // namespace
}  // namespace heimweg::places
