// OfferTables: how the offers of one kind lie in their store. The public part
// and the personal one (contact_person, place.street_address) are rows of two
// tables, so that the public record, its index and the change log never hold
// personal data; they are written and erased in one edit.
//
//   table 1  public part, indexed and logged; key "{network}/{id}"
//   table 2  personal part; the same key; missing where there is none
//
// Neither holds name and etag, which are the key and the revision.
#ifndef HEIMWEG_SERVICES_OFFERS_OFFER_TABLES_H_
#define HEIMWEG_SERVICES_OFFERS_OFFER_TABLES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/offers/common_rules.h"
#include "services/offers/index_terms.h"
#include "services/offers/likeness.h"
#include "services/offers/offer_kind.h"
#include "services/offers/offer_pair.h"
#include "services/offers/resource_name.h"
#include "storage/engine.h"
#include "storage/table.h"
#include "storage/transaction.h"

namespace heimweg::offers {

// The version of an offer that was last changed at `revision`.
inline std::string Etag(uint64_t revision) {
  return absl::StrCat(absl::Hex(revision));
}

// Thread-safe.
template <OfferKind Kind>
class OfferTables {
 public:
  using Offer = typename Kind::Offer;
  using Row = storage::Row<Offer>;

  OfferTables()
      : public_({.number = kPublicTable,
                 .name = std::string(Kind::kOne),
                 .terms = Terms,
                 .logged = true}),
        personal_({.number = kPersonalTable,
                   .name = absl::StrCat("contact person of a ", Kind::kOne),
                   .terms = nullptr,
                   .logged = false}) {}

  // The public rows.
  const storage::Table<Offer>& rows() const { return public_; }

  // The offer of a public row as clients see it, without its personal part.
  static Offer PublicView(Row row) {
    SetNameAndEtag(row.id, row.revision, row.record);
    return std::move(row.record);
  }

  // As the version of the row `key` at `revision` has them.
  static void SetNameAndEtag(absl::string_view key, uint64_t revision,
                             Offer& offer) {
    offer.set_name(OfferName(Kind::kCollection, key));
    offer.set_etag(Etag(revision));
  }

  // NOT_FOUND if there is no such offer.
  absl::Status Missing(absl::string_view key) const {
    return absl::NotFoundError(
        absl::StrCat("there is no ", OfferName(Kind::kCollection, key)));
  }

  // Adds the personal parts of `offers`, whose names are set.
  absl::Status AddPersonal(const storage::Reader& reader,
                           const std::vector<Offer*>& offers) const {
    std::vector<std::string> keys;
    keys.reserve(offers.size());
    for (const Offer* offer : offers) {
      keys.push_back(*ParseOfferName(Kind::kCollection, offer->name()));
    }
    auto rows = personal_.MultiGet(reader, keys);
    if (!rows.ok()) return rows.status();
    for (size_t i = 0; i < offers.size(); ++i) {
      if ((*rows)[i].has_value()) offers[i]->MergeFrom((*rows)[i]->record);
    }
    return absl::OkStatus();
  }

  // The whole row, the personal part included; nullopt if there is none.
  absl::StatusOr<std::optional<Row>> Find(const storage::Reader& reader,
                                          absl::string_view key) const {
    auto row = public_.Find(reader, key);
    if (!row.ok() || !row->has_value()) return row;
    auto personal = personal_.Find(reader, key);
    if (!personal.ok()) return personal.status();
    if (personal->has_value()) (*row)->record.MergeFrom((*personal)->record);
    return row;
  }

  // The key of the network's offer with this key of an import; nullopt if there
  // is none.
  absl::StatusOr<std::optional<std::string>> FindExternal(
      const storage::Reader& reader, absl::string_view network,
      absl::string_view source, absl::string_view external_id) const {
    const std::string term = ExternalTerm(source, external_id);
    // All networks' entries: a source rarely serves more than one.
    const std::string prefix = KeyPrefix(network);
    std::optional<std::string> found;
    absl::Status visited =
        public_.VisitIds(reader, term, [&](absl::string_view id) {
          if (absl::StartsWith(id, prefix)) found = std::string(id);
          return !found.has_value();
        });
    if (!visited.ok()) return visited;
    return found;
  }

  // Stores an offer that is new in the store with its personal part; name and
  // etag are set as its stored version has them. `block` is
  // BlocksOf(offer).own.
  absl::Status Insert(storage::Transaction& txn, absl::string_view key,
                      uint64_t block, Offer& offer) const {
    const Offer personal = TakePersonal(offer);
    auto revision = public_.Insert(txn, key, offer, TermsInBlock(offer, block));
    if (!revision.ok()) return revision.status();
    if (personal.ByteSizeLong() > 0) {
      auto stored = personal_.Insert(txn, key, personal, {});
      if (!stored.ok()) return stored.status();
    }
    Finish(key, *revision, personal, offer);
    return absl::OkStatus();
  }

