#include "tests/bench/report.h"

#include <time.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <numeric>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"

namespace heimweg::bench {

void Fail(absl::string_view what) {
  std::fflush(stdout);
  absl::FPrintF(stderr, "bench: %s\n", what);
  std::_Exit(1);  // Other threads may be in the middle of calls.
}

void FailUnless(const absl::Status& status, absl::string_view what) {
  if (!status.ok()) Fail(absl::StrCat(what, ": ", status.ToString()));
}

double Quantile(std::vector<double> samples, double share) {
  if (samples.empty()) return 0;
  const auto at = std::min(
      samples.size() - 1,
      static_cast<size_t>(share * static_cast<double>(samples.size())));
  std::nth_element(samples.begin(),
                   samples.begin() + static_cast<ptrdiff_t>(at), samples.end());
  return samples[at];
}

double Median(std::vector<double> samples) {
  return Quantile(std::move(samples), 0.5);
}

double Mean(const std::vector<double>& samples) {
  if (samples.empty()) return 0;
  return std::accumulate(samples.begin(), samples.end(), 0.0) /
         static_cast<double>(samples.size());
}

std::string Shown(double number) {
  const double size = std::abs(number);
  if (size >= 100) return absl::StrFormat("%.0f", number);
  if (size >= 10) return absl::StrFormat("%.1f", number);
  return absl::StrFormat("%.2f", number);
}

Table::Table(absl::string_view title, const std::vector<std::string>& columns)
    : columns_(columns.size()) {
  absl::PrintF("\n**%s**\n\n", title);
  Row(columns);
  Row(std::vector<std::string>(columns.size(), "---"));
}

void Table::Row(const std::vector<std::string>& cells) {
  if (cells.size() != columns_) Fail("a row has the wrong number of cells");
  absl::PrintF("| %s |\n", absl::StrJoin(cells, " | "));
  std::fflush(stdout);
}

absl::Duration ThreadCpu() {
  timespec time = {};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return absl::DurationFromTimespec(time);
}

}  // namespace heimweg::bench
