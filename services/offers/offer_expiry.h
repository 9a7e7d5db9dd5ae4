// OfferExpiry: erases the offers that ended long ago, personal parts included.
#ifndef HEIMWEG_SERVICES_OFFERS_OFFER_EXPIRY_H_
#define HEIMWEG_SERVICES_OFFERS_OFFER_EXPIRY_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/offers/common_rules.h"
#include "services/offers/index_terms.h"
#include "services/offers/offer_kind.h"
#include "services/offers/offer_links.h"
#include "services/offers/offer_tables.h"
#include "storage/store.h"

namespace heimweg::offers {

// Thread-safe.
template <OfferKind Kind>
class OfferExpiry {
 public:
  // All references must outlive this.
  OfferExpiry(const OfferTables<Kind>& tables, const OfferLinks<Kind>& links,
              storage::Store& store)
      : tables_(tables), links_(links), store_(store) {}

  // Erases at most `limit` offers whose validity ended at `before` or earlier,
  // in one edit, and returns how many. Waits for the disk: not from a worker.
  absl::StatusOr<int> Sweep(absl::Time before, size_t limit) {
    auto reader = store_.Read();
    if (!reader.ok()) return reader.status();
    // The last hour's offers are looked at too; not all of them have ended.
    auto entries =
        tables_.rows().ScanTerms(**reader, EndTerm(absl::UnixEpoch()),
                                 EndTerm(before + absl::Hours(1)), limit);
    if (!entries.ok()) return entries.status();
    if (entries->empty()) return 0;
    int erased = 0;
    absl::Status committed =
        store_.CommitAndWait([&](storage::Transaction& txn) -> absl::Status {
          erased = 0;
          for (const storage::IndexEntry& entry : *entries) {
            auto ended = EraseIfEnded(txn, entry.id, before);
            if (!ended.ok()) return ended.status();
            if (*ended) ++erased;
          }
          return absl::OkStatus();
        });
    if (!committed.ok()) return committed;
    return erased;
  }

  // Renews at most `limit` links that ended at `now` or earlier, in one edit,
  // and returns how many. Waits for the disk, too.
  absl::StatusOr<int> RenewLinks(absl::Time now, size_t limit) {
    auto reader = store_.Read();
    if (!reader.ok()) return reader.status();
    auto entries = tables_.rows().ScanTerms(
        **reader, LinkEndTerm(absl::UnixEpoch()),
        LinkEndTerm(now + absl::Hours(1)), /*limit=*/0);
    if (!entries.ok()) return entries.status();
    std::vector<std::string> ended;
    for (const storage::IndexEntry& entry : *entries) {
      auto row = tables_.rows().Find(**reader, entry.id);
      if (!row.ok()) return row.status();
      if (row->has_value() && LinkEnd((*row)->record) <= now) {
        ended.push_back(entry.id);
      }
      if (ended.size() == limit) break;
    }
    if (ended.empty()) return 0;
    absl::Status renewed = store_.CommitAndWait(
        [&](storage::Transaction& txn) { return links_.Renew(txn, ended); });
    if (!renewed.ok()) return renewed;
    return static_cast<int>(ended.size());
  }

 private:
  absl::StatusOr<bool> EraseIfEnded(storage::Transaction& txn,
                                    const std::string& key,
                                    absl::Time before) const {
    auto row = tables_.rows().Find(txn, key);
    if (!row.ok()) return row.status();
    // It may have been deleted or prolonged since the index was read.
    if (!row->has_value() ||
        ToTime((*row)->record.validity().end_time()) > before) {
      return false;
    }
    absl::Status erased = links_.Erase(txn, key);
    if (!erased.ok()) return erased;
    return true;
  }

  const OfferTables<Kind>& tables_;
  const OfferLinks<Kind>& links_;
  storage::Store& store_;
};

}  // namespace heimweg::offers

#endif  // HEIMWEG_SERVICES_OFFERS_OFFER_EXPIRY_H_
