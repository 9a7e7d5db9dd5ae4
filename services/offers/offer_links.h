// OfferLinks: which offer of a kind likely repeats which, kept with every
// change in the edit that makes it.
//
// Offers that take part are looked at from the oldest to the youngest. Each
// repeats the leader (an older one that repeats none) that is most like it, of
// equals the oldest, if the two and all that repeat the leader already may be
// one; else it is a leader itself. The links are therefore a function of the
// offers and the time alone, and only younger offers depend on one. An offer of
// which a person said that it repeats another one follows that one, or what
// that one follows.
#ifndef HEIMWEG_SERVICES_OFFERS_OFFER_LINKS_H_
#define HEIMWEG_SERVICES_OFFERS_OFFER_LINKS_H_

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/offers/common_rules.h"
#include "services/offers/index_terms.h"
#include "services/offers/likeness.h"
#include "services/offers/near_offers.h"
#include "services/offers/offer_kind.h"
#include "services/offers/offer_pair.h"
#include "services/offers/offer_tables.h"
#include "services/offers/resource_name.h"
#include "storage/transaction.h"

namespace heimweg::offers {

// Thread-safe.
template <OfferKind Kind>
class OfferLinks {
 public:
  using Offer = typename Kind::Offer;
  using Row = typename OfferTables<Kind>::Row;
  using Transaction = storage::Transaction;

  // `tables` must outlive this.
  explicit OfferLinks(const OfferTables<Kind>& tables) : tables_(tables) {}

  // Stores an offer that is new in the store, with its link and those that
  // change with it. `blocks` are Kind::BlocksOf(offer); its create_time is set.
  absl::Status Insert(Transaction& txn, const std::string& key,
                      const Blocks& blocks, Offer& offer) const {
    Work work;
    absl::Status linked = Link(txn, key, blocks, offer, work);
    if (!linked.ok()) return linked;
    absl::Status put = tables_.Insert(txn, key, blocks.own, offer);
    return put.ok() ? Settle(txn, work) : put;
  }

  // Stores an offer in the place of `stored`, as Insert does.
  absl::Status Replace(Transaction& txn, const Row& stored,
                       Offer& offer) const {
    Work work;
    const Blocks blocks = Kind::BlocksOf(offer);
    absl::Status linked = Link(txn, stored.id, blocks, offer, work);
    if (!linked.ok()) return linked;
    const Blocks before = Kind::BlocksOf(stored.record);
    // Then Link has seen what is near to the stored one, too.
    const bool stays =
        blocks == before && offer.source() == stored.record.source() &&
        TakesPart(offer, blocks.own) == TakesPart(stored.record, before.own);
    absl::Status put = tables_.Put(txn, stored.id, offer);
    if (put.ok() && !stays) put = AddNear(txn, stored, before, work);
    return put.ok() ? Unlink(txn, stored, work) : put;
  }

  // NOT_FOUND if there is no such offer.
  absl::Status Erase(Transaction& txn, const std::string& key) const {
    auto row = tables_.rows().Find(txn, key);
    if (!row.ok()) return row.status();
    if (!row->has_value()) return tables_.Missing(key);
    absl::Status erased = tables_.Erase(txn, key);
    if (!erased.ok()) return erased;
    Work work;
    absl::Status near =
        AddNear(txn, **row, Kind::BlocksOf((*row)->record), work);
    return near.ok() ? Unlink(txn, **row, work) : near;
  }

  // Looks again at those that a person said to repeat the offer of this key,
  // which is new and whose key somebody chose.
  absl::Status Meet(Transaction& txn, const std::string& key) const {
    Work work;
    absl::Status added = AddNamers(txn, JoinedTerm(key), work);
    return added.ok() ? Settle(txn, work) : added;
  }

  // Looks anew at the links of these offers, whose end has come, and at all
  // that depends on them.
  absl::Status Renew(Transaction& txn,
                     const std::vector<std::string>& keys) const {
    Work work;
    for (const std::string& key : keys) {
      auto row = tables_.rows().Find(txn, key);
      if (!row.ok()) return row.status();
      if (!row->has_value()) continue;
      if (IsJoined((*row)->record)) {
        work.joined.insert(key);
      } else {
        work.ages[AgeOf(**row)] = true;
      }
    }
    return Settle(txn, work);
  }

 private:
  // What has to be looked at: offers by age, whether those near to them are
  // to be looked at in any case; then those that a person has joined.
  struct Work {
    std::map<Age, bool> ages;
    std::set<std::string> joined;
  };

  static Age AgeOf(const Row& row) {
    return {CreatedNs(row.record.create_time()), row.id};
  }

  static bool IsJoined(const Offer& offer) {
    return offer.duplicate_ruling().has_same_as();
  }

  using Near = std::vector<NearOffer>;

