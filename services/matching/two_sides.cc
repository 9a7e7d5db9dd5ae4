#include "services/matching/two_sides.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <type_traits>
#include <utility>
#include <vector>

#include "services/matching/contact_query.h"
#include "services/matching/home_query.h"
#include "services/matching/job_query.h"
#include "services/matching/match_text.h"
#include "services/matching/offer_score.h"
#include "services/matching/prefetch.h"
#include "services/matching/scan.h"
#include "services/matching/seeker_bound.h"
#include "services/matching/weights.h"
#include "services/matching/wish_bounds.h"

namespace heimweg::matching {
namespace {

// What tells from the facts of a household whether it may fit.
template <typename Query>
struct BoundOf;
template <>
struct BoundOf<JobQuery> {
  using Type = SeekerBound;
};
template <>
struct BoundOf<HomeQuery> {
  using Type = HomeWishBound;
  static const HomeFacts& FactsOf(const StoredWish& wish) { return wish.home; }
};
template <>
struct BoundOf<ContactQuery> {
  using Type = ContactWishBound;
  static const ContactFacts& FactsOf(const StoredWish& wish) {
    return wish.contact;
  }
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

  bool VisitCandidates(int32_t least, bool told, Visit visit) override {
    if constexpr (std::is_same_v<Query, JobQuery>) {
      return bound_.Visit(profiles_, least, told, [&](const StoredWish& wish) {
        return visit(wish, std::nullopt);
      });
    } else {
      return VisitByPlace(least, told, visit);
    }
  }

  bool MayFit(const StoredWish& wish, int32_t threshold,
              std::optional<TwoScores>& known) override {
    if constexpr (std::is_same_v<Query, JobQuery>) {
      return bound_.MayReach(wish, threshold);
    } else {
      return bound_.MayReach(wish, threshold, known);
    }
  }

  std::optional<TwoScores> Scores(const profiles::v1::Profile& profile,
                                  int32_t threshold) const override {
    std::optional<TwoScores> found;
    Decide(profile, threshold,
           [&](const Query&, const QueryWeights<Query>&, const Ranked&,
               TwoScores scores) { found = scores; });
    return found;
  }

  std::optional<TwoSides> Score(const profiles::v1::Profile& profile,
                                int32_t threshold) const override {
    std::optional<TwoSides> found;
    Decide(profile, threshold,
           [&](const Query& query, const QueryWeights<Query>& weights,
               const Ranked& ranked, TwoScores scores) {
             found = TwoSides{scores.lower(), scores.offer, {}};
             SetMatch(query, weights, ranked, false, found->match);
           });
    return found;
  }

  void Write(const profiles::v1::Profile& profile,
             FieldWriter& match) const override {
    Question question;
    question.kind = kind_;
    // It was checked before it was scored.
    const absl::StatusOr<Wish> wish = CompileChecked(question, profile, now_);
    if (!wish.ok()) return;
    DecideWish(*wish, 0,
               [&](const Query& query, const QueryWeights<Query>& weights,
                   const Ranked& ranked, TwoScores /*scores*/) {
                 WriteMatch(query, weights, ranked, false, match);
               });
  }

 private:
  // Steps between the fetching of something into the cache and its turn.
  static constexpr size_t kAhead = 8;

  struct NearWish {
    const StoredWish* wish = nullptr;
    std::optional<TwoScores> known;
  };

  struct WishAt {
    const WishTable::Chunk* chunk = nullptr;
    size_t at = 0;
  };

  // Calls found(query, weights, ranked, scores) if it fits.
  template <typename Found>
  void Decide(const profiles::v1::Profile& profile, int32_t threshold,
              Found found) const {
    Question question;
    question.kind = kind_;
    const absl::StatusOr<Wish> wish = CompileWish(question, profile, now_);
    if (wish.ok()) DecideWish(*wish, threshold, found);
  }

  template <typename Found>
  void DecideWish(const Wish& wish, int32_t threshold, Found found) const {
    const Query query(view_, wish);
    const auto weights = WeightsOf(wish, Query::kFeatures);
    const auto at = RowOf(view_, segment_, row_);
    const std::optional<Ranked> ranked = BestSeeker(query, weights, at);
    if (!ranked || ranked->score < threshold) return;
    const int32_t offer_score =
        OfferScore<Query>(query.Features(at, ranked->seeker));
    if (offer_score < threshold) return;
    found(query, weights, *ranked, TwoScores{ranked->score, offer_score});
  }

