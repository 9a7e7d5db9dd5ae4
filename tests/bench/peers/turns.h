// Turns: how peers_bench asks an engine that is a program of its own. The
// engine loads the corpus, writes the line "ready" (with a tab and a note, if
// it has one to give), and then, for every line "turn" that it reads, answers
// all queries and writes
//
//   cpu <microseconds of CPU of a query, the mean of all>
//   <the scores of the first query, the best first, with commas between>
//   … a line for each query
//
// It ends when its input does.
#ifndef HEIMWEG_TESTS_BENCH_PEERS_TURNS_H_
#define HEIMWEG_TESTS_BENCH_PEERS_TURNS_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace heimweg::bench {

using Scores = std::vector<double>;  // of one query

struct Turn {
  double cpu_us = 0;  // of a query
  std::vector<Scores> answers;
};

// Serves turns on stdin and stdout until stdin ends. `take` answers all
// queries.
void ServeTurns(absl::string_view note, const std::function<Turn()>& take);

// A turn of an engine in this process: answers `queries` queries and measures
// the CPU time of this thread.
Turn TakeTurn(size_t queries, const std::function<Scores(size_t query)>& ask);

// An engine that is asked. Thread-compatible.
class Engine {
 public:
  // Runs `command` by the shell and waits until it is ready; the bench fails
  // if it ends before.
  Engine(std::string name, const std::string& command);
  ~Engine();  // Closes its input and waits for its end.
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  const std::string& name() const { return name_; }
  const std::string& note() const { return note_; }

  // The bench fails if the engine does not answer `queries` queries.
  Turn Take(size_t queries);

 private:
  std::string ReadLine();

  const std::string name_;
  std::string note_;
  int pid_ = -1;
  FILE* to_ = nullptr;
  FILE* from_ = nullptr;
};

}  // namespace heimweg::bench

#endif  // HEIMWEG_TESTS_BENCH_PEERS_TURNS_H_
