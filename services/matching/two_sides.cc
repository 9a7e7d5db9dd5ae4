#include "services/matching/two_sides.h"

#include <algorithm>
#include <type_traits>
#include <utility>

#include "services/matching/contact_query.h"
#include "services/matching/home_query.h"
#include "services/matching/job_query.h"
#include "services/matching/match_text.h"
#include "services/matching/scan.h"
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
             type::v1::OfferKind kind, absl::Time now)
      : view_(view), segment_(segment), row_(row), kind_(kind), now_(now) {}

  bool MayLieWithin(const std::vector<Anchor>& anchors) const override {
    return IsAnywhere() ||
           AreaConstraint(anchors, columns().common.point[row_]) !=
               Outcome::kFailed;
  }

  std::optional<TwoSides> Score(const profiles::v1::Profile& profile,
                                int32_t threshold) const override {
    Question question;
    question.kind = kind_;
    std::vector<type::v1::FieldViolation> violations;
    const absl::StatusOr<Wish> wish =
        CompileWish(question, profile, now_, violations);
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

  // Whether an adult may pass wherever the anchors are.
  bool IsAnywhere() const {
    if constexpr (std::is_same_v<Columns, JobColumns>) {
      return columns().remote_percent[row_] == 100;
    }
    return false;
  }

  const ShelfView<Columns>& view_;
  const size_t segment_;
  const uint32_t row_;
  const type::v1::OfferKind kind_;
  const absl::Time now_;
};

template <typename Query>
std::unique_ptr<OfferSide> SideOf(
    const ShelfView<typename Query::Columns>& view, absl::string_view offer,
    type::v1::OfferKind kind, absl::Time now) {
  const auto found = view.Find(offer);
  if (!found) return nullptr;
  return std::make_unique<SideOfKind<Query>>(view, found->first, found->second,
                                             kind, now);
}

}  // namespace

std::unique_ptr<OfferSide> OfferSide::Of(const Snapshot& snapshot,
                                         absl::string_view offer,
                                         absl::Time now) {
  const type::v1::OfferKind kind = KindOfName(offer);
  switch (kind) {
    case type::v1::OFFER_KIND_JOB:
      return SideOf<JobQuery>(*snapshot.jobs, offer, kind, now);
    case type::v1::OFFER_KIND_HOME:
      return SideOf<HomeQuery>(*snapshot.homes, offer, kind, now);
    case type::v1::OFFER_KIND_CONTACT:
      return SideOf<ContactQuery>(*snapshot.contacts, offer, kind, now);
    default:
      return nullptr;
  }
}

}  // namespace heimweg::matching
