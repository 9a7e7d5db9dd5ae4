#include "services/matching/wish_bounds.h"

#include <algorithm>
#include <array>
#include <bit>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "services/matching/features/dates.h"
#include "services/matching/features/distance.h"
#include "services/matching/features/equipment.h"
#include "services/matching/features/freshness.h"
#include "services/matching/features/people.h"
#include "services/matching/features/price.h"
#include "services/matching/features/space.h"
#include "services/matching/job_facts.h"
#include "services/matching/offer_score.h"
#include "services/matching/scan.h"
#include "services/matching/segment.h"
#include "services/matching/shared_query.h"
#include "services/matching/terms.h"
#include "services/matching/weights.h"

namespace heimweg::matching {
namespace {

// Whether both sides are worth `least`, and what they are worth. DISTANCE, the
// first of both kinds' features, is computed only if all else would do, and
// scores, as they take divisions, only of those that fit.
template <typename Query>
std::optional<TwoScores> BothFrom(
    int32_t least, const std::array<int32_t, Query::kFeatures.size()>& weights,
    const typename Query::Values& values, const std::vector<Anchor>& anchors,
    places::GeoPoint point) {
  static_assert(Query::kFeatures[0] == v1::FEATURE_DISTANCE);
  static_assert(!CountsForTheOffer(v1::FEATURE_DISTANCE));
  int64_t sum = 0;
  int64_t of = weights[0];
  for (size_t i = 1; i < weights.size(); ++i) {
    sum += int64_t{weights[i]} * values[i].OrNeutral();
    of += weights[i];
  }
  // See SumNeeded (row_scorer.h).
  const int64_t needed = int64_t{least} * std::max<int64_t>(of, 1);
  if (sum + int64_t{weights[0]} * kOne < needed) return std::nullopt;
  TwoScores scores;
  scores.offer = OfferScore<Query>(values);
  if (scores.offer < least) return std::nullopt;
  if (weights[0] != 0) {
    const FeatureValue distance =
        IsKnown(point) ? DistanceFeature(anchors, point) : FeatureValue();
    sum += int64_t{weights[0]} * distance.OrNeutral();
    if (sum < needed) return std::nullopt;
  }
  scores.household = of == 0 ? 0 : static_cast<int32_t>(sum / of);
  return scores;
}

// Whether the row is shown to somebody who asks for no network or region.
template <typename Columns>
bool IsShown(const ShelfView<Columns>& view, size_t segment, uint32_t row,
             int64_t now) {
  Wish anybody;
  anybody.evaluation_seconds = now;
  return SharedQuery(view, anybody)
      .VisitShared(view.segments[segment].segment->columns.common, segment, row,
                   kStopAtFailure);
}

bool Holds(const std::vector<uint32_t>& hashes, uint32_t hash) {
  return std::find(hashes.begin(), hashes.end(), hash) != hashes.end();
}

template <typename Columns>
uint32_t NameHash(const ShelfView<Columns>& view, size_t segment,
                  uint32_t row) {
  return TextHash(view.segments[segment].segment->cards.NameAt(row));
}

bool IsFailed(Outcome outcome) { return outcome == Outcome::kFailed; }

// Places of the features in HomeQuery::kFeatures.
constexpr size_t kPlace = 0;
constexpr size_t kDates = 1;
constexpr size_t kPrice = 2;
constexpr size_t kSpace = 3;
constexpr size_t kEquipment = 4;
constexpr size_t kFresh = 5;
static_assert(HomeQuery::kFeatures ==
              std::array{v1::FEATURE_DISTANCE, v1::FEATURE_DATES,
                         v1::FEATURE_PRICE, v1::FEATURE_SPACE,
                         v1::FEATURE_EQUIPMENT, v1::FEATURE_FRESHNESS});
// Those that count for who lets the home.
constexpr std::array kCounting = {kDates, kPrice, kSpace};
static_assert(!CountsForTheOffer(v1::FEATURE_DISTANCE) &&
              CountsForTheOffer(v1::FEATURE_DATES) &&
              CountsForTheOffer(v1::FEATURE_PRICE) &&
              CountsForTheOffer(v1::FEATURE_SPACE) &&
              !CountsForTheOffer(v1::FEATURE_EQUIPMENT) &&
              !CountsForTheOffer(v1::FEATURE_FRESHNESS));

}  // namespace

// What counts for who lets the home, as OfferScore has it.
HomeWishBound::Letter::Letter() {
  for (size_t i = 0; i < weights.size(); ++i) {
    const v1::Feature feature = HomeQuery::kFeatures[kCounting[i]];
    weights[i] = WeightRules()[static_cast<size_t>(feature) - 1].standard;
    of += weights[i];
  }
}

int32_t HomeWishBound::Letter::Score(const HomeQuery::Values& values) const {
  int64_t sum = 0;
  for (size_t i = 0; i < weights.size(); ++i) {
    sum += int64_t{weights[i]} * values[kCounting[i]].OrNeutral();
  }
  return of == 0 ? 0 : static_cast<int32_t>(sum / of);
}

HomeWishBound::HomeWishBound(const ShelfView<HomeColumns>& view, size_t segment,
                             uint32_t row, int64_t now)
    : homes_(view.segments[segment].segment->columns),
      row_(row),
      shown_(IsShown(view, segment, row, now)),
      freshness_(FreshnessFeature(now, homes_.common.fresh[row])),
      gated_(homes_, row, freshness_),
      name_(NameHash(view, segment, row)) {
  const uint32_t landlord = homes_.landlord[row];
  if (landlord != 0) landlord_ = view.terms->landlords.HashOf(landlord);
}

void HomeWishBound::Gate(const WishTable::Chunk& chunk, int32_t least,
                         bool told, ChunkBits& wishes) const {
  if (!shown_) {
    wishes = {};
    return;
  }
  chunk.homes.LeaveOut(gated_, least, told, wishes);
}

bool HomeWishBound::MayPass(const HomeFacts& facts) const {
  const HomeWish& asked = facts.wish;
  return !IsFailed(HomeTypeConstraint(asked.tenures, homes_.tenure[row_],
                                      asked.home_types,
                                      homes_.home_type[row_])) &&
         !IsFailed(BudgetConstraint(BudgetFor(asked, homes_.tenure[row_]),
                                    homes_.amount_cents[row_])) &&
         !IsFailed(RoomsConstraint(asked.min_room_halves,
                                   homes_.room_halves[row_])) &&
         !IsFailed(OccupantsConstraint(asked.people, homes_.min_occupants[row_],
                                       homes_.max_occupants[row_])) &&
         !IsFailed(PetsConstraint(asked.pets, homes_.pets_allowed[row_])) &&
         !IsFailed(AccessibilityConstraint(asked.accessibility,
                                           homes_.accessibility[row_])) &&
         !IsFailed(WbsConstraint(static_cast<uint8_t>(asked.has_wbs),
                                 homes_.wbs_required[row_])) &&
         !IsFailed(
             DatesConstraint(facts.latest_day, homes_.available_day[row_]));
}

bool HomeWishBound::MayReach(const StoredWish& wish, int32_t least,
                             std::optional<TwoScores>& known) {
  const HomeFacts& facts = wish.home;
  const HomeWish& asked = facts.wish;
  if (!shown_ || !facts.can_be_ranked || !MayPass(facts)) return false;
  const places::GeoPoint point = homes_.common.point[row_];
  if (IsFailed(AreaConstraint(wish.anchors, point))) return false;
  // In the order of HomeQuery::kFeatures.
  const HomeQuery::Values values = {
      FeatureValue(kOne),
      HomeDateFeature({0, facts.latest_day}, homes_.available_day[row_]),
      PriceFeature(BudgetFor(asked, homes_.tenure[row_]),
                   homes_.amount_cents[row_]),
      SpaceFeature(asked.min_room_halves, homes_.room_halves[row_],
                   asked.area_centi_sqm, homes_.area_centi_sqm[row_]),
      EquipmentFeature(asked.equipment, homes_.has_equipment[row_],
                       homes_.lacks_equipment[row_], asked.broadband_mbps,
                       homes_.broadband_mbps[row_]),
      freshness_};
  known =
      BothFrom<HomeQuery>(least, facts.weights, values, wish.anchors, point);
  if (!known) return false;
  // Not the same hash, not the same text.
  if (Holds(wish.dismissed, name_) ||
      (landlord_ && Holds(facts.excluded_landlords, *landlord_))) {
    known.reset();
  }
  return true;
}

std::optional<TwoScores> HomeWishBound::ScoresOf(const HomeKey& key,
                                                 int32_t least) const {
  const uint8_t tenure = homes_.tenure[row_];
  const int64_t budget = IsRented(tenure) ? key.max_rent_cents
                         : IsSold(tenure) ? key.max_price_cents
                                          : -1;
  const int64_t amount = homes_.amount_cents[row_];
  if (IsFailed(BudgetConstraint(SaidOf(budget), amount))) return std::nullopt;
  const places::GeoPoint point = homes_.common.point[row_];
  if (IsFailed(AreaConstraint(key.anchors(), point))) return std::nullopt;
  HomeQuery::Values values;
  // Nobody is left whom it is free too late for.
  values[kDates] = homes_.available_day[row_] == kNoDay ? FeatureValue()
                                                        : FeatureValue(kOne);
  values[kPrice] = PriceFeature(SaidOf(budget), amount);
  values[kSpace] =
      SpaceFeature(SaidOf(key.min_room_halves), homes_.room_halves[row_],
                   SaidOf(key.area_centi_sqm), homes_.area_centi_sqm[row_]);
  TwoScores scores;
  scores.offer = letter_.Score(values);
  if (scores.offer < least) return std::nullopt;
  values[kEquipment] = EquipmentFeature(
      key.equipment, homes_.has_equipment[row_], homes_.lacks_equipment[row_],
      SaidOf(key.broadband_mbps), homes_.broadband_mbps[row_]);
  values[kFresh] = freshness_;
  if (key.weights[kPlace] != 0 && IsKnown(point)) {
    values[kPlace] = DistanceFeature(key.anchors(), point);
  }
  int64_t sum = 0;
  int64_t of = 0;
  for (size_t i = 0; i < values.size(); ++i) {
    sum += int64_t{key.weights[i]} * values[i].OrNeutral();
    of += key.weights[i];
  }
  // See SumNeeded (row_scorer.h).
  if (sum < int64_t{least} * std::max<int64_t>(of, 1)) return std::nullopt;
  scores.household = of == 0 ? 0 : static_cast<int32_t>(sum / of);
  return scores;
}

ContactWishBound::ContactWishBound(const ShelfView<ContactColumns>& view,
                                   size_t segment, uint32_t row, int64_t now)
    : contacts_(view.segments[segment].segment->columns),
      row_(row),
      shown_(IsShown(view, segment, row, now)),
      year_(static_cast<int32_t>(
          absl::ToCivilYear(absl::FromUnixSeconds(now), absl::UTCTimeZone())
              .year())),
      freshness_(FreshnessFeature(now, contacts_.common.fresh[row])),
      dates_(EventDateFeature(ContactQuery::Event({contacts_, segment, row}),
                              now)),
      is_over_(EventConstraint(ContactQuery::Event({contacts_, segment, row}),
                               now) == Outcome::kFailed),
      name_(NameHash(view, segment, row)),
      topics_(TermsOf(contacts_.Topics(row), view.terms->topics)),
      hooks_(TermsOf(contacts_.Hooks(row), view.terms->hooks)),
      score_unnamed_(OfferScoreOf(People(false, 0, 0))) {
  for (int64_t points = 0; points <= kEnoughPoints; ++points) {
    score_by_points_[static_cast<size_t>(points)] =
        OfferScoreOf(People(true, points, 0));
  }
}

ContactWishBound::Terms ContactWishBound::TermsOf(
    absl::Span<const uint32_t> numbers, const TermTable& table) {
  Terms terms{table, {}};
  for (const uint32_t number : numbers) {
    terms.offered.push_back({table.HashOf(number), number});
    const uint64_t mark = HashMark(terms.offered.back().hash);
    terms.apart = terms.apart && (terms.marks & mark) == 0;
    terms.marks |= mark;
  }
  return terms;
}

int64_t ContactWishBound::MostShared(const Terms& terms, uint64_t marks) {
  if (terms.apart) return std::popcount(terms.marks & marks);
  return std::count_if(terms.offered.begin(), terms.offered.end(),
                       [marks](const NamedHash& term) {
                         return (marks & HashMark(term.hash)) != 0;
                       });
}

int64_t ContactWishBound::Shared(Terms& terms,
                                 const std::vector<NamedHash>& named,
                                 const Texts& texts) {
  const auto is = [&](uint32_t number, const std::string& text) {
    const auto [known, is_new] = terms.numbers.try_emplace(text, 0);
    if (is_new) known->second = terms.table.Find(FoldCase(text));
    return known->second == number;
  };
  return std::count_if(
      terms.offered.begin(), terms.offered.end(), [&](const NamedHash& term) {
        auto own = std::lower_bound(named.begin(), named.end(),
                                    NamedHash{term.hash, 0});
        for (; own != named.end() && own->hash == term.hash; ++own) {
          if (is(term.index, texts[static_cast<int>(own->index)])) return true;
        }
        return false;
      });
}

FeatureValue ContactWishBound::People(bool names_terms, int64_t topics,
                                      int64_t hooks) const {
  return PeopleFeature(
      names_terms && (!topics_.offered.empty() || !hooks_.offered.empty()),
      topics, hooks);
}

int32_t ContactWishBound::OfferScoreOf(FeatureValue people) const {
  ContactQuery::Values values;
  static_assert(ContactQuery::kFeatures[1] == v1::FEATURE_DATES);
  values[1] = dates_;
  static_assert(ContactQuery::kFeatures[2] == v1::FEATURE_PEOPLE);
  values[2] = people;
  // No other feature counts for the people there.
  return OfferScore<ContactQuery>(values);
}

void ContactWishBound::Gate(const WishTable::Chunk& chunk, int32_t least,
                            bool told, ChunkBits& wishes) const {
  if (!shown_ || is_over_) {
    wishes = {};
    return;
  }
  for (size_t word = 0; word < wishes.size(); ++word) {
    for (uint64_t bits = wishes[word]; bits != 0; bits &= bits - 1) {
      const ContactKey& key =
          chunk.contacts[word * 64 +
                         static_cast<size_t>(std::countr_zero(bits))];
      if (!MayReach(key, told ? std::max(least, key.threshold) : least)) {
        wishes[word] &= ~(bits & -bits);
      }
    }
  }
}

bool ContactWishBound::MayReach(const ContactKey& key, int32_t least) const {
  return key.is_ranked && OfferScoreOf(key) >= least &&
         !IsFailed(
             ContactTypeConstraint(key.types, contacts_.contact_type[row_])) &&
         !IsFailed(
             StepFreeConstraint(key.step_free, contacts_.step_free[row_]));
}

// No less than that.
int32_t ContactWishBound::OfferScoreOf(const ContactKey& key) const {
  if (!key.names_terms) return score_unnamed_;
  const int64_t points = MostShared(topics_, key.interest_marks) +
                         kHookPoints * MostShared(hooks_, key.hook_marks);
  return score_by_points_[static_cast<size_t>(std::min(points, kEnoughPoints))];
}

bool ContactWishBound::MayPass(const ContactFacts& facts) const {
  const uint8_t type = contacts_.contact_type[row_];
  return !IsFailed(ContactTypeConstraint(facts.types, type)) &&
         !IsFailed(
             StepFreeConstraint(facts.step_free, contacts_.step_free[row_])) &&
         !IsFailed(AgesConstraint(
             type, contacts_.youngest[row_], contacts_.oldest[row_],
             facts.childcare_birth_years, facts.school_birth_years, year_));
}

bool ContactWishBound::MayReach(const StoredWish& wish, int32_t least,
                                std::optional<TwoScores>& known) {
  const ContactFacts& facts = wish.contact;
  if (!shown_ || is_over_ || !facts.can_be_ranked || !MayPass(facts)) {
    return false;
  }
  const places::GeoPoint point = contacts_.common.point[row_];
  if (IsFailed(AreaConstraint(wish.anchors, point))) return false;
  const profiles::v1::ContactWish& texts = wish.core->contacts();
  const FeatureValue people = People(
      facts.names_terms, Shared(topics_, facts.interests, texts.interests()),
      Shared(hooks_, facts.hooks, texts.biography_hooks()));
  // In the order of ContactQuery::kFeatures.
  known = BothFrom<ContactQuery>(
      least, facts.weights, {FeatureValue(kOne), dates_, people, freshness_},
      wish.anchors, point);
  if (!known) return false;
  if (Holds(wish.dismissed, name_)) known.reset();
  return true;
}

}  // namespace heimweg::matching
