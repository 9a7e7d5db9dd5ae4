#include "tests/bench/peers/corpus.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <map>
#include <set>
#include <utility>

#include "absl/strings/str_format.h"
#include "clients/generator/generator.h"
#include "services/matching/pay.h"
#include "services/matching/terms.h"
#include "services/places/distance.h"

namespace heimweg::bench {
namespace {

using jobs::v1::Job;
using profiles::v1::Adult;

// Numbers what comes up, in the order in which it does.
class Numbers {
 public:
  int32_t Of(const std::string& text) {
    return numbers_.try_emplace(text, static_cast<int32_t>(numbers_.size()))
        .first->second;
  }
  // -1: it has not come up.
  int32_t Find(const std::string& text) const {
    const auto found = numbers_.find(text);
    return found == numbers_.end() ? -1 : found->second;
  }
  size_t size() const { return numbers_.size(); }

 private:
  std::map<std::string, int32_t> numbers_;
};

std::array<double, 3> VectorOf(double latitude, double longitude) {
  const places::GeoPoint point = places::ToGeoPoint({latitude, longitude});
  return {static_cast<double>(point.x), static_cast<double>(point.y),
          static_cast<double>(point.z)};
}

// A place on a curve that keeps near what lies near (Morton): two numbers of
// 16 bits, their bits in turn.
uint32_t PlaceOrder(const JobFacts& job) {
  const auto cell = [](double degrees, double range) {
    return static_cast<uint32_t>((degrees + range) / (2 * range) * 65'535);
  };
  const uint32_t rows = cell(job.latitude, 90);
  const uint32_t columns = cell(job.longitude, 180);
  uint32_t order = 0;
  for (int bit = 15; bit >= 0; --bit) {
    order = order << 2 | (rows >> bit & 1U) << 1 | (columns >> bit & 1U);
  }
  return order;
}

// Languages and levels as bits.
class LanguageBits {
 public:
  int32_t Required(const Job& job) {
    int32_t bits = 0;
    for (const type::v1::LanguageSkill& language : job.languages()) {
      const std::pair<std::string, int> one = {language.language_code(),
                                               language.level()};
      auto found = std::find(known_.begin(), known_.end(), one);
      if (found == known_.end()) found = known_.insert(found, one);
      bits |= 1 << (found - known_.begin());
    }
    return bits;
  }
  int32_t Lacking(const Adult& adult) const {
    int32_t bits = 0;
    for (size_t bit = 0; bit < known_.size(); ++bit) {
      bool speaks = false;
      for (const type::v1::LanguageSkill& spoken : adult.languages()) {
        speaks = speaks || (spoken.language_code() == known_[bit].first &&
                            spoken.level() >= known_[bit].second);
      }
      if (!speaks) bits |= 1 << bit;
    }
    return bits;
  }
  size_t size() const { return known_.size(); }

 private:
  std::vector<std::pair<std::string, int>> known_;
};

class Collector {
 public:
  explicit Collector(int64_t offers) { corpus_.offers = offers; }

  void AddJob(const Job& job);
  // After the last job.
  void Finish();
  // After Finish.
  void AddQuery(const matching::v1::RankOffersRequest& request);

  Corpus Take() { return std::move(corpus_); }

 private:
  // Until Finish, a value of `asks` is the skill x 64 + its weight.
  std::vector<int32_t> Asked(const Job& job);
  void NumberOccupations();
  void GivePoints();
  int32_t RarityOf(size_t skill) const;

  Corpus corpus_;
  LanguageBits languages_;
  Numbers skills_;
  std::vector<int64_t> asked_by_;  // jobs, by skill
};

std::vector<int32_t> Collector::Asked(const Job& job) {
  std::map<int32_t, int32_t> weights;
  for (const std::string& skill : job.optional_skills()) {
    weights[skills_.Of(matching::FoldCase(skill))] = 1;
  }
  for (const std::string& skill : job.required_skills()) {
    weights[skills_.Of(matching::FoldCase(skill))] = 2;
  }
  asked_by_.resize(skills_.size());
  std::vector<int32_t> asked;
  for (const auto& [skill, weight] : weights) {
    ++asked_by_[static_cast<size_t>(skill)];
    asked.push_back(skill * 64 + weight);
  }
  return asked;
}

void Collector::AddJob(const Job& job) {
  JobFacts& facts = corpus_.jobs.emplace_back();
  facts.latitude = job.place().location().latitude();
  facts.longitude = job.place().location().longitude();
  facts.vector = VectorOf(facts.latitude, facts.longitude);
  // The codes themselves, until they are numbered.
  const int last = job.occupations_size() > 1 ? 1 : 0;
  facts.occupations = {std::stoi(job.occupations(0).kldb_code()),
                       std::stoi(job.occupations(last).kldb_code())};
  const auto weekly = matching::WeeklyMinutes::Of(job.weekly_hours());
  facts.fewest_minutes = weekly.fewest;
  facts.most_minutes = weekly.most;
  facts.hourly_cents = matching::HighestPay(job.salary(), weekly).Hourly();
  facts.requires_languages = languages_.Required(job);
  facts.age_seconds = kPeerSeconds - job.verified_time().seconds();
  facts.asks = Asked(job);
}

void Collector::Finish() {
  NumberOccupations();
  GivePoints();
  std::stable_sort(corpus_.jobs.begin(), corpus_.jobs.end(),
                   [](const JobFacts& a, const JobFacts& b) {
                     return PlaceOrder(a) < PlaceOrder(b);
                   });
}

void Collector::NumberOccupations() {
  std::map<int32_t, int32_t> rows;
  for (const JobFacts& job : corpus_.jobs) {
    for (const int32_t code : job.occupations) rows[code] = 0;
  }
  for (auto& [code, row] : rows) {
    row = static_cast<int32_t>(corpus_.codes.size());
    corpus_.codes.push_back(absl::StrFormat("%05d", code));
  }
  for (JobFacts& job : corpus_.jobs) {
    for (int32_t& code : job.occupations) code = rows[code];
  }
}

int32_t Collector::RarityOf(size_t skill) const {
  const auto jobs = static_cast<uint64_t>(corpus_.jobs.size());
  const auto asking = static_cast<uint64_t>(asked_by_[skill]);
  const int steps = std::bit_width((jobs + 1) / (asking + 1)) - 1;
  return std::clamp(1 + steps, 1, 20);
}

void Collector::GivePoints() {
  for (JobFacts& job : corpus_.jobs) {
    for (int32_t& value : job.asks) {
      const int32_t skill = value / 64;
      const int32_t points = value % 64 * RarityOf(static_cast<size_t>(skill));
      value = skill * 64 + points;
      job.asked_points += points;
    }
  }
}

void Collector::AddQuery(const matching::v1::RankOffersRequest& request) {
  const profiles::v1::Anchor& anchor = request.inline_profile().anchors(0);
  const Adult& adult = request.inline_profile().adults(0);
  QueryFacts& facts = corpus_.queries.emplace_back();
  facts.latitude = anchor.place().location().latitude();
  facts.longitude = anchor.place().location().longitude();
  facts.vector = VectorOf(facts.latitude, facts.longitude);
  facts.radius_m = static_cast<int32_t>(std::lround(anchor.radius_km() * 1000));
  for (const type::v1::Occupation& occupation : adult.occupations()) {
    facts.codes.push_back(occupation.kldb_code());
  }
  std::set<int32_t> has;
  for (const std::string& skill : adult.skills()) {
    const int32_t number = skills_.Find(matching::FoldCase(skill));
    if (number < 0) continue;  // no job asks for it
    const int32_t rarity = RarityOf(static_cast<size_t>(number));
    has.insert({number * 64 + rarity, number * 64 + 2 * rarity});
  }
  facts.has.assign(has.begin(), has.end());
  const auto weekly = matching::WeeklyMinutes::Of(adult.weekly_hours());
  facts.fewest_minutes = weekly.fewest;
  facts.most_minutes = weekly.most;
  facts.floor_cents = matching::Pay{adult.salary().floor_cents(),
                                    adult.salary().period(), weekly.most}
                          .Hourly();
  facts.lacks_languages = languages_.Lacking(adult);
}

}  // namespace

int64_t JobsOf(int64_t offers) { return generator::SplitOffers(offers).jobs; }

Corpus MakeCorpus(const PeerRegion& region, int64_t offers, int64_t queries) {
  Collector collector(offers);
  for (int64_t i = 0; i < JobsOf(offers); ++i) {
    collector.AddJob(region.MakeJob(i));
  }
  collector.Finish();
  for (int64_t i = 0; i < queries; ++i) {
    collector.AddQuery(region.MakeQuery(i));
  }
  return collector.Take();
}

}  // namespace heimweg::bench
