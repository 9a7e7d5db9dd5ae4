#include "tests/bench/peers/turns.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdio>
#include <iostream>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "tests/bench/report.h"

extern char** environ;

namespace heimweg::bench {
namespace {

constexpr char kReady[] = "ready";
constexpr char kTurn[] = "turn";

std::string ScoresText(const Scores& scores) {
  return absl::StrJoin(scores, ",", [](std::string* out, double score) {
    absl::StrAppendFormat(out, "%.9f", score);
  });
}

// A pipe whose ends no other program inherits.
std::array<int, 2> MakePipe() {
  std::array<int, 2> ends = {};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) Fail("no pipe to an engine");
  return ends;
}

}  // namespace

void ServeTurns(absl::string_view note, const std::function<Turn()>& take) {
  std::cout << kReady << "\t" << std::string(note) << std::endl;
  std::string line;
  while (std::getline(std::cin, line)) {
    if (line != kTurn) Fail("expected the line \"turn\"");
    const Turn turn = take();
    std::cout << "cpu " << turn.cpu_us << "\n";
    for (const Scores& scores : turn.answers) {
      std::cout << ScoresText(scores) << "\n";
    }
    std::cout.flush();
  }
}

Turn TakeTurn(size_t queries, const std::function<Scores(size_t query)>& ask) {
  Turn turn;
  const absl::Duration before = ThreadCpu();
  for (size_t i = 0; i < queries; ++i) turn.answers.push_back(ask(i));
  turn.cpu_us = absl::ToDoubleMicroseconds(ThreadCpu() - before) /
                static_cast<double>(queries);
  return turn;
}

Engine::Engine(std::string name, const std::string& command)
    : name_(std::move(name)) {
  // An engine that has ended shows when its answer is read.
  std::signal(SIGPIPE, SIG_IGN);
  const std::array<int, 2> input = MakePipe();
  const std::array<int, 2> output = MakePipe();
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, input[0], STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, output[1], STDOUT_FILENO);
  std::string shell = "/bin/sh";
  std::string option = "-c";
  std::string run = absl::StrCat("exec ", command);
  std::array<char*, 4> arguments = {shell.data(), option.data(), run.data(),
                                    nullptr};
  const int failed = posix_spawn(&pid_, shell.c_str(), &actions, nullptr,
                                 arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  close(input[0]);
  close(output[1]);
  if (failed != 0) Fail(absl::StrCat(name_, " could not be started"));
  to_ = fdopen(input[1], "w");
  from_ = fdopen(output[0], "r");
  const std::vector<std::string> ready = absl::StrSplit(ReadLine(), '\t');
  if (ready[0] != kReady) Fail(absl::StrCat(name_, " is not ready"));
  if (ready.size() > 1) note_ = ready[1];
}

Engine::~Engine() {
  std::fclose(to_);
  std::fclose(from_);
  waitpid(pid_, nullptr, 0);
}

std::string Engine::ReadLine() {
  std::string line;
  for (int byte = std::fgetc(from_); byte != '\n'; byte = std::fgetc(from_)) {
    if (byte == EOF) Fail(absl::StrCat(name_, " has ended"));
    line.push_back(static_cast<char>(byte));
  }
  return line;
}

Turn Engine::Take(size_t queries) {
  std::fprintf(to_, "%s\n", kTurn);
  std::fflush(to_);
  Turn turn;
  const std::string cpu = ReadLine();
  if (!absl::StartsWith(cpu, "cpu ") ||
      !absl::SimpleAtod(absl::StripPrefix(cpu, "cpu "), &turn.cpu_us)) {
    Fail(absl::StrCat(name_, ": expected a line \"cpu <microseconds>\""));
  }
  for (size_t i = 0; i < queries; ++i) {
    Scores& scores = turn.answers.emplace_back();
    const std::string line = ReadLine();
    for (const absl::string_view text :
         absl::StrSplit(line, ',', absl::SkipEmpty())) {
      if (!absl::SimpleAtod(text, &scores.emplace_back())) {
        Fail(absl::StrCat(name_, ": expected scores"));
      }
    }
  }
  return turn;
}

}  // namespace heimweg::bench
