#include "services/matching/wish_bounds.h"

#include <algorithm>
#include <array>
#include <limits>

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

template <typename Number>
std::optional<Number> IfSaid(Number number) {
  return number < 0 ? std::nullopt : std::optional(number);
}

constexpr int32_t Truth(bool is) { return is ? 1 : 0; }

bool IsFailed(Outcome outcome) { return outcome == Outcome::kFailed; }

}  // namespace

HomeWishBound::HomeWishBound(const ShelfView<HomeColumns>& view, size_t segment,
                             uint32_t row, int64_t now)
    : homes_(view.segments[segment].segment->columns),
      row_(row),
      shown_(IsShown(view, segment, row, now)),
      freshness_(FreshnessFeature(now, homes_.common.fresh[row])),
      name_(NameHash(view, segment, row)) {
  const uint32_t landlord = homes_.landlord[row];
  if (landlord != 0) landlord_ = view.terms->landlords.HashOf(landlord);
}

void HomeWishBound::Gate(const WishTable::Chunk& chunk,
                         ChunkBits& wishes) const {
  if (!shown_) {
    wishes = {};
    return;
  }
  constexpr int32_t kMost = std::numeric_limits<int32_t>::max();
  const HomeGates& gates = chunk.homes;
  const auto bit_of = [](uint8_t value) {
    return value == 0 ? -1 : static_cast<int32_t>(1U << value);
  };
  // What the home does not say passes every gate.
  const int32_t tenure = bit_of(homes_.tenure[row_]);
  const int32_t type = bit_of(homes_.home_type[row_]);
  const auto amount =
      static_cast<int32_t>(std::min<int64_t>(homes_.amount_cents[row_], kMost));
  const int32_t rent = IsRented(homes_.tenure[row_]) ? amount : -1;
  const int32_t price = IsSold(homes_.tenure[row_]) ? amount : -1;
  const int32_t rooms =
      homes_.room_halves[row_] == 0 ? kMost : homes_.room_halves[row_];
  const int32_t fewest = homes_.min_occupants[row_];
  const int32_t most =
      homes_.max_occupants[row_] == 0 ? kMost : homes_.max_occupants[row_];
  HomeGates::Field pass;
  // Without a branch, so that it is done for several at once.
  for (size_t i = 0; i < kChunkSlots; ++i) {
    const int32_t people = gates.people[i];
    pass[i] = Truth((gates.tenures[i] & tenure) != 0) &
              Truth((gates.home_types[i] & type) != 0) &
              Truth(rent <= gates.max_rent_cents[i]) &
              Truth(price <= gates.max_price_cents[i]) &
              Truth(rooms >= gates.min_room_halves[i]) &
              (Truth(people == 0) |
               (Truth(people >= fewest) & Truth(people <= most)));
  }
  for (size_t word = 0; word < wishes.size(); ++word) {
    if (wishes[word] == 0) continue;
    uint64_t bits = 0;
    for (size_t i = 0; i < 64; ++i) {
      bits |= static_cast<uint64_t>(pass[word * 64 + i] & 1) << i;
    }
    wishes[word] &= bits;
  }
}

bool HomeWishBound::MayReach(const WishKey& key, int32_t least) const {
  if (!key.ranks_homes) return false;
  if (key.unusual) return true;
  const uint8_t tenure = homes_.tenure[row_];
  std::optional<int64_t> budget;
  if (IsRented(tenure)) budget = IfSaid<int64_t>(key.max_rent_cents);
  if (IsSold(tenure)) budget = IfSaid<int64_t>(key.max_price_cents);
  HomeQuery::Values values;
  static_assert(HomeQuery::kFeatures[1] == v1::FEATURE_DATES);
  // A home that is free too late fails DATES.
  if (homes_.available_day[row_] != kNoDay) values[1] = FeatureValue(kOne);
  static_assert(HomeQuery::kFeatures[2] == v1::FEATURE_PRICE);
  values[2] = PriceFeature(budget, homes_.amount_cents[row_]);
  static_assert(HomeQuery::kFeatures[3] == v1::FEATURE_SPACE);
  values[3] = SpaceFeature(
      IfSaid<int32_t>(key.min_room_halves), homes_.room_halves[row_],
      IfSaid<int64_t>(key.area_centi_sqm), homes_.area_centi_sqm[row_]);
  // No other feature counts for who lets the home.
  return OfferScore<HomeQuery>(values) >= least;
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
      score_without_({OfferScoreOf(People(false, 0, 0)),
                      OfferScoreOf(People(true, 0, 0))}) {}

ContactWishBound::Terms ContactWishBound::TermsOf(
    absl::Span<const uint32_t> numbers, const TermTable& table) {
  Terms terms{table, {}};
  for (const uint32_t number : numbers) {
    terms.offered.push_back({table.HashOf(number), number});
    terms.marks |= HashMark(terms.offered.back().hash);
  }
  return terms;
}

int64_t ContactWishBound::MostShared(const Terms& terms, uint64_t marks) {
  if ((terms.marks & marks) == 0) return 0;
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

void ContactWishBound::Gate(const WishTable::Chunk& /*chunk*/,
                            ChunkBits& wishes) const {
  if (!shown_ || is_over_) wishes = {};
}

bool ContactWishBound::MayReach(const WishKey& key, int32_t least) const {
  if (!key.ranks_contacts) return false;
  const bool shares = (topics_.marks & key.interest_marks) != 0 ||
                      (hooks_.marks & key.hook_marks) != 0;
  if (!shares && score_without_[key.names_terms ? 1 : 0] < least) return false;
  if (IsFailed(ContactTypeConstraint(key.contact_types,
                                     contacts_.contact_type[row_])) ||
      IsFailed(StepFreeConstraint(key.step_free, contacts_.step_free[row_]))) {
    return false;
  }
  return !shares ||
         OfferScoreOf(People(key.names_terms,
                             MostShared(topics_, key.interest_marks),
                             MostShared(hooks_, key.hook_marks))) >= least;
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
