// What the benches share in saying what they measured: order statistics and
// tables in Markdown.
#ifndef HEIMWEG_TESTS_BENCH_REPORT_H_
#define HEIMWEG_TESTS_BENCH_REPORT_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace heimweg::bench {

// Ends the program with one line on stderr: a bench that cannot measure says
// so and prints no figure.
[[noreturn]] void Fail(absl::string_view what);
void FailUnless(const absl::Status& status, absl::string_view what);

// The value below which `share` (0 to 1) of the samples lie; of none it is 0.
double Quantile(std::vector<double> samples, double share);
double Median(std::vector<double> samples);
double Mean(const std::vector<double>& samples);

// A number with as many decimals as make three digits, e.g. "0.52", "51.3".
std::string Shown(double number);

// Prints a Markdown table row by row, so that long benches show progress.
// Thread-compatible.
class Table {
 public:
  // Prints the title and the head.
  Table(absl::string_view title, const std::vector<std::string>& columns);
  // As many cells as there are columns.
  void Row(const std::vector<std::string>& cells);

 private:
  const size_t columns_;
};

// CPU time of the calling thread.
absl::Duration ThreadCpu();

}  // namespace heimweg::bench

#endif  // HEIMWEG_TESTS_BENCH_REPORT_H_
