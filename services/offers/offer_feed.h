// OfferFeed: one stream of Watch (feeds/change_feed.h), of the offers of a
// network or of all networks.
#ifndef HEIMWEG_SERVICES_OFFERS_OFFER_FEED_H_
#define HEIMWEG_SERVICES_OFFERS_OFFER_FEED_H_

#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/feeds/change_feed.h"
#include "services/offers/offer_kind.h"
#include "services/offers/offer_tables.h"
#include "services/offers/resource_name.h"
#include "storage/engine.h"
#include "storage/table.h"

namespace heimweg::offers {

// Receivers hear of every revision: an index knows by it how fresh it is.
template <OfferKind Kind>
class OfferTopic {
 public:
  using Message = typename Kind::WatchResponse;
  using Change =
      std::decay_t<decltype(*std::declval<Message>().changes().begin())>;
  static constexpr bool kTellsEveryRevision = true;

  // `tables` must outlive this.
  OfferTopic(const OfferTables<Kind>& tables, std::string network)
      : tables_(tables), network_(std::move(network)) {}

  uint32_t table() const { return tables_.rows().number(); }
  std::string prefix() const { return KeyPrefix(network_); }
  const std::string& scope() const { return network_; }

  absl::Status Visit(
      const storage::Reader& reader, absl::string_view after_key,
      absl::FunctionRef<bool(std::string, std::optional<Change>)> visit) const {
    const storage::TableScan scan = {.id_prefix = prefix(),
                                     .term = std::nullopt,
                                     .after_id = std::string(after_key),
                                     .limit = 0};
    return tables_.rows().Visit(reader, scan, [&](Row row) {
      std::optional<Change> change(std::in_place);
      SetPresent(row, *change);
      return visit(std::move(row.id), std::move(change));
    });
  }

  absl::StatusOr<std::vector<std::optional<Change>>> States(
      const storage::Reader& reader,
      const std::vector<std::string>& keys) const {
    auto rows = tables_.rows().MultiGet(reader, keys);
    if (!rows.ok()) return rows.status();
    std::vector<std::optional<Change>> states(keys.size());
    for (size_t i = 0; i < keys.size(); ++i) {
      std::optional<Row>& row = (*rows)[i];
      Change& state = states[i].emplace();
      if (row.has_value()) {
        SetPresent(*row, state);
      } else {
        state.set_deleted_name(OfferName(Kind::kCollection, keys[i]));
      }
    }
    return states;
  }

 private:
  using Row = typename OfferTables<Kind>::Row;
  using Offer = typename Kind::Offer;

  // Moves the row's offer into an empty change: not by way of others, which
  // each cost as much as making an offer.
  static void SetPresent(Row& row, Change& change) {
    Offer& offer = Kind::OfferOf(change);
    offer.Swap(&row.record);
    OfferTables<Kind>::SetNameAndEtag(row.id, row.revision, offer);
  }

  const OfferTables<Kind>& tables_;
  const std::string network_;
};

template <OfferKind Kind>
using OfferFeed = feeds::ChangeFeed<OfferTopic<Kind>>;

}  // namespace heimweg::offers

#endif  // HEIMWEG_SERVICES_OFFERS_OFFER_FEED_H_
