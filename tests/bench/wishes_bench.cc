// wishes_bench: what matching one offer against all standing wishes costs in
// process, by the index of wishes and by scans of all of them that find the
// same.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "clients/generator/generator.h"
#include "services/matching/constraints/shared.h"
#include "services/matching/index.h"
#include "services/matching/two_sides.h"
#include "tests/bench/region.h"
#include "tests/bench/report.h"

namespace heimweg::bench {
namespace {

using matching::OfferSide;
using matching::Snapshot;
using matching::StoredWish;
using matching::TwoScores;
using profiles::v1::Profile;

constexpr int32_t kThreshold = 600'000;
constexpr int kChangesOfAMessage = 256;

struct WishFlags {
  int64_t wishes = 100'000;
  int64_t offers = 50'000;
  int64_t matched = 100;
  std::string gazetteer;
};

Profile AWish(const generator::Generator& generator, int64_t i) {
  Profile profile = generator.MakeProfile(i);
  profile.mutable_notifications()->set_enabled(true);
  profile.mutable_notifications()->set_threshold_millionths(kThreshold);
  return profile;
}

// What is measured of each kind of offer.
struct JobsKind {
  static constexpr char kName[] = "job";
  using Response = jobs::v1::WatchJobsResponse;
  static auto Make(const generator::Generator& generator, int64_t i) {
    return generator.MakeJob(i);
  }
  static void Put(jobs::v1::Job job, Response& response) {
    *response.add_changes()->mutable_job() = std::move(job);
  }
  static const auto& View(const Snapshot& snapshot) { return *snapshot.jobs; }
};
struct HomesKind {
  static constexpr char kName[] = "home";
  using Response = housing::v1::WatchHomesResponse;
  static auto Make(const generator::Generator& generator, int64_t i) {
    return generator.MakeHome(i);
  }
  static void Put(housing::v1::Home home, Response& response) {
    *response.add_changes()->mutable_home() = std::move(home);
  }
  static const auto& View(const Snapshot& snapshot) { return *snapshot.homes; }
};
struct ContactsKind {
  static constexpr char kName[] = "contact";
  using Response = contacts::v1::WatchContactsResponse;
  static auto Make(const generator::Generator& generator, int64_t i) {
    return generator.MakeContact(i);
  }
  static void Put(contacts::v1::Contact contact, Response& response) {
    *response.add_changes()->mutable_contact() = std::move(contact);
  }
  static const auto& View(const Snapshot& snapshot) {
    return *snapshot.contacts;
  }
};

// Whether its place does not count.
template <typename Columns>
bool IsAnywhere([[maybe_unused]] const Columns& columns,
                [[maybe_unused]] uint32_t row) {
  if constexpr (std::is_same_v<Columns, matching::JobColumns>) {
    return columns.record(row).remote_percent == 100;
  }
  return false;
}

template <typename Kind>
void FillWithOffers(const generator::Generator& generator,
                    const WishFlags& flags, matching::Index& index) {
  for (int64_t i = 0; i < flags.offers;) {
    typename Kind::Response response;
    const int64_t to = std::min(flags.offers, i + kChangesOfAMessage);
    for (; i < to; ++i) Kind::Put(Kind::Make(generator, i), response);
    response.set_revision(1);
    response.set_complete(i == flags.offers);
    index.Apply(response);
    while (index.Merge()) continue;
  }
}

void FillWithWishes(const generator::Generator& generator,
                    const WishFlags& flags, matching::Index& index) {
  for (int64_t i = 0; i < flags.wishes;) {
    profiles::v1::WatchProfilesResponse response;
    const int64_t to = std::min(flags.wishes, i + kChangesOfAMessage);
    for (; i < to; ++i) {
      *response.add_changes()->mutable_profile() = AWish(generator, i);
    }
    response.set_revision(1);
    response.set_complete(i == flags.wishes);
    index.Apply(response);
  }
}

// Shown a wish and, if they are known, its scores.
using Look =
    std::function<void(const StoredWish&, const std::optional<TwoScores>&)>;

// CPU time and what was found of one way, over all offers.
struct Way {
  absl::Duration cpu;
  int64_t looked_at = 0;
  int64_t found = 0;

