#include "services/matching/two_sides.h"

#include <algorithm>
#include <type_traits>
#include <utility>

#include "services/matching/contact_query.h"
#include "services/matching/home_query.h"
#include "services/matching/job_query.h"
#include "services/matching/match_text.h"
#include "services/matching/scan.h"
#include "services/matching/seeker_bound.h"
#include "services/matching/weights.h"

namespace heimweg::matching {
namespace {

// What the other side looks at, with the standard weights: of a job who offers
// it, of a home who lets it, of a contact the people there.
bool CountsForTheOffer(v1::Feature feature) {
  switch (feature) {
    case v1::FEATURE_OCCUPATION:
    case v1::FEATURE_SKILLS:
    case v1::FEATURE_HOURS:
    case v1::FEATURE_DATES:
    case v1::FEATURE_PRICE:
    case v1::FEATURE_SPACE:
    case v1::FEATURE_PEOPLE:
      return true;
    default:
      return false;
  }
}

template <typename Query>
int32_t OfferScore(const typename Query::Values& values) {
  QueryWeights<Query> weights{};
  for (size_t i = 0; i < weights.size(); ++i) {
    const v1::Feature feature = Query::kFeatures[i];
    if (!CountsForTheOffer(feature)) continue;
    weights[i] = WeightRules()[static_cast<size_t>(feature) - 1].standard;
  }
  return Score(weights, values);
}

template <typename Query>
class SideOfKind final : public OfferSide {
 public:
  using Columns = typename Query::Columns;

  SideOfKind(const ShelfView<Columns>& view, size_t segment, uint32_t row,
             type::v1::OfferKind kind, absl::Time now,
             const ProfileView& profiles)
      : view_(view),
        segment_(segment),
        row_(row),
        kind_(kind),
        now_(now),
        profiles_(profiles) {
    if constexpr (std::is_same_v<Columns, JobColumns>) {
      bound_.emplace(view, segment, row, absl::ToUnixSeconds(now));
    }
  }

  bool VisitCandidates(
      int32_t least, bool told,
      absl::FunctionRef<bool(const StoredWish&)> visit) const override {
    if (bound_) return bound_->Visit(profiles_, least, told, visit);
    const places::GeoPoint point = columns().common.point[row_];
    const auto look = [&](WishSettings settings, const StoredWish& wish) {
      if (told && !settings.told) return true;
      return AreaConstraint(wish.anchors, point) == Outcome::kFailed ||
             visit(wish);
    };
    if (!IsKnown(point)) {
      bool wanted = true;
      profiles_.VisitWishes([&](const StoredWish& wish) {
        wanted = wanted && look(wish.settings, wish);
      });
      return wanted;
    }
    for (const auto& entries :
         {profiles_.cells().Near(point), profiles_.cells().Everywhere()}) {
      for (const WishCells::Entry& entry : entries) {
        if (!look(entry.settings, *entry.wish)) return false;
      }
    }
    return true;
  }

  std::optional<TwoSides> Score(const profiles::v1::Profile& profile,
                                int32_t threshold) const override {
    Question question;
    question.kind = kind_;
    const absl::StatusOr<Wish> wish = CompileWish(question, profile, now_);
    if (!wish.ok()) return std::nullopt;
    const Query query(view_, *wish);
    const auto weights = WeightsOf(*wish, Query::kFeatures);
    const auto at = RowOf(view_, segment_, row_);
    const std::optional<Ranked> ranked = BestSeeker(query, weights, at);
    if (!ranked || ranked->score < threshold) return std::nullopt;
    const int32_t offer_score =
        OfferScore<Query>(query.Features(at, ranked->seeker));
    if (offer_score < threshold) return std::nullopt;
    return TwoSides{std::min(ranked->score, offer_score), offer_score,
                    MatchOf(query, weights, *ranked, false)};
  }

 private:
  const Columns& columns() const {
    return view_.segments[segment_].segment->columns;
  }

  const ShelfView<Columns>& view_;
  const size_t segment_;
  const uint32_t row_;
  const type::v1::OfferKind kind_;
  const absl::Time now_;
  const ProfileView& profiles_;
  std::optional<SeekerBound> bound_;  // of a job
};

template <typename Query>
std::unique_ptr<OfferSide> SideOf(
    const ShelfView<typename Query::Columns>& view, absl::string_view offer,
    type::v1::OfferKind kind, absl::Time now, const ProfileView& profiles) {
  const auto found = view.Find(offer);
  if (!found) return nullptr;
  return std::make_unique<SideOfKind<Query>>(view, found->first, found->second,
                                             kind, now, profiles);
}

}  // namespace

std::unique_ptr<OfferSide> OfferSide::Of(const Snapshot& snapshot,
                                         absl::string_view offer,
                                         absl::Time now) {
  const ProfileView& profiles = *snapshot.profiles;
  const type::v1::OfferKind kind = KindOfName(offer);
  switch (kind) {
    case type::v1::OFFER_KIND_JOB:
      return SideOf<JobQuery>(*snapshot.jobs, offer, kind, now, profiles);
    case type::v1::OFFER_KIND_HOME:
      return SideOf<HomeQuery>(*snapshot.homes, offer, kind, now, profiles);
    case type::v1::OFFER_KIND_CONTACT:
      return SideOf<ContactQuery>(*snapshot.contacts, offer, kind, now,
                                  profiles);
    default:
      return nullptr;
  }
}

}  // namespace heimweg::matching
