#include "clients/generator/generator.h"

#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "clients/generator/world.h"

namespace heimweg::generator {
namespace {

// One stream of random numbers for each item: kinds must differ.
enum class Stream : uint64_t { kJob = 1, kHome, kContact, kProfile };

Random RandomFor(uint64_t seed, Stream stream, int64_t i) {
  const uint64_t kind = Scatter(seed) + static_cast<uint64_t>(stream);
  return Random(Scatter(Scatter(kind) + static_cast<uint64_t>(i)));
}

std::string ItemId(uint64_t seed, int64_t i) {
  return absl::StrCat("g", seed, "-", i);
}

}  // namespace

OfferCounts SplitOffers(int64_t total) {
  OfferCounts counts;
  counts.jobs = total * 60 / 100;
  counts.homes = total * 25 / 100;
  counts.contacts = total - counts.jobs - counts.homes;
  return counts;
}

Generator::Generator(const places::Gazetteer* gazetteer, uint64_t seed,
                     GeneratorOptions options)
    : seed_(seed),
      options_(std::move(options)),
      world_(std::make_unique<World>(
          gazetteer != nullptr ? Towns::Of(*gazetteer) : Towns::BuiltIn())) {}

Generator::~Generator() = default;

jobs::v1::Job Generator::MakeJob(int64_t i) const {
  Random random = RandomFor(seed_, Stream::kJob, i);
  const std::string id = ItemId(seed_, i);
  const Setting setting{*world_, options_, id};
  jobs::v1::Job job;
  FillCommonFields(setting, "jobs", random, job);
  FillJob(setting, random, job);
  return job;
}

housing::v1::Home Generator::MakeHome(int64_t i) const {
  Random random = RandomFor(seed_, Stream::kHome, i);
  const std::string id = ItemId(seed_, i);
  const Setting setting{*world_, options_, id};
  housing::v1::Home home;
  FillCommonFields(setting, "homes", random, home);
  FillHome(setting, random, home);
  if (random.Percent(70)) home.set_landlord(DrawLandlordName(random));
  return home;
}

contacts::v1::Contact Generator::MakeContact(int64_t i) const {
  Random random = RandomFor(seed_, Stream::kContact, i);
  const std::string id = ItemId(seed_, i);
  const Setting setting{*world_, options_, id};
  contacts::v1::Contact contact;
  FillCommonFields(setting, "contacts", random, contact);
  FillContact(setting, random, contact);
  return contact;
}

profiles::v1::Profile Generator::MakeProfile(int64_t i) const {
  Random random = RandomFor(seed_, Stream::kProfile, i);
  const std::string id = ItemId(seed_, i);
  profiles::v1::Profile profile;
  profile.set_name(absl::StrCat("profiles/", id));
  FillProfile(Setting{*world_, options_, id}, random, profile);
  return profile;
}

}  // namespace heimweg::generator
