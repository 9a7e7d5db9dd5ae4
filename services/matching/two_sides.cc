#include "services/matching/two_sides.h"

#include <algorithm>
#include <type_traits>
#include <utility>

#include "services/matching/contact_query.h"
#include "services/matching/home_query.h"
#include "services/matching/job_query.h"
#include "services/matching/match_text.h"
#include "services/matching/offer_score.h"
#include "services/matching/scan.h"
#include "services/matching/seeker_bound.h"
#include "services/matching/weights.h"
#include "services/matching/wish_bounds.h"

namespace heimweg::matching {
namespace {

// What tells from the facts of a household whether it is looked at further.
template <typename Query>
struct BoundOf;
template <>
struct BoundOf<JobQuery> {
  using Type = SeekerBound;
};
template <>
struct BoundOf<HomeQuery> {
  using Type = HomeWishBound;
};
template <>
struct BoundOf<ContactQuery> {
  using Type = ContactWishBound;
};

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
        profiles_(profiles),
        bound_(view, segment, row, absl::ToUnixSeconds(now)) {}

  bool VisitCandidates(
      int32_t least, bool told,
      absl::FunctionRef<bool(const StoredWish&)> visit) const override {
    if constexpr (std::is_same_v<Query, JobQuery>) {
      return bound_.Visit(profiles_, least, told, visit);
    } else {
      return VisitByPlace(least, told, visit);
    }
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
    TwoSides sides{std::min(ranked->score, offer_score), offer_score, {}};
    SetMatch(query, weights, *ranked, false, sides.match);
    return sides;
  }

 private:
  // By where the households look.
  bool VisitByPlace(int32_t least, bool told,
                    absl::FunctionRef<bool(const StoredWish&)> visit) const {
    const auto look = [&](WishSettings settings, const StoredWish& wish) {
      if (told && !settings.told) return true;
      const int32_t needed = told ? std::max(least, settings.threshold) : least;
      return !bound_.MayReach(wish, needed) || visit(wish);
    };
    const places::GeoPoint point =
        view_.segments[segment_].segment->columns.common.point[row_];
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

  const ShelfView<Columns>& view_;
  const size_t segment_;
  const uint32_t row_;
  const type::v1::OfferKind kind_;
  const absl::Time now_;
  const ProfileView& profiles_;
  const typename BoundOf<Query>::Type bound_;
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
