// Makes any number of offers and households out of a seed, for benches, load
// and trials: nothing in them is real but the places. Not the demo region,
// which was written by hand (deploy/demo).
#ifndef HEIMWEG_CLIENTS_GENERATOR_GENERATOR_H_
#define HEIMWEG_CLIENTS_GENERATOR_GENERATOR_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/time/time.h"
#include "heimweg/contacts/v1/contact.pb.h"
#include "heimweg/housing/v1/home.pb.h"
#include "heimweg/jobs/v1/job.pb.h"
#include "heimweg/profiles/v1/profile.pb.h"
#include "services/places/gazetteer.h"

namespace heimweg::generator {

struct World;  // tables that every item draws from

// How many of each kind make up a number of offers.
struct OfferCounts {
  int64_t jobs = 0;
  int64_t homes = 0;
  int64_t contacts = 0;
};

// 60 % jobs, 25 % homes and the rest contacts; their sum is `total` (0 to
// 10^12) exactly.
OfferCounts SplitOffers(int64_t total);

struct GeneratorOptions {
  // "Now" of what is made, in whole seconds between the years 2000 and 2100:
  // validity and verification lie around it, start dates and return windows
  // after it. Default: 2026-11-01 00:00 UTC.
  absl::Time reference_time = absl::FromUnixSeconds(1793491200);
  // Id of the network in the names of offers, [a-z0-9-]{1,63}.
  std::string network = "generated";
  // Fills what a service fills when it stores an offer or profile: place and
  // anchor `resolved`, create_time and update_time. For work on the ranking in
  // process, without any service.
  bool as_stored = false;
};

// Item `i` (0 to 10^12) depends on nothing but the gazetteer's contents, seed,
// options and `i`: any order gives the same bytes, on every machine. Seeds
// share the occupations, skills, employers and topics, so that households of
// one seed find offers of another. Every item keeps the contract's limits and
// has its name set: networks/{network}/jobs/g{seed}-{i} and so on,
// profiles/g{seed}-{i}. Offers have source "generate" and an external_id.
//
// Thread-safe.
class Generator {
 public:
  // Takes some 30 ms with a gazetteer, which is read only here and need not
  // live on. Null: offers lie around a few dozen towns that are built in, given
  // by coordinates and AGS, so that nothing has to be installed.
  Generator(const places::Gazetteer* gazetteer, uint64_t seed,
            GeneratorOptions options = {});
  ~Generator();
  Generator(const Generator&) = delete;
  Generator& operator=(const Generator&) = delete;

  jobs::v1::Job MakeJob(int64_t i) const;
  housing::v1::Home MakeHome(int64_t i) const;
  contacts::v1::Contact MakeContact(int64_t i) const;
  profiles::v1::Profile MakeProfile(int64_t i) const;

 private:
  const uint64_t seed_;
  const GeneratorOptions options_;
  const std::unique_ptr<const World> world_;
};

}  // namespace heimweg::generator

#endif  // HEIMWEG_CLIENTS_GENERATOR_GENERATOR_H_