  // Decides which of the wishes fit, and with which scores.
  void Decide(const std::function<void(const Look&)>& visit,
              const OfferSide& side) {
    const absl::Duration start = ThreadCpu();
    visit([&](const StoredWish& wish, const std::optional<TwoScores>& known) {
      ++looked_at;
      if (known || side.Scores(*wish.core, kThreshold)) ++found;
    });
    cpu += ThreadCpu() - start;
  }
  void Report(const char* name, int64_t offers, const Way& best,
              Table& table) const {
    const auto each = static_cast<double>(offers);
    table.Row({name, Shown(absl::ToDoubleMicroseconds(cpu) / each),
               Shown(static_cast<double>(looked_at) / each),
               Shown(static_cast<double>(found) / each),
               Shown(absl::FDivDuration(cpu, best.cpu))});
  }
};

// Every wish, compiled.
void Scan(const Snapshot& snapshot, OfferSide& side, const Look& look) {
  snapshot.profiles->VisitWishes([&](const StoredWish& wish) {
    std::optional<TwoScores> known;
    if (side.MayFit(wish, kThreshold, known)) look(wish, known);
  });
}

// What the match of each that fits takes, reasons and card included.
void Say(OfferSide& side, Way& said) {
  std::vector<const StoredWish*> found;
  side.VisitCandidates(
      kThreshold, true,
      [&](const StoredWish& wish, const std::optional<TwoScores>& /*known*/) {
        found.push_back(&wish);
        return true;
      });
  const absl::Duration start = ThreadCpu();
  for (const StoredWish* wish : found) {
    ++said.looked_at;
    if (side.Score(*wish->core, kThreshold)) ++said.found;
  }
  said.cpu += ThreadCpu() - start;
}

template <typename Kind>
void MeasureReverse(const generator::Generator& generator,
                    const WishFlags& flags, const Snapshot& snapshot) {
  const absl::Time now =
      absl::FromUnixSeconds(absl::ToUnixSeconds(absl::Now()));
  const auto& view = Kind::View(snapshot);
  Way indexed;
  Way compiled;
  Way plain;
  Way said;
  for (int64_t i = 0; i < flags.matched; ++i) {
    const auto offer =
        Kind::Make(generator, i * (flags.offers / flags.matched));
    const auto side = OfferSide::Of(snapshot, offer.name(), now);
    const auto at = view.Find(offer.name());
    if (side == nullptr || !at) Fail("an offer is not indexed");
    const auto& columns = view.segments[at->first].segment->columns;
    const places::GeoPoint point = columns.common.point[at->second];
    const bool anywhere = IsAnywhere(columns, at->second);
    indexed.Decide(
        [&](const Look& look) {
          side->VisitCandidates(kThreshold, true,
                                [&](const StoredWish& wish,
                                    const std::optional<TwoScores>& known) {
                                  look(wish, known);
                                  return true;
                                });
        },
        *side);
    compiled.Decide([&](const Look& look) { Scan(snapshot, *side, look); },
                    *side);
    plain.Decide(
        [&](const Look& look) {
          snapshot.profiles->VisitWishes([&](const StoredWish& wish) {
            if (anywhere || matching::AreaConstraint(wish.anchors, point) !=
                                matching::Outcome::kFailed) {
              look(wish, std::nullopt);
            }
          });
        },
        *side);
    Say(*side, said);
  }
  if (indexed.found != plain.found || compiled.found != plain.found ||
      said.found != plain.found) {
    Fail("the index and the scans find different wishes");
  }
  Table table(
      absl::StrCat("One ", Kind::kName, " against ", flags.wishes,
                   " wishes: who fits, with both scores"),
      {"way", "CPU us/offer", "looked at", "found", "of the index's CPU"});
  indexed.Report("index of wishes", flags.matched, indexed, table);
  compiled.Report("scan of all compiled wishes", flags.matched, indexed, table);
  plain.Report("scan of all profiles, by area only", flags.matched, indexed,
               table);
  said.Report("besides: the matches of those found", flags.matched, indexed,
              table);
}

void MeasureReverses(const generator::Generator& generator,
                     const WishFlags& flags) {
  matching::Index index(matching::IndexOptions{false, 4096});
  FillWithOffers<JobsKind>(generator, flags, index);
  FillWithOffers<HomesKind>(generator, flags, index);
  FillWithOffers<ContactsKind>(generator, flags, index);
  FillWithWishes(generator, flags, index);
  const Snapshot snapshot = index.snapshot();
  MeasureReverse<JobsKind>(generator, flags, snapshot);
  MeasureReverse<HomesKind>(generator, flags, snapshot);
  MeasureReverse<ContactsKind>(generator, flags, snapshot);
}

int Main(int argc, char** argv) {
  WishFlags flags;
  CLI::App app("Measures standing wishes.");
  app.add_option("--wishes", flags.wishes, "Standing wishes")
      ->check(CLI::Range(int64_t{1}, int64_t{10'000'000}));
  app.add_option("--offers", flags.offers, "Offers of each kind in the index")
      ->check(CLI::Range(int64_t{1}, int64_t{10'000'000}));
  app.add_option("--matched", flags.matched,
                 "Offers of each kind matched with the wishes")
      ->check(CLI::Range(int64_t{1}, int64_t{100'000}));
  app.add_option("--gazetteer", flags.gazetteer, "Gazetteer file")
      ->envname("HEIMWEG_GAZETTEER")
      ->required();
  CLI11_PARSE(app, argc, argv);
  flags.matched = std::min(flags.matched, flags.offers);
  const auto generator = MakeGenerator(flags.gazetteer, absl::Now());
  MeasureReverses(*generator, flags);
  return 0;
}

}  // namespace
}  // namespace heimweg::bench

int main(int argc, char** argv) { return heimweg::bench::Main(argc, argv); }