  // None if the offer does not take part.
  absl::StatusOr<Near> NearTo(const Transaction& txn, const Blocks& blocks,
                              const Offer& offer) const {
    if (!TakesPart(offer, blocks.own)) return Near();
    return FindNear(tables_.rows(), txn, blocks);
  }

  // Sets what the offer repeats; `near` are NearTo's.
  absl::Status SetLink(const Transaction& txn, const std::string& key,
                       const Blocks& blocks, const Near& near,
                       Offer& offer) const {
    offer.clear_duplicate_of();
    if (IsJoined(offer)) return FollowTheRuling(txn, key, offer);
    const Age age = {CreatedNs(offer.create_time()), key};
    if (!TakesPart(offer, blocks.own) || !IsLive(offer, txn.now()) ||
        CountOlder(age, blocks.own, near) >= kMostOfABlock) {
      return absl::OkStatus();
    }
    std::optional<Row> best;
    int best_score = kLikelyOne - 1;
    const Origin own = OriginOf(key, offer);
    for (const NearOffer* other :
         OlderOnes(age, own.network, own.source, near)) {
      auto row = tables_.Find(txn, other->key);
      if (!row.ok()) return row.status();
      if (!row->has_value()) return absl::DataLossError("index row alone");
      auto score = Score(txn, **row, key, offer);
      if (!score.ok()) return score.status();
      if (*score <= best_score) continue;
      best_score = *score;
      best = **std::move(row);
    }
    if (best.has_value()) Follow(*best, best_score, offer);
    return absl::OkStatus();
  }

  // How alike the offer and the older `leader` are; kNeverOne if it cannot
  // repeat it.
  absl::StatusOr<int> Score(const Transaction& txn, const Row& leader,
                            const std::string& key, const Offer& offer) const {
    const Origin own = OriginOf(key, offer);
    const Origin other = OriginOf(leader.id, leader.record);
    if (leader.record.has_duplicate_of() || !IsLive(leader.record, txn.now()) ||
        !MayBeOne(own, other) ||
        !StandsFor(leader.record, other.network, offer, own.network)) {
      return kNeverOne;
    }
    const int score = Kind::Likeness(leader.record, offer);
    if (score < kLikelyOne) return score;
    const Age age = {CreatedNs(offer.create_time()), key};
    auto followers = TermRows(txn, FollowerTerm(leader.id));
    if (!followers.ok()) return followers.status();
    for (const Row& follower : *followers) {
      if (!IsJoined(follower.record) && AgeOf(follower) < age &&
          !MayBeOne(own, OriginOf(follower.id, follower.record))) {
        return kNeverOne;
      }
    }
    return score;
  }

  static void Follow(const Row& leader, int score, Offer& offer) {
    type::v1::DuplicateLink& link = *offer.mutable_duplicate_of();
    link.set_offer(OfferName(Kind::kCollection, leader.id));
    link.set_score(score);
    if (leader.record.validity().has_end_time()) {
      *link.mutable_end_time() = leader.record.validity().end_time();
    }
  }

  absl::Status FollowTheRuling(const Transaction& txn, const std::string& key,
                               Offer& offer) const {
    const auto named =
        ParseOfferName(Kind::kCollection, offer.duplicate_ruling().same_as());
    if (!named.has_value() || *named == key || !IsLive(offer, txn.now())) {
      return absl::OkStatus();
    }
    auto row = tables_.rows().Find(txn, *named);
    if (!row.ok()) return row.status();
    if (row->has_value() && (*row)->record.has_duplicate_of() &&
        !IsJoined((*row)->record)) {
      const auto leader = ParseOfferName(Kind::kCollection,
                                         (*row)->record.duplicate_of().offer());
      if (!leader.has_value()) return absl::DataLossError("damaged link");
      row = tables_.rows().Find(txn, *leader);
      if (!row.ok()) return row.status();
    }
    if (!row->has_value() || (*row)->id == key) return absl::OkStatus();
    const Offer& leader = (*row)->record;
    if (IsJoined(leader) || !IsLive(leader, txn.now()) ||
        !StandsFor(leader, OriginOf((*row)->id, leader).network, offer,
                   OriginOf(key, offer).network)) {
      return absl::OkStatus();
    }
    Follow(**row, 0, offer);
    return absl::OkStatus();
  }

  // All rows of exactly this term, public parts.
  absl::StatusOr<std::vector<Row>> TermRows(const Transaction& txn,
                                            std::string term) const {
    const storage::TableScan scan = {
        .id_prefix = "", .term = std::move(term), .after_id = "", .limit = 0};
    return tables_.rows().Scan(txn, scan);
  }

  // Adds what may depend on an offer of this age near to these entries. Where
  // it moved others over the edge of its block, what is near to these, too.
  static void AddYounger(const Age& age, const Near& near, const Blocks& blocks,
                         Work& work) {
    for (const NearOffer& entry : near) {
      if (!entry.IsYoungerThan(age)) continue;
      const bool at_edge =
          entry.term.block == blocks.own && entry.position + 1 >= kMostOfABlock;
      work.ages[entry.age()] |= at_edge;
    }
  }

