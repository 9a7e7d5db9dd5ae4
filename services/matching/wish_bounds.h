// Whether a household and a home, or a contact, are worth enough to each other,
// by the facts of the household alone: nobody for whom they are not is looked
// at further. SeekerBound's counterpart for the other kinds.
#ifndef HEIMWEG_SERVICES_MATCHING_WISH_BOUNDS_H_
#define HEIMWEG_SERVICES_MATCHING_WISH_BOUNDS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "services/matching/contact_query.h"
#include "services/matching/features/people.h"
#include "services/matching/home_key.h"
#include "services/matching/home_query.h"
#include "services/matching/offer_score.h"
#include "services/matching/snapshot.h"
#include "services/matching/wish_cells.h"
#include "services/matching/wish_facts.h"
#include "services/matching/wish_table.h"

namespace heimweg::matching {

// Of one home of a view, which outlives this. Thread-compatible.
class HomeWishBound {
 public:
  // `now` in seconds is the evaluation time.
  HomeWishBound(const ShelfView<HomeColumns>& view, size_t segment,
                uint32_t row, int64_t now);

  // Leaves those in `wishes` out of whom a few facts show that a constraint
  // fails, or that the score of one side is below `least` or, if `told`, below
  // their own threshold.
  void Gate(const WishTable::Chunk& chunk, int32_t least, bool told,
            ChunkBits& wishes) const;
  // The same of one by all facts. True: `known` are both scores, or nothing if
  // texts of the household have to be compared.
  bool MayReach(const StoredWish& wish, int32_t least,
                std::optional<TwoScores>& known);

  // Whether what follows can tell of the wish at `at`.
  bool Knows(const WishTable::Chunk& chunk, size_t at) const {
    return gated_.is_common && chunk.homes.Holds(at) &&
           chunk.home_keys[at].is_all;
  }
  // Both scores of one that Gate left and Knows, or nothing if a constraint
  // fails or one is below `least`.
  std::optional<TwoScores> ScoresOf(const HomeKey& key, int32_t least) const;

  const GatedHome& gated() const { return gated_; }

 private:
  struct Letter {
    Letter();
    int32_t Score(const HomeQuery::Values& values) const;

    std::array<int32_t, 3> weights{};
    int64_t of = 0;
  };

  bool MayPass(const HomeFacts& facts) const;

  const HomeColumns& homes_;
  const uint32_t row_;
  const bool shown_;
  const FeatureValue freshness_;
  const GatedHome gated_;
  const Letter letter_;
  const uint32_t name_;               // TextHash
  std::optional<uint32_t> landlord_;  // TextHash
};

// The same of one contact.
class ContactWishBound {
 public:
  ContactWishBound(const ShelfView<ContactColumns>& view, size_t segment,
                   uint32_t row, int64_t now);

  void Gate(const WishTable::Chunk& chunk, int32_t least, bool told,
            ChunkBits& wishes) const;
  bool MayReach(const StoredWish& wish, int32_t least,
                std::optional<TwoScores>& known);

 private:
  // Terms of the contact, and what texts of households were found to be, so
  // that each is folded once.
  struct Terms {
    const TermTable& table;
    std::vector<NamedHash> offered;  // index: the number in the table
    uint64_t marks = 0;              // HashMark of each
    bool apart = true;               // no two have the same mark
    absl::flat_hash_map<absl::string_view, uint32_t> numbers = {};
  };
  using Texts = google::protobuf::RepeatedPtrField<std::string>;

  static Terms TermsOf(absl::Span<const uint32_t> numbers,
                       const TermTable& table);
  // Different texts may have the same hash: at least as many as are shared.
  static int64_t MostShared(const Terms& terms, uint64_t marks);
  static int64_t Shared(Terms& terms, const std::vector<NamedHash>& named,
                        const Texts& texts);
  FeatureValue People(bool names_terms, int64_t topics, int64_t hooks) const;
  int32_t OfferScoreOf(FeatureValue people) const;
  int32_t OfferScoreOf(const ContactKey& key) const;
  bool MayReach(const ContactKey& key, int32_t least) const;
  bool MayPass(const ContactFacts& facts) const;

  const ContactColumns& contacts_;
  const uint32_t row_;
  const bool shown_;
  const int32_t year_;
  const FeatureValue freshness_;
  const FeatureValue dates_;
  bool is_over_ = false;
  const uint32_t name_;  // TextHash
  Terms topics_;
  Terms hooks_;
  // What households are worth that name no terms, and others by points
  // (people.h).
  int32_t score_unnamed_ = 0;
  std::array<int32_t, kEnoughPoints + 1> score_by_points_{};
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_WISH_BOUNDS_H_
