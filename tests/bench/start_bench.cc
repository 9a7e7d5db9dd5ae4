// start_bench: heimwegd killed and started again over stores of many offers:
// how long until it listens, how long until it ranks, and what it holds.
#include <CLI/CLI.hpp>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "tests/bench/region.h"
#include "tests/bench/report.h"
#include "tests/bench/server_process.h"

namespace heimweg::bench {
namespace {

constexpr double kMiB = 1 << 20;

struct Flags {
  RegionFlags region = {.offers = {100'000}};
  int starts = 3;
};

double FolderBytes(const std::string& folder) {
  double bytes = 0;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file())
      bytes += static_cast<double>(entry.file_size());
  }
  return bytes;
}

struct Starts {
  std::vector<double> listen_s, ready_s, cpu_s, resident_mib;
  matching::v1::GetIndexStatusResponse index;
};

void StartOnce(const Flags& flags, const std::string& data, Starts& starts) {
  const ServerProcess heimwegd(HeimwegdCommand(flags.region.gazetteer, data));
  starts.index = WaitUntilReady(heimwegd.Connect());
  starts.listen_s.push_back(absl::ToDoubleSeconds(heimwegd.time_to_listen()));
  starts.ready_s.push_back(
      absl::ToDoubleSeconds(absl::Now() - heimwegd.started()));
  starts.cpu_s.push_back(absl::ToDoubleSeconds(heimwegd.Cpu()));
  starts.resident_mib.push_back(static_cast<double>(heimwegd.ResidentBytes()) /
                                kMiB);
}

// Bytes per offer of one kind in the index.
std::string PerOffer(const Starts& starts, type::v1::OfferKind kind,
                     int64_t (matching::v1::IndexedKind::*bytes)() const) {
  for (const matching::v1::IndexedKind& one : starts.index.kinds()) {
    if (one.kind() != kind || one.offers() == 0) continue;
    return Shown(static_cast<double>((one.*bytes)()) /
                 static_cast<double>(one.offers()));
  }
  return "-";
}

std::string ScoringAndCards(const Starts& starts, type::v1::OfferKind kind) {
  return absl::StrCat(
      PerOffer(starts, kind, &matching::v1::IndexedKind::scoring_bytes), " + ",
      PerOffer(starts, kind, &matching::v1::IndexedKind::card_bytes));
}

void Measure(const Flags& flags, const generator::Generator& generator,
             int64_t offers, const std::string& data, Table& table) {
  {
    const ServerProcess heimwegd(HeimwegdCommand(flags.region.gazetteer, data));
    Fill(heimwegd.Connect(), generator, offers, 0);
  }  // Killed.
  Starts starts;
  for (int i = 0; i < flags.starts; ++i) StartOnce(flags, data, starts);
  if (OffersOf(starts.index) != offers) Fail("offers are missing after a kill");
  const auto all = static_cast<double>(offers);
  table.Row({absl::StrCat(offers), Shown(Median(starts.listen_s)),
             Shown(Median(starts.ready_s)), Shown(Median(starts.cpu_s)),
             Shown(Median(starts.resident_mib)),
             Shown(Median(starts.resident_mib) * kMiB / all),
             Shown(FolderBytes(data) / all),
             ScoringAndCards(starts, type::v1::OFFER_KIND_JOB),
             ScoringAndCards(starts, type::v1::OFFER_KIND_HOME),
             ScoringAndCards(starts, type::v1::OFFER_KIND_CONTACT)});
}

int Main(int argc, char** argv) {
  Flags flags;
  CLI::App app("Measures starts of heimwegd after a kill.");
  AddRegionFlags(app, flags.region);
  app.add_option("--starts", flags.starts, "Starts, of which the median counts")
      ->check(CLI::Range(1, 100));
  CLI11_PARSE(app, argc, argv);
  const auto generator = MakeGenerator(flags.region.gazetteer, absl::Now());
  Table table(absl::StrCat("Start after a kill -9, medians of ", flags.starts),
              {"offers", "listens after s", "ranks after s", "CPU s", "RSS MiB",
               "RSS bytes/offer", "disk bytes/offer",
               "job: scoring + card bytes", "home", "contact"});
  ForEachRegion(flags.region, [&](int64_t offers, const std::string& folder) {
    Measure(flags, *generator, offers, folder, table);
  });
  return 0;
}

}  // namespace
}  // namespace heimweg::bench

int main(int argc, char** argv) { return heimweg::bench::Main(argc, argv); }
