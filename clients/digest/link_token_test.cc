#include "clients/digest/link_token.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <fstream>

#include "absl/strings/str_cat.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace heimweg::digest {
namespace {

using heimweg::testing::IsOk;

const LinkAction kDismiss{LinkAction::Verb::kDismiss, "profiles/p1",
                          "networks/n/jobs/j1"};

TEST(LinkKey, ReadsWhatItSigned) {
  const heimweg::testing::TempDir dir;
  const auto key = LinkKey::Open(dir.path() + "/key");
  ASSERT_THAT(key, IsOk());
  const auto action = key->Verify(key->Sign(kDismiss));
  ASSERT_THAT(action, IsOk());
  EXPECT_EQ(action->verb, LinkAction::Verb::kDismiss);
  EXPECT_EQ(action->profile, "profiles/p1");
  EXPECT_EQ(action->object, "networks/n/jobs/j1");
}

TEST(LinkKey, KnowsItsLinksAfterARestart) {
  const heimweg::testing::TempDir dir;
  const std::string token = LinkKey::Open(dir.path() + "/key")->Sign(kDismiss);
  EXPECT_THAT(LinkKey::Open(dir.path() + "/key")->Verify(token), IsOk());
}

TEST(LinkKey, RefusesEveryChangedCharacter) {
  const heimweg::testing::TempDir dir;
  const auto key = LinkKey::Open(dir.path() + "/key");
  ASSERT_THAT(key, IsOk());
  const std::string token = key->Sign(kDismiss);
  // The last character of a base64 text without padding has unused bits.
  for (size_t i = 0; i + 1 < token.size(); ++i) {
    std::string changed = token;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    EXPECT_EQ(key->Verify(changed).status().code(),
              absl::StatusCode::kPermissionDenied)
        << i;
  }
  for (const char* none : {"", ".", "a.b.c", "no token"}) {
    EXPECT_EQ(key->Verify(none).status().code(),
              absl::StatusCode::kPermissionDenied);
  }
}

TEST(LinkKey, RefusesLinksOfAnotherInstallation) {
  const heimweg::testing::TempDir dir;
  const std::string token = LinkKey::Open(dir.path() + "/mine")->Sign(kDismiss);
  EXPECT_EQ(LinkKey::Open(dir.path() + "/other")->Verify(token).status().code(),
            absl::StatusCode::kPermissionDenied);
}

TEST(LinkKey, IsReadableByItsOwnerOnly) {
  const heimweg::testing::TempDir dir;
  const std::string path = dir.path() + "/key";
  ASSERT_THAT(LinkKey::Open(path), IsOk());
  struct stat about;
  ASSERT_EQ(stat(path.c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777, 0600u);
  ASSERT_EQ(chmod(path.c_str(), 0644), 0);
  EXPECT_EQ(LinkKey::Open(path).status().code(),
            absl::StatusCode::kFailedPrecondition);
}

TEST(LinkKey, RefusesAFileThatIsNoKey) {
  const heimweg::testing::TempDir dir;
  const std::string path = dir.path() + "/key";
  std::ofstream(path) << "too short";
  chmod(path.c_str(), 0600);
  EXPECT_EQ(LinkKey::Open(path).status().code(),
            absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(LinkKey::Open(dir.path() + "/no/folder").status().code(),
            absl::StatusCode::kFailedPrecondition);
}

}  // namespace
}  // namespace heimweg::digest
