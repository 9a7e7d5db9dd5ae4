// packages_bench: what RankPackages costs in process: households with two
// adults who seek a job, one anchor and 50 km around it, in an index of
// generated offers. CPU times are those of the one thread that works.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "clients/generator/generator.h"
#include "services/matching/index.h"
#include "services/matching/packages.h"
#include "services/places/gazetteer.h"
#include "tests/bench/report.h"

namespace heimweg::bench {
namespace {

using generator::Generator;
using matching::Index;
using matching::PackageWish;
using matching::Snapshot;
using profiles::v1::Profile;

constexpr uint64_t kSeed = 1;
constexpr int kChangesPerMessage = 256;

struct Flags {
  std::vector<int64_t> offers = {1'000'000};
  std::vector<double> radii_km = {25, 50, 100, 0};
  int64_t queries = 300;
  std::string gazetteer;
};

template <typename Response, typename Add>
void Feed(Index& index, int64_t count, Add add) {
  for (int64_t i = 0; i < count;) {
    Response response;
    const int64_t to = std::min(count, i + kChangesPerMessage);
    for (; i < to; ++i) add(i, *response.add_changes());
    response.set_revision(static_cast<uint64_t>(count));
    response.set_complete(i == count);
    index.Apply(response);
    while (index.Merge()) continue;
  }
}

void FillIndex(const Generator& generator, int64_t offers, Index& index) {
  const generator::OfferCounts counts = generator::SplitOffers(offers);
  Feed<jobs::v1::WatchJobsResponse>(
      index, counts.jobs, [&](int64_t i, jobs::v1::JobChange& change) {
        *change.mutable_job() = generator.MakeJob(i);
      });
  Feed<housing::v1::WatchHomesResponse>(
      index, counts.homes, [&](int64_t i, housing::v1::HomeChange& change) {
        *change.mutable_home() = generator.MakeHome(i);
      });
  Feed<contacts::v1::WatchContactsResponse>(
      index, counts.contacts,
      [&](int64_t i, contacts::v1::ContactChange& change) {
        *change.mutable_contact() = generator.MakeContact(i);
      });
}

// Generated households with two adults, who both seek a job, and an anchor.
std::vector<Profile> Households(const Generator& generator, int64_t count) {
  std::vector<Profile> households;
  for (int64_t i = 0; static_cast<int64_t>(households.size()) < count; ++i) {
    Profile profile = generator.MakeProfile(i);
    if (profile.adults_size() != 2 || profile.anchors().empty()) continue;
    for (auto& adult : *profile.mutable_adults()) adult.set_seeks_job(true);
    profile.mutable_anchors()->DeleteSubrange(1, profile.anchors_size() - 1);
    households.push_back(std::move(profile));
  }
  return households;
}

struct Cost {
  std::vector<double> cpu_ms;
  double homes = 0;
  double packages = 0;
  double complete = 0;
};

Cost Measure(const Snapshot& snapshot, const std::vector<Profile>& households,
             double radius_km, absl::Time now) {
  Cost cost;
  for (Profile profile : households) {
    profiles::v1::Anchor& anchor = *profile.mutable_anchors(0);
    anchor.clear_radius_km();
    anchor.clear_commute_minutes();
    anchor.set_required(false);
    if (radius_km > 0) anchor.set_radius_km(radius_km);
    const absl::Duration before = ThreadCpu();
    const absl::StatusOr<PackageWish> wish =
        matching::CompilePackageWish({}, profile, now);
    FailUnless(wish.status(), "a generated profile");
    const auto ranking = matching::RankPackages(snapshot, *wish, 10);
    FailUnless(ranking.status(), "packages");
    cost.cpu_ms.push_back(absl::ToDoubleMilliseconds(ThreadCpu() - before));
    cost.homes += static_cast<double>(ranking->eligible_homes());
    for (const auto& package : ranking->packages()) {
      ++cost.packages;
      if (package.missing().empty()) ++cost.complete;
    }
  }
  return cost;
}

void Run(const Flags& flags) {
  generator::GeneratorOptions options;
  options.as_stored = true;
  std::optional<places::Gazetteer> gazetteer;
  if (!flags.gazetteer.empty()) {
    auto loaded = places::Gazetteer::Load(flags.gazetteer);
    FailUnless(loaded.status(), "the gazetteer");
    gazetteer.emplace(*std::move(loaded));
  }
  const Generator generator(gazetteer ? &*gazetteer : nullptr, kSeed, options);
  const std::vector<Profile> households = Households(generator, flags.queries);
  Table table(absl::StrCat("Packages in process: thread CPU per query, ",
                           households.size(),
                           " households of two adults who seek a job, top 10"),
              {"offers", "area", "mean ms", "p50 ms", "p99 ms", "max ms",
               "homes that pass", "packages", "complete"});
  for (const int64_t offers : flags.offers) {
    Index index(matching::IndexOptions{.merge_in_background = false});
    FillIndex(generator, offers, index);
    for (const double radius_km : flags.radii_km) {
      const Cost cost = Measure(index.snapshot(), households, radius_km,
                                options.reference_time);
      const auto count = static_cast<double>(households.size());
      const std::string area =
          radius_km > 0 ? absl::StrCat(radius_km, " km") : "nationwide";
      table.Row({absl::StrCat(offers), area, Shown(Mean(cost.cpu_ms)),
                 Shown(Quantile(cost.cpu_ms, 0.5)),
                 Shown(Quantile(cost.cpu_ms, 0.99)),
                 Shown(Quantile(cost.cpu_ms, 1)), Shown(cost.homes / count),
                 Shown(cost.packages / count), Shown(cost.complete / count)});
    }
  }
}

int Main(int argc, char** argv) {
  Flags flags;
  CLI::App app("Measures RankPackages in process and prints a table.");
  app.add_option("--offers", flags.offers, "Offers of all kinds, by commas")
      ->delimiter(',')
      ->check(CLI::Range(int64_t{1}, int64_t{100'000'000}));
  app.add_option("--radii-km", flags.radii_km,
                 "Radii around the anchor, by commas; 0: nationwide")
      ->delimiter(',')
      ->check(CLI::Range(0.0, 1'000.0));
  app.add_option("--queries", flags.queries, "Households that ask")
      ->check(CLI::Range(int64_t{1}, int64_t{100'000}));
  app.add_option("--gazetteer", flags.gazetteer,
                 "Gazetteer file; none: a few dozen towns")
      ->envname("HEIMWEG_GAZETTEER");
  CLI11_PARSE(app, argc, argv);
  Run(flags);
  return 0;
}

}  // namespace
}  // namespace heimweg::bench

int main(int argc, char** argv) { return heimweg::bench::Main(argc, argv); }
