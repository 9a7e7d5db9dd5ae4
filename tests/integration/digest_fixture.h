// DigestTest: a real heimwegd and a real SMTP server for tests of digests.
#ifndef HEIMWEG_TESTS_INTEGRATION_DIGEST_FIXTURE_H_
#define HEIMWEG_TESTS_INTEGRATION_DIGEST_FIXTURE_H_

#include <gtest/gtest.h>
#include <unistd.h>

#include <regex>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "clients/cli/testing/test_console.h"
#include "clients/digest/testing/smtp_server.h"
#include "tests/support/heimwegd.h"
#include "tests/support/temp_dir.h"

namespace heimweg::testing {

inline constexpr char kDigestJobs[] =
    R"({"source":"t","externalId":"1","title":"Koch","place":{"location":{"latitude":51.46,"longitude":13.52}},"occupations":[{"kldbCode":"29302"}],"state":"OFFER_STATE_PUBLISHED"}
{"source":"t","externalId":"2","title":"Köchin","place":{"location":{"latitude":51.46,"longitude":13.53}},"occupations":[{"kldbCode":"29302"}],"state":"OFFER_STATE_PUBLISHED"}
)";

inline std::string DigestHousehold(const std::string& id,
                                   const std::string& email) {
  return absl::StrCat(
      R"({"name":"profiles/)", id,
      R"(","adults":[{"id":"a","seeksJob":true,"occupations":[{"kldbCode":"29302"}]}],
          "anchors":[{"id":"home","place":{"location":{"latitude":51.46,"longitude":13.52}},"radiusKm":20}],
          "notifications":{"enabled":true,"thresholdMillionths":0,"dailyBudget":0},
          "personal":{"displayName":"R. Muster","languageCode":"de","email":")",
      email, "\"}}");
}

inline std::string MessageId(const std::string& mail) {
  std::smatch found;
  return std::regex_search(mail, found, std::regex("Message-Id: (\\S+)"))
             ? found[1].str()
             : "";
}

// The first token of a link to `page`, quoted-printable undone.
inline std::string Token(const std::string& mail, const std::string& page) {
  const std::string text =
      absl::StrReplaceAll(mail, {{"=\r\n", ""}, {"=3D", "="}});
  std::smatch found;
  return std::regex_search(text, found,
                           std::regex(page + "\\?t=([A-Za-z0-9_.-]+)"))
             ? found[1].str()
             : "";
}

// Two jobs are there from the beginning. Thread-compatible.
class DigestTest : public ::testing::Test {
 protected:
  DigestTest()
      : heimwegd_({"--target=all", absl::StrCat("--data=", dir_.path())}) {
    console_.console.new_request_id = [this] {
      return absl::StrFormat("00000000-0000-4000-8000-%012d", ++requests_);
    };
    RunOk("import jsonl -n n -k jobs", kDigestJobs);
  }

  std::string Server() const {
    return absl::StrCat("--server ", heimwegd_.address(), " ");
  }
  int Run(const std::string& words, const std::string& input = "") {
    return console_.Run(Server() + words, input);
  }
  void RunOk(const std::string& words, const std::string& input = "") {
    ASSERT_EQ(Run(words, input), 0) << console_.err.str();
  }
  // A household that has agreed to digests, unless `consents` is false.
  void AddHousehold(const std::string& id, const std::string& email,
                    bool consents = true) {
    RunOk("profile put", DigestHousehold(id, email));
    if (consents) {
      RunOk(
          absl::StrCat("profile grant-consent ", id, " -n n --purpose digest"));
    }
    RunOk("status --wait 60 --caught-up");
  }
  std::string Digest() const {
    return absl::StrCat(
        "digest returnees -n n --from lotsen@n.example "
        "--link-base https://portal.example --json --smtp ",
        smtp_.url(), " --book ", dir_.path(), "/book --key ", dir_.path(),
        "/key ");
  }

  const TempDir dir_;
  Heimwegd heimwegd_;
  digest::SmtpServer smtp_;
  cli::TestConsole console_;
  int requests_ = 0;
};

// Runs the program itself, so that it can be killed.
inline pid_t StartHeimweg(const std::string& words) {
  const std::vector<std::string> arguments =
      absl::StrSplit(words, ' ', absl::SkipEmpty());
  const pid_t child = fork();
  if (child != 0) return child;
  std::vector<char*> argv;
  std::string program = HEIMWEG_PROGRAM;
  argv.push_back(program.data());
  for (const std::string& argument : arguments) {
    argv.push_back(const_cast<char*>(argument.c_str()));
  }
  argv.push_back(nullptr);
  execv(program.c_str(), argv.data());
  _exit(127);
}

}  // namespace heimweg::testing

#endif  // HEIMWEG_TESTS_INTEGRATION_DIGEST_FIXTURE_H_
