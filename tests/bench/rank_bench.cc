// rank_bench: what ranking costs in process, without any RPC: an index of
// generated offers, asked by generated households. CPU times are those of the
// one thread that works, since the machine has other things to do.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "clients/generator/generator.h"
#include "services/matching/field_writer.h"
#include "services/matching/index.h"
#include "services/matching/rank.h"
#include "services/matching/search.h"
#include "services/matching/weights.h"
#include "services/matching/wish.h"
#include "services/places/gazetteer.h"
#include "tests/bench/report.h"

namespace heimweg::bench {
namespace {

using generator::Generator;
using matching::Index;
using matching::Snapshot;
using profiles::v1::Profile;
using type::v1::OfferKind;
using type::v1::Weights;

constexpr uint64_t kSeed = 1;
constexpr int kChangesPerMessage = 256;
constexpr int kRandomWeightSets = 8;

struct Flags {
  std::vector<int64_t> offers = {10'000, 100'000, 1'000'000};
  int64_t queries = 300;
  int32_t limit = 20;
  std::vector<std::string> kinds = {"jobs", "homes", "contacts"};
  std::vector<std::string> weights = {"default", "distance-heavy",
                                      "skill-heavy", "random"};
  bool counts = false;
  std::string gazetteer;
};

// Feeds `count` offers as a watch does and returns the CPU time that the index
// took for them, merges included.
template <typename Response, typename Add>
absl::Duration Feed(Index& index, int64_t count, Add add) {
  absl::Duration cpu;
  int64_t i = 0;
  do {
    Response response;
    const int64_t to = std::min(count, i + kChangesPerMessage);
    for (; i < to; ++i) add(i, *response.add_changes());
    response.set_revision(static_cast<uint64_t>(count));
    response.set_complete(i == count);
    const absl::Duration before = ThreadCpu();
    index.Apply(response);
    while (index.Merge()) continue;
    cpu += ThreadCpu() - before;
  } while (i < count);
  return cpu;
}

bool Holds(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// Of `offers` offers of all kinds, those of `kinds`.
generator::OfferCounts CountsOf(int64_t offers,
                                const std::vector<std::string>& kinds) {
  generator::OfferCounts counts = generator::SplitOffers(offers);
  if (!Holds(kinds, "jobs")) counts.jobs = 0;
  if (!Holds(kinds, "homes")) counts.homes = 0;
  if (!Holds(kinds, "contacts")) counts.contacts = 0;
  return counts;
}

absl::Duration FillIndex(const Generator& generator,
                         const generator::OfferCounts& counts, Index& index) {
  index.RestartJobs();
  index.RestartHomes();
  index.RestartContacts();
  absl::Duration cpu = Feed<jobs::v1::WatchJobsResponse>(
      index, counts.jobs, [&](int64_t i, jobs::v1::JobChange& change) {
        *change.mutable_job() = generator.MakeJob(i);
      });
  cpu += Feed<housing::v1::WatchHomesResponse>(
      index, counts.homes, [&](int64_t i, housing::v1::HomeChange& change) {
        *change.mutable_home() = generator.MakeHome(i);
      });
  cpu += Feed<contacts::v1::WatchContactsResponse>(
      index, counts.contacts,
      [&](int64_t i, contacts::v1::ContactChange& change) {
        *change.mutable_contact() = generator.MakeContact(i);
      });
  return cpu;
}

Weights EqualWeights(int32_t weight) {
  Weights weights;
  for (const matching::WeightRule& rule : matching::WeightRules()) {
    (weights.*rule.set)(weight);
  }
  return weights;
}

struct NamedWeights {
  std::string name;
  std::vector<Weights> sets;  // Queries take them in turn.
};

std::vector<NamedWeights> WeightSets() {
  Weights distance = EqualWeights(1);
  distance.set_distance(10);
  Weights skills = EqualWeights(1);
  skills.set_skills(10);
  skills.set_people(10);
  NamedWeights random = {"random", {}};
  std::mt19937 numbers(kSeed);
  for (int i = 0; i < kRandomWeightSets; ++i) {
    Weights& set = random.sets.emplace_back();
    for (const matching::WeightRule& rule : matching::WeightRules()) {
      (set.*rule.set)(static_cast<int32_t>(numbers() % 11));
    }
  }
  return {{"default", {matching::WithStandards({}, {})}},
          {"distance-heavy", {distance}},
          {"skill-heavy", {skills}},
          random};
}

struct Cost {
  std::vector<double> cpu_us;
};

// One query: the wish made from the request, and the ranking in BASIC view.
void Ask(const Snapshot& snapshot, const Profile& profile, OfferKind kind,
         const Weights& weights, const matching::RankOptions& options,
         absl::Time now, Cost& cost) {
  const absl::Duration before = ThreadCpu();
  matching::Question question;
  question.kind = kind;
  question.weights = weights;
  const auto wish = matching::CompileWish(question, profile, now);
  FailUnless(wish.status(), "a generated profile");
  {
    // As the server answers; that it is freed belongs to it.
    matching::FieldWriter ranking;
    FailUnless(matching::WriteRanking(snapshot, *wish, options, {}, ranking),
               "ranking");
  }
  cost.cpu_us.push_back(absl::ToDoubleMicroseconds(ThreadCpu() - before));
}

struct Kind {
  const char* name;
  OfferKind kind;
  int64_t offers;
};

void Measure(const Flags& flags, const Snapshot& snapshot,
             const std::vector<Profile>& profiles, absl::Time now,
             int64_t offers, Table& table) {
  const std::vector<Kind> kinds = {
      {"jobs", type::v1::OFFER_KIND_JOB, snapshot.jobs->offers},
      {"homes", type::v1::OFFER_KIND_HOME, snapshot.homes->offers},
      {"contacts", type::v1::OFFER_KIND_CONTACT, snapshot.contacts->offers}};
  for (const Kind& kind : kinds) {
    if (!Holds(flags.kinds, kind.name)) continue;
    double default_mean = 0;
    matching::RankOptions options;
    options.limit = flags.limit;
    for (const NamedWeights& named : WeightSets()) {
      if (!Holds(flags.weights, named.name)) continue;
      Cost cost;
      for (size_t i = 0; i < profiles.size(); ++i) {
        Ask(snapshot, profiles[i], kind.kind, named.sets[i % named.sets.size()],
            options, now, cost);
      }
      const double mean = Mean(cost.cpu_us);
      if (default_mean == 0) default_mean = mean;
      const auto in_kind = static_cast<double>(kind.offers);
      table.Row(
          {absl::StrCat(offers), kind.name, named.name, Shown(mean),
           Shown(Quantile(cost.cpu_us, 0.5)),
           Shown(Quantile(cost.cpu_us, 0.99)), Shown(mean / default_mean),
           Shown(Quantile(cost.cpu_us, 0.99) / Quantile(cost.cpu_us, 0.5)),
           Shown(mean * 1000 / in_kind)});
    }
  }
}

template <typename Query>
void Scan(const Query& query) {
  constexpr size_t kLimit = 20;
  if (!matching::Scan(query, kLimit, {})) Fail("a scan was cancelled");
}

// Scans with the wish that Ask would rank for.
void Scan(const Snapshot& snapshot, const Profile& profile, OfferKind kind,
          absl::Time now, Cost& cost) {
  const absl::Duration before = ThreadCpu();
  matching::Question question;
  question.kind = kind;
  const auto wish = matching::CompileWish(question, profile, now);
  FailUnless(wish.status(), "a generated profile");
  switch (kind) {
    case type::v1::OFFER_KIND_JOB:
      Scan(matching::JobQuery(*snapshot.jobs, *wish));
      break;
    case type::v1::OFFER_KIND_HOME:
      Scan(matching::HomeQuery(*snapshot.homes, *wish));
      break;
    default:
      Scan(matching::ContactQuery(*snapshot.contacts, *wish));
  }
  cost.cpu_us.push_back(absl::ToDoubleMicroseconds(ThreadCpu() - before));
}

// The scan, then what is counted: number, facets, exclusions, relaxations, all.
void MeasureCounts(const Flags& flags, const Snapshot& snapshot,
                   const std::vector<Profile>& profiles, absl::Time now,
                   int64_t offers, Table& table) {
  std::vector<matching::RankOptions> asked(5);
  asked[0].eligible = true;
  asked[1].facets = true;
  asked[2].exclusions = true;
  asked[3].relaxations = true;
  asked[4].facets = asked[4].exclusions = asked[4].relaxations = true;
  const std::pair<std::string, OfferKind> kinds[] = {
      {"jobs", type::v1::OFFER_KIND_JOB},
      {"homes", type::v1::OFFER_KIND_HOME},
      {"contacts", type::v1::OFFER_KIND_CONTACT}};
  for (const auto& [name, kind] : kinds) {
    if (!Holds(flags.kinds, name)) continue;
    Cost scan;
    std::vector<Cost> costs(asked.size());
    for (const Profile& profile : profiles) {
      Scan(snapshot, profile, kind, now, scan);
      for (size_t i = 0; i < asked.size(); ++i) {
        Ask(snapshot, profile, kind, {}, asked[i], now, costs[i]);
      }
    }
    std::vector<std::string> row = {absl::StrCat(offers), name,
                                    Shown(Mean(scan.cpu_us))};
    for (const Cost& cost : costs) {
      row.push_back(Shown(Mean(cost.cpu_us) / Mean(scan.cpu_us)));
    }
    table.Row(row);
  }
}

std::vector<std::string> MemoryRow(int64_t offers, const char* kind,
                                   const matching::MemoryUse& use) {
  const auto in_kind = static_cast<double>(std::max<int64_t>(use.offers, 1));
  return {absl::StrCat(offers), kind,
          Shown(static_cast<double>(use.scoring_bytes) / in_kind),
          Shown(static_cast<double>(use.card_bytes) / in_kind)};
}

// Index and snapshot of one number of offers.
struct Filled {
  std::unique_ptr<Index> index;
  absl::Duration cpu;
};

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
  std::vector<Profile> profiles;
  for (int64_t i = 0; i < flags.queries; ++i) {
    profiles.push_back(generator.MakeProfile(i));
  }
  std::vector<Filled> filled;
  Table built("Index in process: building (one thread)",
              {"offers", "of the kinds", "CPU s", "offers/s"});
  for (const int64_t offers : flags.offers) {
    Filled& one = filled.emplace_back();
    one.index = std::make_unique<Index>(
        matching::IndexOptions{.merge_in_background = false});
    const generator::OfferCounts counts = CountsOf(offers, flags.kinds);
    one.cpu = FillIndex(generator, counts, *one.index);
    const double seconds = absl::ToDoubleSeconds(one.cpu);
    const int64_t fed = counts.jobs + counts.homes + counts.contacts;
    built.Row({absl::StrCat(offers), absl::StrCat(fed), Shown(seconds),
               Shown(static_cast<double>(fed) / seconds)});
  }
  Table memory("Index in process: bytes per offer",
               {"offers", "kind", "scoring", "names and cards"});
  for (size_t i = 0; i < filled.size(); ++i) {
    const Snapshot snapshot = filled[i].index->snapshot();
    memory.Row(MemoryRow(flags.offers[i], "jobs", snapshot.jobs->Memory()));
    memory.Row(MemoryRow(flags.offers[i], "homes", snapshot.homes->Memory()));
    memory.Row(
        MemoryRow(flags.offers[i], "contacts", snapshot.contacts->Memory()));
  }
  Table ranked(
      absl::StrCat("Ranking in process: thread CPU per query, ", flags.queries,
                   " households, top ", flags.limit, ", BASIC"),
      {"offers", "kind", "weights", "mean us", "p50 us", "p99 us", "x default",
       "p99 : p50", "ns/offer of the kind"});
  for (size_t i = 0; i < filled.size(); ++i) {
    Measure(flags, filled[i].index->snapshot(), profiles,
            options.reference_time, flags.offers[i], ranked);
  }
  if (!flags.counts) return;
  Table counted(
      "Counting in process beside a scan that scores every offer, in turn",
      {"offers", "kind", "scan us", "eligible : scan", "facets : scan",
       "exclusions : scan", "relaxations : scan", "all : scan"});
  for (size_t i = 0; i < filled.size(); ++i) {
    MeasureCounts(flags, filled[i].index->snapshot(), profiles,
                  options.reference_time, flags.offers[i], counted);
  }
}

int Main(int argc, char** argv) {
  Flags flags;
  CLI::App app("Measures ranking in process and prints tables.");
  app.add_option("--offers", flags.offers, "Offers of all kinds, by commas")
      ->delimiter(',')
      ->check(CLI::Range(int64_t{1}, int64_t{100'000'000}));
  app.add_option("--queries", flags.queries, "Households that ask")
      ->check(CLI::Range(int64_t{1}, int64_t{100'000}));
  app.add_option("--limit", flags.limit, "Most matches of a query")
      ->check(CLI::Range(1, 1'000));
  app.add_option("--kinds", flags.kinds, "Kinds of offers, by commas")
      ->delimiter(',')
      ->check(CLI::IsMember({"jobs", "homes", "contacts"}));
  app.add_option("--weights", flags.weights, "Sets of weights, by commas")
      ->delimiter(',')
      ->check(CLI::IsMember(
          {"default", "distance-heavy", "skill-heavy", "random"}));
  app.add_flag("--counts", flags.counts,
               "Also measures the counts against a scan");
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
