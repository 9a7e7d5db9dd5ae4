// wishes_bench: what matching one offer against all standing wishes costs in
// process, by the index of wishes and by scans of all of them that find the
// same; and how long after its acknowledged write a job's match reaches a
// watcher of a whole heimwegd.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "clients/generator/generator.h"
#include "heimweg/jobs/v1/job_service.grpc.pb.h"
#include "heimweg/matching/v1/match_service.grpc.pb.h"
#include "heimweg/profiles/v1/profile_service.grpc.pb.h"
#include "services/matching/constraints/shared.h"
#include "services/matching/index.h"
#include "services/matching/seeker_bound.h"
#include "services/matching/two_sides.h"
#include "services/matching/wish_bounds.h"
#include "tests/bench/region.h"
#include "tests/bench/report.h"
#include "tests/bench/server_process.h"
#include "tests/support/temp_dir.h"

namespace heimweg::bench {
namespace {

using matching::OfferSide;
using matching::Snapshot;
using matching::StoredWish;
using profiles::v1::Profile;

constexpr int32_t kThreshold = 600'000;
constexpr int kChangesOfAMessage = 256;
constexpr int64_t kFirstPushed = 1'000'000'000;

struct WishFlags {
  int64_t wishes = 100'000;
  int64_t offers = 50'000;
  int64_t matched = 100;
  int64_t pushed = 100;
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
  using Bound = matching::SeekerBound;
  static auto Make(const generator::Generator& generator, int64_t i) {
    return generator.MakeJob(i);
  }
  static void Put(jobs::v1::Job job, Response& response) {
    *response.add_changes()->mutable_job() = std::move(job);
  }
  static const auto& View(const Snapshot& snapshot) { return *snapshot.jobs; }
  static bool IsAnywhere(const matching::JobColumns& jobs, uint32_t row) {
    return jobs.remote_percent[row] == 100;
  }
};
struct HomesKind {
  static constexpr char kName[] = "home";
  using Response = housing::v1::WatchHomesResponse;
  using Bound = matching::HomeWishBound;
  static auto Make(const generator::Generator& generator, int64_t i) {
    return generator.MakeHome(i);
  }
  static void Put(housing::v1::Home home, Response& response) {
    *response.add_changes()->mutable_home() = std::move(home);
  }
  static const auto& View(const Snapshot& snapshot) { return *snapshot.homes; }
  static bool IsAnywhere(const matching::HomeColumns&, uint32_t) {
    return false;
  }
};
struct ContactsKind {
  static constexpr char kName[] = "contact";
  using Response = contacts::v1::WatchContactsResponse;
  using Bound = matching::ContactWishBound;
  static auto Make(const generator::Generator& generator, int64_t i) {
    return generator.MakeContact(i);
  }
  static void Put(contacts::v1::Contact contact, Response& response) {
    *response.add_changes()->mutable_contact() = std::move(contact);
  }
  static const auto& View(const Snapshot& snapshot) {
    return *snapshot.contacts;
  }
  static bool IsAnywhere(const matching::ContactColumns&, uint32_t) {
    return false;
  }
};

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

// CPU time and what was found of one way, over all jobs.
struct Way {
  absl::Duration cpu;
  int64_t scored = 0;
  int64_t found = 0;

