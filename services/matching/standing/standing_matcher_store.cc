// StandingMatcher: how verdicts are stored.
#include <algorithm>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/types/span.h"
#include "services/matching/standing/release.h"
#include "services/matching/standing/standing_matcher.h"
#include "storage/commit_ending.h"

namespace heimweg::matching {
namespace {

using storage::Transaction;

// A change of the store is quick: what is pushed does not wait for the matches
// of thousands. The first, with the best, are few; each further change has
// twice as many, since each waits for the disk.
constexpr size_t kVerdictsOfTheFirst = 32;
constexpr size_t kMostVerdicts = 1'024;

v1::StoredMatch LaterOffer(const OfferFacts& offer) {
  v1::StoredMatch later;
  later.mutable_match()->set_offer(offer.name);
  later.set_offer_etag(offer.etag);
  *later.mutable_create_time() = TimestampOf(offer.begin);
  if (offer.end != absl::InfiniteFuture()) {
    *later.mutable_offer_expire_time() = TimestampOf(offer.end);
  }
  later.set_offer_capacity(offer.capacity);
  return later;
}

absl::Status SetLater(const MatchRecords& records, const OfferFacts& offer,
                      absl::Time now, Transaction& txn) {
  if (offer.published && now < offer.begin && offer.begin < offer.end) {
    return records.later.Put(txn, offer.name, LaterOffer(offer)).status();
  }
  const auto known = records.later.Find(txn, offer.name);
  if (!known.ok() || !known->has_value()) return known.status();
  return records.later.Erase(txn, offer.name).status();
}

}  // namespace

absl::Status StandingMatcher::Commit(std::vector<Verdict> verdicts,
                                     absl::Span<const OfferFacts> offers,
                                     absl::Time now) {
  if (verdicts.empty() && offers.empty()) return absl::OkStatus();
  absl::Status stored = Sort(now, verdicts);
  if (stored.ok()) stored = CommitSorted(verdicts, offers, now);
  if (!stored.ok()) told_.Forget();
  return stored;
}

absl::Status StandingMatcher::CommitSorted(const std::vector<Verdict>& verdicts,
                                           absl::Span<const OfferFacts> offers,
                                           absl::Time now) {
  absl::Span<const Verdict> left = verdicts;
  size_t most = kVerdictsOfTheFirst;
  const auto say_next = [&] {
    const auto next = left.first(std::min(most, left.size()));
    left.remove_prefix(next.size());
    most = std::min(2 * most, kMostVerdicts);
    std::vector<SaidVerdict> said;
    said.reserve(next.size());
    for (const Verdict& verdict : next) said.push_back(Say(verdict));
    return said;
  };
  std::vector<SaidVerdict> said = say_next();
  while (true) {
    const bool last = left.empty();
    storage::CommitEnding ending;
    store_.Commit(
        [&](Transaction& txn) {
          // With the offers last, so that nothing is taken for done before it
          // is.
          return Put(said, last ? offers : absl::Span<const OfferFacts>(), now,
                     txn);
        },
        ending.AsDone());
    // The next are put into words meanwhile.
    auto next = last ? std::vector<SaidVerdict>() : say_next();
    absl::Status stored = ending.Wait();
    if (!stored.ok()) return stored;
    told_.Keep();
    if (last) return stored;
    said = std::move(next);
  }
}

// The best come first into the budget of a day, and are told first; before all
// who are told later.
absl::Status StandingMatcher::Sort(absl::Time now,
                                   std::vector<Verdict>& verdicts) {
  if (verdicts.empty()) return absl::OkStatus();
  const auto reader = store_.Read();
  if (!reader.ok()) return reader.status();
  absl::Status opened = told_.Open(records_, **reader, now);
  if (!opened.ok()) return opened;
  std::vector<std::tuple<bool, int32_t, size_t>> order;
  order.reserve(verdicts.size());
  for (const Verdict& verdict : verdicts) {
    const profiles::v1::Profile& profile = *verdict.profile;
    const bool later = ReleaseTime(profile.notifications(),
                                   told_.CountOf(profile.name()), now) > now;
    order.emplace_back(later, -verdict.Rank(), order.size());
  }
  std::sort(order.begin(), order.end());
  std::vector<Verdict> sorted;
  sorted.reserve(verdicts.size());
  for (const auto& [later, rank, at] : order) {
    sorted.push_back(std::move(verdicts[at]));
  }
  verdicts = std::move(sorted);
  return absl::OkStatus();
}

absl::Status StandingMatcher::Put(absl::Span<const SaidVerdict> said,
                                  absl::Span<const OfferFacts> offers,
                                  absl::Time now, Transaction& txn) {
  told_.Drop();  // Of a run before this one.
  for (const SaidVerdict& verdict : said) {
    absl::Status applied = Apply(records_, verdict, now, told_, txn);
    if (!applied.ok()) return applied;
  }
  for (const OfferFacts& offer : offers) {
    absl::Status set = SetLater(records_, offer, now, txn);
    if (!set.ok()) return set;
  }
  return absl::OkStatus();
}

}  // namespace heimweg::matching
