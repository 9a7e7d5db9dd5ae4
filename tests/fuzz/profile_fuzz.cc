// Households as partner apps send them: every rule, every place, and a ranking
// of each kind for those that break none. Input: the profile in binary form or
// as JSON.
#include <memory>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "clients/generator/generator.h"
#include "services/households/places.h"
#include "services/households/violations.h"
#include "services/matching/index.h"
#include "services/matching/rank.h"
#include "services/matching/wish.h"
#include "services/places/gazetteer.h"
#include "services/places/sample_places.h"
#include "tests/fuzz/message_input.h"

namespace heimweg::fuzz {
namespace {

constexpr int64_t kOffersOfAKind = 40;

// Everything that a ranking needs but the household.
struct World {
  World() : gazetteer(*places::Gazetteer::Make(places::SampleTables())) {
    generator::GeneratorOptions options;
    options.as_stored = true;
    now = options.reference_time;
    const generator::Generator generator(nullptr, 1, options);
    jobs::v1::WatchJobsResponse jobs;
    housing::v1::WatchHomesResponse homes;
    contacts::v1::WatchContactsResponse contacts;
    for (int64_t i = 0; i < kOffersOfAKind; ++i) {
      *jobs.add_changes()->mutable_job() = generator.MakeJob(i);
      *homes.add_changes()->mutable_home() = generator.MakeHome(i);
      *contacts.add_changes()->mutable_contact() = generator.MakeContact(i);
    }
    jobs.set_complete(true);
    homes.set_complete(true);
    contacts.set_complete(true);
    index.Apply(jobs);
    index.Apply(homes);
    index.Apply(contacts);
  }

  const places::Gazetteer gazetteer;
  absl::Time now;
  matching::Index index{{.merge_in_background = false}};
};

void CheckRanking(const World& world, const profiles::v1::Profile& profile,
                  type::v1::OfferKind kind) {
  matching::Question question;
  question.kind = kind;
  const auto wish = matching::CompileWish(question, profile, world.now);
  Require(!absl::IsInvalidArgument(wish.status()),
          "a valid profile makes a valid wish");
  if (!wish.ok()) return;  // Nobody seeks a job.
  const matching::Snapshot snapshot = world.index.snapshot();
  const auto ranking = matching::Rank(snapshot, *wish,
                                      {.limit = 1000,
                                       .full_view = true,
                                       .facets = true,
                                       .exclusions = true,
                                       .relaxations = true});
  Require(ranking.ok(), "a wish can be ranked");
  Require(ranking->eligible_offers() == ranking->matches_size(),
          "every offer that passes is ranked");
  for (int i = 1; i < ranking->matches_size(); ++i) {
    Require(ranking->matches(i - 1).score_millionths() >=
                ranking->matches(i).score_millionths(),
            "the best comes first");
  }
  if (ranking->matches_size() == 0) return;
  const auto& best = ranking->matches(0);
  const auto explained = matching::Explain(snapshot, *wish, best.offer());
  Require(explained.ok() && explained->eligible() &&
              explained->match().score_millionths() == best.score_millionths(),
          "an explanation says what the ranking says");
}

const World& TheWorld() {
  static const auto* const world = new World;
  return *world;
}

}  // namespace
}  // namespace heimweg::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace heimweg;  // NOLINT(google-build-using-namespace)
  const fuzz::World& world = fuzz::TheWorld();
  profiles::v1::Profile profile;
  if (!fuzz::ReadMessage(fuzz::Input(data, size), profile)) return 0;
  const auto broken = households::Violations(profile, world.now);
  const auto misplaced = households::ResolvePlaces(world.gazetteer, &profile);
  for (const auto& found : {broken, misplaced}) {
    for (const server::Violation& one : found) {
      fuzz::Require(!one.field.empty() && !one.description.empty(),
                    "a violation names its field and what was expected");
    }
  }
  if (!broken.empty() || !misplaced.empty()) return 0;
  for (const auto kind : {type::v1::OFFER_KIND_JOB, type::v1::OFFER_KIND_HOME,
                          type::v1::OFFER_KIND_CONTACT}) {
    fuzz::CheckRanking(world, profile, kind);
  }
  return 0;
}
