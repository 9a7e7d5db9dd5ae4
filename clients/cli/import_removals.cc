#include "clients/cli/import_removals.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "clients/cli/row_fields.h"

namespace heimweg::cli {
namespace {

constexpr int kPage = 1000;

}  // namespace

ImportRemovals::ImportRemovals(Session& session, OfferService& service,
                               RemovalOptions options, ImportReport& report)
    : session_(session),
      service_(service),
      options_(std::move(options)),
      report_(report) {}

template <typename OnOffer>
absl::Status ImportRemovals::ForEachStored(
    const google::protobuf::Message& filter, const OnOffer& on_offer) {
  std::string token;
  do {
    auto page = service_.List(options_.parent, filter,
                              type::v1::OFFER_VIEW_PUBLIC, kPage, token);
    if (!page.ok()) return page.status();
    for (const MessagePtr& offer : page->offers) on_offer(*offer);
    token = page->next_page_token;
  } while (!token.empty());
  return absl::OkStatus();
}

absl::Status ImportRemovals::Run(const ImportRequests& requests) {
  for (const ExternalKey& key : requests.deletions) {
    absl::Status status = DeleteByKey(key);
    if (!status.ok()) return status;
  }
  std::vector<Absent> all;
  for (const auto& [source, external_ids] : requests.full_loads) {
    auto absent = FindAbsent(source, external_ids);
    if (!absent.ok()) return absent.status();
    if (absent->offers.empty()) continue;
    absl::Status status = CheckShare(*absent);
    if (status.ok() && requests.rejected_without_key > 0 &&
        !options_.confirmed) {
      status = absl::FailedPreconditionError(absl::StrCat(
          requests.rejected_without_key,
          " rows were rejected before their id was known and may be among the ",
          absent->offers.size(),
          " that seem to be gone; nothing was removed. --confirm-removals "
          "removes them"));
    }
    if (!status.ok()) return status;
    all.push_back(*std::move(absent));
  }
  for (const Absent& absent : all) {
    for (const Removal& removal : absent.offers) {
      absl::Status status = Remove(removal);
      if (!status.ok()) return status;
    }
  }
  return absl::OkStatus();
}

absl::Status ImportRemovals::DeleteByKey(const ExternalKey& key) {
  const MessagePtr filter = FilterByKey(service_.area(), key);
  std::vector<Removal> found;
  absl::Status status =
      ForEachStored(*filter, [&found](const google::protobuf::Message& offer) {
        found.push_back({TextField(offer, "name"), TextField(offer, "etag"),
                         TextField(offer, "title")});
      });
  for (const Removal& removal : found) {
    if (!status.ok()) return status;
    status = Remove(removal);
  }
  return status;
}

absl::StatusOr<ImportRemovals::Absent> ImportRemovals::FindAbsent(
    const std::string& source,
    const absl::flat_hash_set<uint64_t>& external_ids) {
  Absent absent;
  absent.source = source;
  const absl::Status status = ForEachStored(
      *FilterByKey(service_.area(), {source, ""}),
      [&](const google::protobuf::Message& offer) {
        ++absent.stored;
        if (external_ids.contains(
                ImportRequests::Hash(TextField(offer, "external_id")))) {
          return;
        }
        absent.offers.push_back({TextField(offer, "name"),
                                 TextField(offer, "etag"),
                                 TextField(offer, "title")});
      });
  if (!status.ok()) return status;
  if (!options_.dry_run) absent.stored -= report_.created_of(source);
  return absent;
}

absl::Status ImportRemovals::CheckShare(const Absent& absent) const {
  const auto gone = static_cast<double>(absent.offers.size());
  const auto stored = static_cast<double>(
      std::max<int64_t>(absent.stored, absent.offers.size()));
  if (options_.confirmed || gone * 100 <= options_.most_percent * stored) {
    return absl::OkStatus();
  }
  return absl::FailedPreconditionError(absl::StrFormat(
      "this full load lacks %d of the %d offers that are stored of %s, more "
      "than %g %%; none of them was removed. If that is right: "
      "--confirm-removals",
      absent.offers.size(), static_cast<int64_t>(stored), absent.source,
      options_.most_percent));
}

absl::Status ImportRemovals::Remove(const Removal& removal) {
  if (!options_.dry_run) {
    absl::Status status = service_.Delete(removal.name, removal.etag,
                                          session_.console().new_request_id());
    // Somebody else was faster, or has just changed it: then it is not what
    // was looked at, and the next load decides.
    if (absl::IsNotFound(status) || absl::IsAborted(status)) {
      return absl::OkStatus();
    }
    if (!status.ok()) return status;
  }
  report_.AddRemoved(removal.name, removal.title);
  return absl::OkStatus();
}

}  // namespace heimweg::cli