  void Look(const std::function<
                void(const std::function<void(const StoredWish&)>&)>& visit,
            const OfferSide& side) {
    const absl::Duration start = ThreadCpu();
    visit([&](const StoredWish& wish) {
      ++scored;
      if (side.Score(*wish.core, kThreshold)) ++found;
    });
    cpu += ThreadCpu() - start;
  }
  void Report(const char* name, int64_t offers, const Way& best,
              Table& table) const {
    const auto each = static_cast<double>(offers);
    table.Row({name, Shown(absl::ToDoubleMicroseconds(cpu) / each),
               Shown(static_cast<double>(scored) / each),
               Shown(static_cast<double>(found) / each),
               Shown(absl::FDivDuration(cpu, best.cpu))});
  }
};

template <typename Kind>
void MeasureReverse(const generator::Generator& generator,
                    const WishFlags& flags, const Snapshot& snapshot) {
  const absl::Time now =
      absl::FromUnixSeconds(absl::ToUnixSeconds(absl::Now()));
  const auto& view = Kind::View(snapshot);
  Way indexed;
  Way bounded;
  Way plain;
  for (int64_t i = 0; i < flags.matched; ++i) {
    const auto offer =
        Kind::Make(generator, i * (flags.offers / flags.matched));
    const auto side = OfferSide::Of(snapshot, offer.name(), now);
    const auto at = view.Find(offer.name());
    if (side == nullptr || !at) Fail("an offer is not indexed");
    const auto& columns = view.segments[at->first].segment->columns;
    const places::GeoPoint point = columns.common.point[at->second];
    const bool anywhere = Kind::IsAnywhere(columns, at->second);
    indexed.Look(
        [&](const auto& look) {
          side->VisitCandidates(kThreshold, true, [&](const StoredWish& wish) {
            look(wish);
            return true;
          });
        },
        *side);
    bounded.Look(
        [&](const auto& look) {
          const typename Kind::Bound bound(view, at->first, at->second,
                                           absl::ToUnixSeconds(now));
          snapshot.profiles->VisitWishes([&](const StoredWish& wish) {
            if (bound.MayReach(wish, kThreshold)) look(wish);
          });
        },
        *side);
    plain.Look(
        [&](const auto& look) {
          snapshot.profiles->VisitWishes([&](const StoredWish& wish) {
            if (anywhere || matching::AreaConstraint(wish.anchors, point) !=
                                matching::Outcome::kFailed) {
              look(wish);
            }
          });
        },
        *side);
  }
  if (indexed.found != plain.found || bounded.found != plain.found) {
    Fail("the index and the scans find different wishes");
  }
  Table table(
      absl::StrCat("One ", Kind::kName, " against ", flags.wishes, " wishes"),
      {"way", "CPU us/offer", "scored", "found", "of the index's CPU"});
  indexed.Report("index of wishes", flags.matched, indexed, table);
  bounded.Report("scan of the same compiled wishes", flags.matched, indexed,
                 table);
  plain.Report("scan, by area only", flags.matched, indexed, table);
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

void CreateWatched(const std::shared_ptr<grpc::Channel>& channel) {
  const auto stub = profiles::v1::ProfileService::NewStub(channel);
  profiles::v1::CreateProfileRequest create;
  create.set_profile_id("watched");
  auto& adult = *create.mutable_profile()->add_adults();
  adult.set_id("a");
  adult.set_seeks_job(true);
  auto& settings = *create.mutable_profile()->mutable_notifications();
  settings.set_enabled(true);
  settings.set_threshold_millionths(0);
  settings.set_daily_budget(100);
  Profile profile;
  grpc::ClientContext context;
  SetDeadline(context);
  if (!stub->CreateProfile(&context, create, &profile).ok()) {
    Fail("CreateProfile failed");
  }
  profiles::v1::GrantConsentRequest grant;
  grant.set_name(profile.name());
  grant.mutable_consent()->set_purpose(profiles::v1::CONSENT_PURPOSE_MATCHING);
  grant.mutable_consent()->set_network("networks/-");
  grpc::ClientContext again;
  SetDeadline(again);
  if (!stub->GrantConsent(&again, grant, &profile).ok()) {
    Fail("GrantConsent failed");
  }
}

// One watcher, one write after the other; at most as many as the greatest daily
// budget lets through.
void MeasurePush(const generator::Generator& generator,
                 const WishFlags& flags) {
  const testing::TempDir temporary;
  const ServerProcess heimwegd(
      HeimwegdCommand(flags.gazetteer, temporary.path() + "/stores"));
  const auto channel = heimwegd.Connect();
  WaitUntilReady(channel);
  CreateWatched(channel);
  const auto matches = matching::v1::MatchService::NewStub(channel);
  grpc::ClientContext watching;
  SetDeadline(watching, absl::Minutes(2));
  matching::v1::WatchMatchesRequest request;
  request.set_parent("profiles/watched");
  const auto stream = matches->WatchMatches(&watching, request);
  const auto jobs = jobs::v1::JobService::NewStub(channel);
  std::vector<double> ms;
  for (int64_t i = 0; i < flags.pushed; ++i) {
    jobs::v1::CreateJobRequest create;
    create.set_parent(kParent);
    // Without what could exclude it or make it a likely duplicate.
    jobs::v1::Job& job = *create.mutable_job();
    job.set_title(absl::StrCat("Pflegefachkraft ", i, " von ", i));
    job.set_state(type::v1::OFFER_STATE_PUBLISHED);
    *job.mutable_place() = generator.MakeJob(kFirstPushed + i).place();
    job.mutable_employer()->set_display_name(absl::StrCat("Haus ", i));
    job.add_occupations()->set_kldb_code("81302");
    jobs::v1::Job created;
    grpc::ClientContext context;
    SetDeadline(context);
    if (!jobs->CreateJob(&context, create, &created).ok()) {
      Fail("CreateJob failed");
    }
    const absl::Time written = absl::Now();
    matching::v1::WatchMatchesResponse response;
    bool told = false;
    while (!told && stream->Read(&response)) {
      for (const auto& change : response.changes()) {
        told = told || change.match().match().offer() == created.name();
      }
    }
    if (!told) Fail("a match was not pushed");
    ms.push_back(absl::ToDoubleMilliseconds(absl::Now() - written));
  }
  watching.TryCancel();
  stream->Finish();
  Table table("From the acknowledged write of a job until its match is pushed",
              {"writes", "p50 ms", "p99 ms", "worst ms"});
  table.Row({absl::StrCat(flags.pushed), Shown(Quantile(ms, 0.5)),
             Shown(Quantile(ms, 0.99)), Shown(Quantile(ms, 1))});
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
  app.add_option("--pushed", flags.pushed, "Jobs written for a watcher")
      ->check(CLI::Range(int64_t{1}, int64_t{100}));
  app.add_option("--gazetteer", flags.gazetteer, "Gazetteer file")
      ->envname("HEIMWEG_GAZETTEER")
      ->required();
  CLI11_PARSE(app, argc, argv);
  flags.matched = std::min(flags.matched, flags.offers);
  const auto generator = MakeGenerator(flags.gazetteer, absl::Now());
  MeasureReverses(*generator, flags);
  MeasurePush(*generator, flags);
  return 0;
}

}  // namespace
}  // namespace heimweg::bench

int main(int argc, char** argv) { return heimweg::bench::Main(argc, argv); }
