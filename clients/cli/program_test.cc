#include "clients/cli/program.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>

#include "absl/strings/str_cat.h"
#include "clients/cli/completion.h"
#include "clients/cli/testing/test_console.h"
#include "tests/support/temp_dir.h"

namespace heimweg::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

// The words after "heimweg" of every command, groups as well.
void CollectPaths(const CLI::App& app, const std::string& path,
                  std::vector<std::string>& paths) {
  paths.push_back(path);
  for (const CLI::App* child : app.get_subcommands(
           [](const CLI::App* c) { return !c->get_name().empty(); })) {
    CollectPaths(*child, absl::StrCat(path, " ", child->get_name()), paths);
  }
}

std::vector<std::string> AllPaths() {
  Program program;
  std::vector<std::string> paths;
  CollectPaths(*NewCommandTree(program), "", paths);
  return paths;
}

TEST(Help, IsThereForEveryCommand) {
  const std::vector<std::string> paths = AllPaths();
  EXPECT_GE(paths.size(), 40);
  for (const std::string& path : paths) {
    SCOPED_TRACE(path);
    TestConsole console;
    EXPECT_EQ(console.Run(absl::StrCat(path, " --help")), 0);
    EXPECT_THAT(console.out.str(),
                AllOf(HasSubstr("Exit codes: 0 done"), HasSubstr("--help")));
    EXPECT_THAT(console.err.str(), IsEmpty());
    const std::string text = console.out.str();
    EXPECT_EQ(text.find("Exit codes"), text.rfind("Exit codes"));
  }
}

TEST(Help, OfACommandShowsExamplesAndTheOptionsOfEveryCommand) {
  TestConsole console;
  console.Run("rank --help");
  EXPECT_THAT(console.out.str(),
              AllOf(HasSubstr("heimweg rank --profile profiles/p1"),
                    HasSubstr("--server"), HasSubstr("127.0.0.1:50051"),
                    HasSubstr("jobs|homes|contacts"), HasSubstr("--top")));
}

TEST(Help, DescribesEveryOption) {
  Program program;
  std::vector<const CLI::App*> open;
  const auto root = NewCommandTree(program);
  open.push_back(root.get());
  while (!open.empty()) {
    const CLI::App* app = open.back();
    open.pop_back();
    for (const CLI::Option* option : app->get_options()) {
      EXPECT_THAT(option->get_description(), Not(IsEmpty()))
          << app->get_name() << " " << option->get_name();
    }
    for (const CLI::App* child :
         app->get_subcommands([](const CLI::App*) { return true; })) {
      open.push_back(child);
    }
  }
}

TEST(Program, SaysItsVersion) {
  TestConsole console;
  EXPECT_EQ(console.Run("--version"), 0);
  EXPECT_THAT(console.out.str(),
              ::testing::MatchesRegex("heimweg [0-9]+\\.[0-9]+\\.[0-9]+\n"));
}

TEST(Program, ExitsWith2OnWrongUsage) {
  for (const char* words :
       {"", "nonsense", "rank", "rank --kind jobs",
        "rank --kind cats --profile p", "jobs list --state open",
        "rank --kind jobs --profile p --profile-file f",
        "rank --kind jobs --profile p --top 0", "--timeout 0 status",
        "rank --kind jobs --profile p --at yesterday"}) {
    SCOPED_TRACE(words);
    TestConsole console;
    EXPECT_EQ(console.Run(words), 2);
    EXPECT_THAT(console.err.str(), HasSubstr("heimweg: "));
    EXPECT_THAT(console.out.str(), IsEmpty());
  }
}

TEST(Program, ExitsWith3OnNamesThatAreNone) {
  TestConsole console;
  EXPECT_EQ(console.Run("jobs get a1"), 3);
  EXPECT_THAT(console.err.str(),
              HasSubstr("networks/NETWORK/jobs/ID, or --network NETWORK ID"));
}

TEST(Program, AsksForYesBeforeItErases) {
  TestConsole console;
  EXPECT_EQ(console.Run("profile erase p1"), 2);
  EXPECT_THAT(console.err.str(), HasSubstr("--yes"));
}

