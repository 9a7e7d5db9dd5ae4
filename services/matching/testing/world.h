// Random worlds for tests of the ranking: offers, households and requests out
// of a seed, with the cases that are easily got wrong.
#ifndef HEIMWEG_SERVICES_MATCHING_TESTING_WORLD_H_
#define HEIMWEG_SERVICES_MATCHING_TESTING_WORLD_H_

#include <cstdint>
#include <initializer_list>
#include <random>
#include <string>
#include <vector>

#include "heimweg/contacts/v1/contact.pb.h"
#include "heimweg/housing/v1/home.pb.h"
#include "heimweg/jobs/v1/job.pb.h"
#include "heimweg/matching/v1/matching_service.pb.h"
#include "heimweg/profiles/v1/profile.pb.h"

namespace heimweg::matching::testing {

// Random numbers that are the same on every machine. Thread-compatible.
class Dice {
 public:
  explicit Dice(uint64_t seed) : random_(seed) {}

  // low to high, both inside.
  int64_t Between(int64_t low, int64_t high) {
    return low + static_cast<int64_t>(random_() %
                                      static_cast<uint64_t>(high - low + 1));
  }
  bool Percent(int64_t percent) { return Between(1, 100) <= percent; }
  template <typename T>
  const T& Of(const std::vector<T>& values) {
    return values[static_cast<size_t>(
        Between(0, static_cast<int64_t>(values.size()) - 1))];
  }
  int64_t OneOf(std::initializer_list<int64_t> values) {
    return *(values.begin() + Between(0, int64_t(values.size()) - 1));
  }

 private:
  std::mt19937_64 random_;
};

// 2026-11-23, around which everything lies, in seconds.
inline constexpr int64_t kWorldNow = 1'795'392'000;
inline constexpr int64_t kDaySeconds = 86'400;

// What is particular about a world.
enum class Flavour {
  kUsual,
  kTies,      // few distinct offers, so that names decide
  kOnePoint,  // everything at one place
  kNoMatch,   // nothing is published
  kAllMatch,  // no offer says anything that could exclude it
  kExtremes,  // ends of the ranges of values
  kUnknown,   // hardly anything is said
  kEmpty,     // no offers
};
inline constexpr int kFlavours = 8;

// Thread-compatible.
class WorldMaker {
 public:
  WorldMaker(uint64_t seed, Flavour flavour) : dice_(seed), flavour_(flavour) {}

  // An offer with the given id; each call makes another one.
  jobs::v1::Job Job(int id);
  housing::v1::Home Home(int id);
  contacts::v1::Contact Contact(int id);

  // `offers` is about how many ids there are.
  profiles::v1::Profile Profile(int offers);
  v1::RankOffersRequest Request(type::v1::OfferKind kind,
                                const profiles::v1::Profile& profile);

  Dice& dice() { return dice_; }

 private:
  bool Said(int64_t percent);
  int64_t Amount(int64_t low, int64_t high);
  std::string Term();
  // A term that many jobs ask for, or one of those that few do.
  std::string Skill();
  std::string Code();
  std::string LicenceClass();
  std::string LanguageCode();
  type::v1::Answer MaybeAnswer();
  void Where(type::v1::Place& place);
  void Day(type::v1::Date& date);
  template <typename Offer>
  void Common(const char* collection, int id, Offer& offer);
  void Adult(int index, profiles::v1::Adult& adult);
  void Wishes(profiles::v1::Adult& adult);
  void Anchor(int index, profiles::v1::Anchor& anchor);
  void Housing(profiles::v1::HousingWish& wish);
  void People(profiles::v1::ContactWish& wish);
  void RandomWeights(type::v1::Weights& weights);

  Dice dice_;
  Flavour flavour_;
  bool lenient_ = false;  // the household in the making asks for little
};

}  // namespace heimweg::matching::testing

#endif  // HEIMWEG_SERVICES_MATCHING_TESTING_WORLD_H_