  // By where the households look.
  bool VisitByPlace(int32_t least, bool told, Visit visit) {
    const std::vector<NearWish> wishes = WishesNear(least, told);
    for (size_t i = 0; i < wishes.size(); ++i) {
      FetchAhead(wishes, i);
      const StoredWish& wish = *wishes[i].wish;
      if (wishes[i].known) {
        if (!visit(wish, wishes[i].known)) return false;
        continue;
      }
      // What the offer has to be worth to the household and it to the offer.
      const int32_t needed =
          told ? std::max(least, wish.settings.threshold) : least;
      std::optional<TwoScores> known;
      if (bound_.MayReach(wish, needed, known) && !visit(wish, known)) {
        return false;
      }
    }
    return true;
  }

  // Wishes lie anywhere in memory: those that come next are on their way to the
  // cache, first they, then their anchors.
  static void FetchAhead(const std::vector<NearWish>& wishes, size_t at) {
    if (at + 2 * kAhead < wishes.size()) {
      const auto& [wish, known] = wishes[at + 2 * kAhead];
      constexpr size_t kFront = 96;  // before the facts
      PrefetchBytes(wish, kFront);
      if (!known) {
        const auto& facts = BoundOf<Query>::FactsOf(*wish);
        PrefetchBytes(&facts, sizeof(facts));
      }
    }
    if (at + kAhead < wishes.size() && !wishes[at + kAhead].known) {
      Prefetch(wishes[at + kAhead].wish->anchors.data());
    }
  }

  // Those near for whom a few facts do not tell that it is too little.
  std::vector<NearWish> WishesNear(int32_t least, bool told) const {
    const std::vector<WishAt> left = NotGated(least, told);
    std::vector<NearWish> wishes;
    for (size_t i = 0; i < left.size(); ++i) {
      if constexpr (std::is_same_v<Query, HomeQuery>) {
        if (i + kAhead < left.size()) {
          const WishAt& next = left[i + kAhead];
          PrefetchBytes(&next.chunk->home_keys[next.at], sizeof(HomeKey));
        }
      }
      Add(*left[i].chunk, left[i].at, least, told, wishes);
    }
    return wishes;
  }

  std::vector<WishAt> NotGated(int32_t least, bool told) const {
    std::vector<WishAt> left;
    std::vector<ChunkBits> near = Near();
    const auto& chunks = profiles_.table().chunks();
    for (size_t i = 0; i < chunks.size(); ++i) {
      if (near[i] == ChunkBits{}) continue;
      if (told) {
        for (size_t word = 0; word < near[i].size(); ++word) {
          near[i][word] &= chunks[i]->told[word];
        }
      }
      bound_.Gate(*chunks[i], least, told, near[i]);
      for (size_t word = 0; word < near[i].size(); ++word) {
        for (uint64_t bits = near[i][word]; bits != 0; bits &= bits - 1) {
          const auto at = static_cast<size_t>(std::countr_zero(bits));
          left.push_back({chunks[i].get(), word * 64 + at});
        }
      }
    }
    return left;
  }

  // Unless it is known that it is too little.
  void Add(const WishTable::Chunk& chunk, size_t at, int32_t least, bool told,
           std::vector<NearWish>& wishes) const {
    std::optional<TwoScores> known;
    if constexpr (std::is_same_v<Query, HomeQuery>) {
      if (bound_.Knows(chunk, at)) {
        const HomeKey& key = chunk.home_keys[at];
        known =
            bound_.ScoresOf(key, told ? std::max(least, key.threshold) : least);
        if (!known) return;
      }
    }
    wishes.push_back({chunk.wishes[at], known});
  }

  // Those whose limits may reach the offer, by chunk.
  std::vector<ChunkBits> Near() const {
    const auto& chunks = profiles_.table().chunks();
    std::vector<ChunkBits> near(chunks.size());
    const places::GeoPoint point =
        view_.segments[segment_].segment->columns.common.point[row_];
    if (!IsKnown(point)) {
      for (size_t i = 0; i < chunks.size(); ++i) {
        if (chunks[i] != nullptr) near[i] = chunks[i]->used;
      }
      return near;
    }
    for (const auto& slots :
         {profiles_.cells().Near(point), profiles_.cells().Everywhere()}) {
      for (const uint32_t slot : slots) {
        near[slot / kChunkSlots][slot % kChunkSlots / 64] |= uint64_t{1}
                                                             << (slot % 64);
      }
    }
    return near;
  }

  const ShelfView<Columns>& view_;
  const size_t segment_;
  const uint32_t row_;
  const type::v1::OfferKind kind_;
  const absl::Time now_;
  const ProfileView& profiles_;
  typename BoundOf<Query>::Type bound_;
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