TEST(About, NamesTheLicenceAndTheDataNotices) {
  TestConsole console;
  EXPECT_EQ(console.Run("about --data"), 0);
  EXPECT_THAT(console.out.str(),
              AllOf(HasSubstr("Apache License"), HasSubstr("heimweg ")));
  const std::string with_data = console.out.str();
  EXPECT_EQ(console.Run("about"), 0);
  EXPECT_LT(console.out.str().size() + 100, with_data.size());
}

TEST(Generate, MakesTheSameLinesFromTheSameSeed) {
  TestConsole console;
  ASSERT_EQ(console.Run("generate --seed 5 --count 3 --kind homes"), 0);
  const std::string first = console.out.str();
  EXPECT_EQ(std::count(first.begin(), first.end(), '\n'), 3);
  EXPECT_THAT(first, HasSubstr("\"name\":\"networks/generated/homes/"));
  console.Run("generate --seed 5 --count 3 --kind homes");
  EXPECT_EQ(console.out.str(), first);
  console.Run("generate --seed 6 --count 3 --kind homes");
  EXPECT_NE(console.out.str(), first);
}

TEST(Generate, WritesAFileForEachKind) {
  const heimweg::testing::TempDir dir;
  TestConsole console;
  ASSERT_EQ(console.Run(absl::StrCat("generate --count 20 --kind all --out ",
                                     dir.path(), "/load")),
            0);
  int lines = 0;
  for (const char* kind : {"jobs", "homes", "contacts"}) {
    std::ifstream file(absl::StrCat(dir.path(), "/load/", kind, ".jsonl"));
    EXPECT_TRUE(file.good()) << kind;
    std::string line;
    while (std::getline(file, line)) ++lines;
  }
  EXPECT_EQ(lines, 20);
  EXPECT_EQ(console.Run("generate --count 20 --kind all"), 3);
}

// What bash would offer after these words, the last of which is being typed.
std::string Offered(const std::string& script, const std::string& words) {
  const heimweg::testing::TempDir dir;
  const std::string path = absl::StrCat(dir.path(), "/completion");
  std::ofstream(path) << script << "COMP_WORDS=(" << words
                      << ")\nCOMP_CWORD=$((${#COMP_WORDS[@]} - 1))\n"
                      << "_heimweg\necho \"${COMPREPLY[@]}\" > '" << path
                      << ".out'\n";
  EXPECT_EQ(std::system(absl::StrCat("bash '", path, "'").c_str()), 0);
  std::ifstream out(absl::StrCat(path, ".out"));
  std::string line;
  std::getline(out, line);
  return line;
}

TEST(Completion, OffersCommandsOptionsAndValues) {
  TestConsole console;
  ASSERT_EQ(console.Run("completion bash"), 0);
  const std::string script = console.out.str();
  EXPECT_EQ(Offered(script, "heimweg imp"), "import");
  EXPECT_EQ(Offered(script, "heimweg --json jobs l"), "list");
  EXPECT_EQ(Offered(script, "heimweg rank --kind ho"), "homes");
  EXPECT_EQ(Offered(script, "heimweg rank --exc"), "--exclusions");
  EXPECT_EQ(Offered(script, "heimweg rank --profile-f"), "--profile-file");
  EXPECT_EQ(Offered(script, "heimweg homes list --tenure t"), "trial");
}

TEST(Completion, IsWellFormedForBashAndZsh) {
  for (const char* shell : {"bash", "zsh"}) {
    TestConsole console;
    ASSERT_EQ(console.Run(absl::StrCat("completion ", shell)), 0);
    const heimweg::testing::TempDir dir;
    const std::string path = absl::StrCat(dir.path(), "/completion");
    std::ofstream(path) << console.out.str();
    EXPECT_EQ(std::system(absl::StrCat("bash -n '", path, "'").c_str()), 0);
  }
}

TEST(Completion, TellsFishEveryCommand) {
  TestConsole console;
  ASSERT_EQ(console.Run("completion fish"), 0);
  EXPECT_THAT(console.out.str(),
              AllOf(HasSubstr("-n '_heimweg_at heimweg import' -f -a jsonl"),
                    HasSubstr("-l kind -s k -r -f -a 'jobs homes contacts'")));
}

}  // namespace
}  // namespace heimweg::cli