  // SetLink; adds what may depend on the offer as it is now.
  absl::Status Link(const Transaction& txn, const std::string& key,
                    const Blocks& blocks, Offer& offer, Work& work) const {
    auto near = NearTo(txn, blocks, offer);
    if (!near.ok()) return near.status();
    absl::Status linked = SetLink(txn, key, blocks, *near, offer);
    if (!linked.ok()) return linked;
    const Age age = {CreatedNs(offer.create_time()), key};
    AddYounger(age, *near, blocks, work);
    return AddRivals(txn, age, offer.duplicate_of(), work);
  }

  // Adds what is near to the offer as it was stored.
  absl::Status AddNear(const Transaction& txn, const Row& stored,
                       const Blocks& blocks, Work& work) const {
    auto near = NearTo(txn, blocks, stored.record);
    if (near.ok()) AddYounger(AgeOf(stored), *near, blocks, work);
    return near.status();
  }

  // Settles what depended on the offer as it was stored.
  absl::Status Unlink(Transaction& txn, const Row& stored, Work& work) const {
    absl::Status added =
        AddRivals(txn, AgeOf(stored), stored.record.duplicate_of(), work);
    if (added.ok()) added = AddJoined(txn, stored.id, work);
    return added.ok() ? Settle(txn, work) : added;
  }

  // Adds those that might repeat the leader in the place of the offer of this
  // age, which repeats it or did.
  absl::Status AddRivals(const Transaction& txn, const Age& age,
                         const type::v1::DuplicateLink& link,
                         Work& work) const {
    if (link.offer().empty()) return absl::OkStatus();
    const auto key = ParseOfferName(Kind::kCollection, link.offer());
    if (!key.has_value()) return absl::DataLossError("damaged link");
    auto leader = tables_.rows().Find(txn, *key);
    if (!leader.ok() || !leader->has_value()) return leader.status();
    const Blocks blocks = Kind::BlocksOf((*leader)->record);
    auto near = NearTo(txn, blocks, (*leader)->record);
    if (near.ok()) AddYounger(age, *near, blocks, work);
    return near.status();
  }

  // Adds the offers that a person joined to the one of this key or to one that
  // repeats it.
  absl::Status AddJoined(const Transaction& txn, const std::string& key,
                         Work& work) const {
    absl::Status added = AddNamers(txn, JoinedTerm(key), work);
    return added.ok() ? AddNamers(txn, FollowerTerm(key), work) : added;
  }

  absl::Status AddNamers(const Transaction& txn, const std::string& term,
                         Work& work) const {
    auto rows = tables_.rows().ScanTerms(
        txn, term, absl::StrCat(term, absl::string_view("\0", 1)), 0);
    if (!rows.ok()) return rows.status();
    for (storage::IndexEntry& row : *rows) work.joined.insert(row.id);
    return absl::OkStatus();
  }

  // Looks at all that is to be looked at, and at what depends on what changes.
  // Ends: only younger offers depend on one, and joined ones have none that
  // depend on them.
  absl::Status Settle(Transaction& txn, Work& work) const {
    while (!work.ages.empty()) {
      const auto next = work.ages.extract(work.ages.begin());
      absl::Status looked =
          LookAgain(txn, next.key().second, next.mapped(), work);
      if (!looked.ok()) return looked;
    }
    while (!work.joined.empty()) {
      const auto next = work.joined.extract(work.joined.begin());
      absl::Status looked = LookAgain(txn, next.value(), false, work);
      if (!looked.ok()) return looked;
    }
    return absl::OkStatus();
  }

  absl::Status LookAgain(Transaction& txn, const std::string& key, bool spread,
                         Work& work) const {
    auto row = tables_.Find(txn, key);
    if (!row.ok() || !row->has_value()) return row.status();
    Offer offer = (*row)->record;
    Work depending;
    absl::Status linked =
        Link(txn, key, Kind::BlocksOf(offer), offer, depending);
    if (!linked.ok()) return linked;
    const type::v1::DuplicateLink& before = (*row)->record.duplicate_of();
    const bool changed =
        offer.duplicate_of().SerializeAsString() != before.SerializeAsString();
    if (changed) {
      absl::Status put = tables_.Put(txn, key, offer);
      if (put.ok()) put = AddRivals(txn, AgeOf(**row), before, depending);
      if (!put.ok()) return put;
    }
    if ((!changed && !spread) || IsJoined(offer)) return absl::OkStatus();
    for (const auto& [age, at_edge] : depending.ages) {
      work.ages[age] |= at_edge;
    }
    return AddJoined(txn, key, work);
  }

  const OfferTables<Kind>& tables_;
};

}  // namespace heimweg::offers

#endif  // HEIMWEG_SERVICES_OFFERS_OFFER_LINKS_H_
