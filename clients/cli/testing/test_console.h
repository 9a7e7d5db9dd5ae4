// A console for tests: text in, text out, no terminal, a clock that only
// sleep() moves.
#ifndef HEIMWEG_CLIENTS_CLI_TESTING_TEST_CONSOLE_H_
#define HEIMWEG_CLIENTS_CLI_TESTING_TEST_CONSOLE_H_

#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "clients/cli/console.h"
#include "clients/cli/program.h"

namespace heimweg::cli {

struct TestConsole {
  std::istringstream in;
  std::ostringstream out;
  std::ostringstream err;
  absl::Time now = absl::FromUnixSeconds(1'800'000'000);
  std::vector<absl::Duration> slept;
  int request_ids = 0;
  Console console{
      .in = in,
      .out = out,
      .err = err,
      .locale = "C",
      .now = [this] { return now; },
      .sleep =
          [this](absl::Duration duration) {
            slept.push_back(duration);
            now += duration;
          },
      .listen_for_interrupt = [] {},
      .interrupted = [] { return false; },
      .yield_cores = [] {},
      .new_request_id =
          [this] { return absl::StrCat("request-", ++request_ids); }};

  // Runs a command line of words without spaces in them, "heimweg" left out.
  int Run(const std::string& words, const std::string& input = "") {
    in.str(input);
    in.clear();
    out.str("");
    err.str("");
    return cli::Run(absl::StrSplit(words, ' ', absl::SkipEmpty()), console);
  }
};

}  // namespace heimweg::cli

#endif  // HEIMWEG_CLIENTS_CLI_TESTING_TEST_CONSOLE_H_
