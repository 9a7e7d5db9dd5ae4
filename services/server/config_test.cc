#include "services/server/config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/support/temp_dir.h"

namespace heimweg::server {
namespace {

using ::testing::AllOf;
using ::testing::ContainsRegex;
using ::testing::Eq;
using ::testing::HasSubstr;
using ::testing::Optional;

// One start of a program: flags, environment and file.
class ConfigTest : public ::testing::Test {
 protected:
  ~ConfigTest() override {
    for (const std::string& name : set_) {
      unsetenv(name.c_str());
    }
  }

  void SetEnvironment(const std::string& name, const std::string& value) {
    setenv(name.c_str(), value.c_str(), 1);
    set_.push_back(name);
  }

  // A settings file with this content; its path.
  std::string File(const std::string& content) {
    const std::string path = absl::StrCat(dir_.path(), "/settings.toml");
    std::ofstream(path) << content;
    return path;
  }

  std::optional<int> Start(std::vector<const char*> flags) {
    Config config("A test.", "heimwegd");
    AddOptions(config, options_);
    config.app().add_option("--data", data_, "Folder of the stores");
    flags.insert(flags.begin(), "heimwegd");
    ::testing::internal::CaptureStdout();
    ::testing::internal::CaptureStderr();
    const auto exit_code =
        config.Parse(static_cast<int>(flags.size()), flags.data());
    stdout_ = ::testing::internal::GetCapturedStdout();
    stderr_ = ::testing::internal::GetCapturedStderr();
    return exit_code;
  }

  Options options_;
  std::string data_ = "./var";
  std::string stdout_;
  std::string stderr_;

 private:
  heimweg::testing::TempDir dir_;
  std::vector<std::string> set_;
};

TEST_F(ConfigTest, DefaultsHoldWhereNothingIsSaid) {
  EXPECT_EQ(Start({}), std::nullopt);
  EXPECT_EQ(options_.edge.queue_limit, 32);
  EXPECT_EQ(options_.server.drain_grace, absl::Seconds(10));
  EXPECT_EQ(data_, "./var");
}

TEST_F(ConfigTest, AFileWinsOverTheDefault) {
  const std::string file =
      File("queue-limit = 3\ndata = \"/srv\"\ndrain-grace-seconds = 0.5\n");
  EXPECT_EQ(Start({"--config", file.c_str()}), std::nullopt);
  EXPECT_EQ(options_.edge.queue_limit, 3);
  EXPECT_EQ(options_.server.drain_grace, absl::Milliseconds(500));
  EXPECT_EQ(data_, "/srv");
}

TEST_F(ConfigTest, TheEnvironmentWinsOverTheFile) {
  SetEnvironment("HEIMWEG_QUEUE_LIMIT", "4");
  SetEnvironment("HEIMWEG_DATA", "/env");
  SetEnvironment("HEIMWEG_CONFIG",
                 File("queue-limit = 3\nstream-limit = 9\ndata = \"/f\"\n"));
  EXPECT_EQ(Start({}), std::nullopt);
  EXPECT_EQ(options_.edge.queue_limit, 4);
  EXPECT_EQ(options_.edge.stream_limit, 9);
  EXPECT_EQ(data_, "/env");
}

TEST_F(ConfigTest, AFlagWinsOverAll) {
  SetEnvironment("HEIMWEG_QUEUE_LIMIT", "4");
  const std::string file = File("queue-limit = 3\n");
  EXPECT_EQ(Start({"--config", file.c_str(), "--queue-limit=5"}), std::nullopt);
  EXPECT_EQ(options_.edge.queue_limit, 5);
}

TEST_F(ConfigTest, UnknownKeysAreErrors) {
  const std::string file = File("queue-limt = 3\n");
  EXPECT_THAT(Start({"--config", file.c_str()}), Optional(2));
  EXPECT_THAT(stderr_, HasSubstr("queue-limt"));
  EXPECT_THAT(Start({"--queue-limt=3"}), Optional(2));
  EXPECT_THAT(stderr_, HasSubstr("queue-limt"));
}

TEST_F(ConfigTest, KeysInAnUnknownSectionAreErrors) {
  const std::string file = File("[server]\nqueue-limit = 3\n");
  EXPECT_THAT(Start({"--config", file.c_str()}), Optional(2));
}

TEST_F(ConfigTest, RefusesWhatIsOutOfRangeWhereverItStands) {
  EXPECT_THAT(Start({"--queue-limit=0"}), Optional(2));
  EXPECT_THAT(stderr_, AllOf(HasSubstr("--queue-limit"), HasSubstr("10000")));
  const std::string file = File("queue-limit = 10001\n");
  EXPECT_THAT(Start({"--config", file.c_str()}), Optional(2));
  SetEnvironment("HEIMWEG_QUEUE_LIMIT", "many");
  EXPECT_THAT(Start({}), Optional(2));
  EXPECT_EQ(stderr_.find('\n'), stderr_.size() - 1);
}

TEST_F(ConfigTest, RefusesAFileThatIsNotThere) {
  EXPECT_THAT(Start({"--config", "/nowhere/settings.toml"}), Optional(2));
  SetEnvironment("HEIMWEG_CONFIG", "/nowhere/settings.toml");
  EXPECT_THAT(Start({}), Optional(2));
}

TEST_F(ConfigTest, MetricsCanBeTurnedOff) {
  EXPECT_EQ(Start({}), std::nullopt);
  EXPECT_EQ(options_.metrics_listen, "127.0.0.1:9464");
  EXPECT_EQ(Start({"--metrics-listen=off"}), std::nullopt);
  EXPECT_EQ(options_.metrics_listen, "");
}

TEST_F(ConfigTest, AnErrorIsOneLine) {
  EXPECT_THAT(Start({"--log-level=loud"}), Optional(2));
  EXPECT_EQ(stderr_.find('\n'), stderr_.size() - 1);
}

TEST_F(ConfigTest, HelpNamesFlagDefaultRangeAndVariable) {
  EXPECT_THAT(Start({"--help"}), Optional(0));
  EXPECT_THAT(
      stdout_,
      AllOf(ContainsRegex("--queue-limit [^\n]*1 - 10000][^\n]*32"),
            HasSubstr("HEIMWEG_QUEUE_LIMIT"),
            ContainsRegex("--data [^\n]*\\./var"), HasSubstr("HEIMWEG_DATA")));
}

TEST_F(ConfigTest, WhatItPrintsCanBeReadAgain) {
  EXPECT_THAT(Start({"--print-config", "--queue-limit=7", "--data=/srv",
                     "--allow-remote", "--log-level=error"}),
              Optional(0));
  const std::string file = File(stdout_);
  options_ = {};
  data_ = "";
  EXPECT_EQ(Start({"--config", file.c_str()}), std::nullopt);
  EXPECT_EQ(options_.edge.queue_limit, 7);
  EXPECT_EQ(data_, "/srv");
  EXPECT_TRUE(options_.server.allow_remote);
  EXPECT_EQ(options_.log_level, Level::kError);
}

}  // namespace
}  // namespace heimweg::server
