// matches_bench: what it costs to store the matches of one home for all whom it
// fits, in process: from its change until the last household that is told at
// once may be told, and until all is stored. Count instructions with
//   valgrind --tool=callgrind bin/matches_bench --homes N
// for two values of N.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "clients/generator/generator.h"
#include "services/matching/index.h"
#include "services/matching/standing/match_records.h"
#include "services/matching/standing/standing_matcher.h"
#include "storage/rocksdb_engine.h"
#include "storage/store.h"
#include "tests/bench/region.h"
#include "tests/bench/report.h"
#include "tests/support/temp_dir.h"

namespace heimweg::bench {
namespace {

using generator::Generator;
using matching::Index;
using profiles::v1::Profile;

constexpr int64_t kFirstHome = 1'000'000'000;
constexpr int kChangesOfAMessage = 256;

struct MatchesFlags {
  int64_t wishes = 20'000;
  int64_t homes = 10;
  std::string gazetteer;
};

Profile AWish(const Generator& generator, int64_t i, absl::Time now) {
  Profile profile = generator.MakeProfile(i);
  profile.set_etag("1");
  profile.set_creator("bench");
  profile.mutable_notifications()->set_enabled(true);
  profile.mutable_notifications()->clear_threshold_millionths();
  auto& consent = *profile.add_consents();
  consent.set_purpose(profiles::v1::CONSENT_PURPOSE_MATCHING);
  consent.set_network("networks/-");
  *consent.mutable_expire_time() =
      matching::TimestampOf(now + absl::Hours(24 * 365));
  return profile;
}

housing::v1::Home AHome(const Generator& generator, int64_t i, absl::Time now) {
  housing::v1::Home home = generator.MakeHome(kFirstHome + i);
  home.set_etag("1");
  home.clear_validity();
  home.clear_min_occupants();
  home.clear_wbs_required();
  home.set_state(type::v1::OFFER_STATE_PUBLISHED);
  *home.mutable_create_time() = matching::TimestampOf(now);
  *home.mutable_update_time() = matching::TimestampOf(now);
  return home;
}

void FillWithWishes(const Generator& generator, int64_t wishes, Index& index) {
  const absl::Time now = absl::Now();
  for (int64_t i = 0; i < wishes;) {
    profiles::v1::WatchProfilesResponse response;
    const int64_t to = std::min(wishes, i + kChangesOfAMessage);
    for (; i < to; ++i) {
      *response.add_changes()->mutable_profile() = AWish(generator, i, now);
    }
    response.set_revision(1);
    response.set_complete(i == wishes);
    index.Apply(response);
  }
}

// The other stores, which are empty.
void FillWithNothing(Index& index) {
  jobs::v1::WatchJobsResponse no_jobs;
  no_jobs.set_revision(1);
  no_jobs.set_complete(true);
  index.Apply(no_jobs);
  contacts::v1::WatchContactsResponse no_contacts;
  no_contacts.set_revision(1);
  no_contacts.set_complete(true);
  index.Apply(no_contacts);
}

std::unique_ptr<storage::Store> OpenStore(const std::string& folder) {
  auto engine = storage::OpenRocksDbEngine({.folder = folder});
  FailUnless(engine.status(), "the engine");
  auto store = storage::Store::Open(*std::move(engine));
  FailUnless(store.status(), "the store");
  return *std::move(store);
}

int64_t CountMatches(const storage::Store& store) {
  const auto reader = store.Read();
  FailUnless(reader.status(), "the store");
  int64_t found = 0;
  const matching::MatchRecords records;
  FailUnless(records.matches.Visit(**reader, {},
                                   [&found](const auto& /*row*/) {
                                     ++found;
                                     return true;
                                   }),
             "the matches");
  return found;
}

void MeasureMatches(const Generator& generator, const MatchesFlags& flags) {
  Index index(matching::IndexOptions{false, 4096});
  FillWithNothing(index);
  FillWithWishes(generator, flags.wishes, index);
  const testing::TempDir temporary;
  const auto store = OpenStore(temporary.path() + "/store");
  matching::StandingMatcher matcher(*store);
  Table table(absl::StrCat("One home, stored for all of ", flags.wishes,
                           " wishes whom it fits"),
              {"home", "matches", "ms", "us a match"});
  int64_t before = 0;
  for (int64_t i = 0; i < flags.homes; ++i) {
    const housing::v1::Home home = AHome(generator, i, absl::Now());
    housing::v1::WatchHomesResponse response;
    *response.add_changes()->mutable_home() = home;
    response.set_revision(static_cast<uint64_t>(i) + 1);
    response.set_complete(true);
    index.Apply(response);
    const absl::Time start = absl::Now();
    FailUnless(matcher.OffersChanged(index.snapshot(),
                                     {matching::FactsOf(home)}, start),
               "OffersChanged");
    const absl::Duration took = absl::Now() - start;
    const int64_t all = CountMatches(*store);
    const int64_t matches = all - std::exchange(before, all);
    table.Row({absl::StrCat(i), absl::StrCat(matches),
               Shown(absl::ToDoubleMilliseconds(took)),
               Shown(absl::ToDoubleMicroseconds(took) /
                     static_cast<double>(std::max<int64_t>(matches, 1)))});
  }
}

int Main(int argc, char** argv) {
  MatchesFlags flags;
  CLI::App app("Measures what storing the matches of homes costs.");
  app.add_option("--wishes", flags.wishes, "Standing wishes")
      ->check(CLI::Range(int64_t{1}, int64_t{1'000'000}));
  app.add_option("--homes", flags.homes, "Homes, one after the other")
      ->check(CLI::Range(int64_t{1}, int64_t{10'000}));
  app.add_option("--gazetteer", flags.gazetteer, "Gazetteer file")
      ->envname("HEIMWEG_GAZETTEER")
      ->required();
  CLI11_PARSE(app, argc, argv);
  const auto generator = MakeGenerator(flags.gazetteer, absl::Now());
  MeasureMatches(*generator, flags);
  return 0;
}

}  // namespace
}  // namespace heimweg::bench

int main(int argc, char** argv) { return heimweg::bench::Main(argc, argv); }