  // As Insert, in the place of the stored one.
  absl::Status Put(storage::Transaction& txn, absl::string_view key,
                   Offer& offer) const {
    const Offer personal = TakePersonal(offer);
    auto revision = public_.Put(txn, key, offer);
    if (!revision.ok()) return revision.status();
    if (personal.ByteSizeLong() > 0) {
      auto stored = personal_.Put(txn, key, personal);
      if (!stored.ok()) return stored.status();
    } else {
      absl::Status erased = ErasePersonal(txn, key);
      if (!erased.ok()) return erased;
    }
    Finish(key, *revision, personal, offer);
    return absl::OkStatus();
  }

  // NOT_FOUND if there is no such offer.
  absl::Status Erase(storage::Transaction& txn, absl::string_view key) const {
    auto erased = public_.Erase(txn, key);
    if (!erased.ok()) return erased.status();
    return ErasePersonal(txn, key);
  }

 private:
  // Stored: never to be changed.
  static constexpr uint32_t kPublicTable = 1;
  static constexpr uint32_t kPersonalTable = 2;
  static constexpr absl::string_view kZero = absl::string_view("\0", 1);

  static std::vector<std::string> Terms(const Offer& offer) {
    return TermsInBlock(offer, Kind::BlocksOf(offer).own);
  }

  static std::vector<std::string> TermsInBlock(const Offer& offer,
                                               uint64_t block) {
    std::vector<std::string> terms;
    for (const std::string& text : Kind::Terms(offer)) {
      terms.push_back(KindTerm(text));
    }
    if (!offer.place().resolved().ags().empty()) {
      terms.push_back(DistrictTerm(offer.place().resolved().ags()));
    }
    if (offer.validity().has_end_time()) {
      terms.push_back(EndTerm(ToTime(offer.validity().end_time())));
    }
    if (!offer.external_id().empty()) {
      terms.push_back(ExternalTerm(offer.source(), offer.external_id()));
    }
    if (TakesPart(offer, block)) {
      terms.push_back(BlockTerm{block, CreatedNs(offer.create_time()),
                                BlockOf(offer.source())}
                          .Text());
    }
    AddLinkTerms(offer, terms);
    return terms;
  }

  static void AddLinkTerms(const Offer& offer,
                           std::vector<std::string>& terms) {
    const auto joined =
        ParseOfferName(Kind::kCollection, offer.duplicate_ruling().same_as());
    if (joined.has_value()) terms.push_back(JoinedTerm(*joined));
    if (!offer.has_duplicate_of()) return;
    terms.emplace_back(kLinkedTerm);
    const type::v1::DuplicateLink& link = offer.duplicate_of();
    const auto leader = ParseOfferName(Kind::kCollection, link.offer());
    if (leader.has_value()) terms.push_back(FollowerTerm(*leader));
    const absl::Time end = LinkEnd(offer);
    if (end < absl::InfiniteFuture()) terms.push_back(LinkEndTerm(end));
  }

  static void Finish(absl::string_view key, uint64_t revision,
                     const Offer& personal, Offer& offer) {
    offer.MergeFrom(personal);
    SetNameAndEtag(key, revision, offer);
  }

  // Moves the personal fields into an offer that has nothing else, and clears
  // what is not stored.
  static Offer TakePersonal(Offer& offer) {
    offer.clear_name();
    offer.clear_etag();
    Offer personal;
    if (offer.has_contact_person()) {
      personal.mutable_contact_person()->Swap(offer.mutable_contact_person());
      offer.clear_contact_person();
    }
    if (!offer.place().street_address().empty()) {
      personal.mutable_place()->mutable_street_address()->swap(
          *offer.mutable_place()->mutable_street_address());
      offer.mutable_place()->clear_street_address();
    }
    return personal;
  }

  absl::Status ErasePersonal(storage::Transaction& txn,
                             absl::string_view key) const {
    const absl::Status erased = personal_.Erase(txn, key).status();
    return absl::IsNotFound(erased) ? absl::OkStatus() : erased;
  }

  storage::Table<Offer> public_;
  storage::Table<Offer> personal_;
};

}  // namespace heimweg::offers

#endif  // HEIMWEG_SERVICES_OFFERS_OFFER_TABLES_H_
