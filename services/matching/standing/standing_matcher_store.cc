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

bool IsQuiet(const Verdict& verdict, absl::Time now) {
  return EndOfQuiet(verdict.profile->notifications(), now) > now;
}

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
                                     const std::vector<OfferFacts>& offers,
                                     absl::Time now) {
  if (verdicts.empty() && offers.empty()) return absl::OkStatus();
  Sort(now, verdicts);
  absl::Span<Verdict> left = absl::MakeSpan(verdicts);
  size_t most = kVerdictsOfTheFirst;
  const auto say_next = [&] {
    const auto next = left.first(std::min(most, left.size()));
    left.remove_prefix(next.size());
    most = std::min(2 * most, kMostVerdicts);
    for (Verdict& verdict : next) Say(verdict);
    return next;
  };
  absl::Span<Verdict> said = say_next();
  while (true) {
    const bool last = left.empty();
    storage::CommitEnding ending;
    store_.Commit(
        [&](Transaction& txn) {
          // With the offers last, so that nothing is taken for done before it
          // is.
          return Put(said, last ? offers : std::vector<OfferFacts>(), now, txn);
        },
        ending.AsDone());
    // The next are put into words meanwhile.
    const auto next = last ? absl::Span<Verdict>() : say_next();
    absl::Status stored = ending.Wait();
    if (!stored.ok()) return stored;
    for (Verdict& verdict : said) {
      if (verdict.told_enough) told_enough_.insert(verdict.profile->name());
      verdict.match = v1::Match();  // Words are much more than scores.
    }
    if (last) return stored;
    said = next;
  }
}

// The best come first into the budget of a day, and are told first; before all
// who are told later.
void StandingMatcher::Sort(absl::Time now, std::vector<Verdict>& verdicts) {
  const absl::CivilDay today = absl::ToCivilDay(now, LocalTimeZone());
  if (today != told_enough_day_) told_enough_.clear();
  told_enough_day_ = today;
  std::vector<std::tuple<bool, int32_t, size_t>> order;
  order.reserve(verdicts.size());
  for (const Verdict& verdict : verdicts) {
    const bool later =
        IsQuiet(verdict, now) || told_enough_.contains(verdict.profile->name());
    order.emplace_back(later, -verdict.Rank(), order.size());
  }
  std::sort(order.begin(), order.end());
  std::vector<Verdict> sorted;
  sorted.reserve(verdicts.size());
  for (const auto& [later, rank, at] : order) {
    sorted.push_back(std::move(verdicts[at]));
  }
  verdicts = std::move(sorted);
}

absl::Status StandingMatcher::Put(absl::Span<Verdict> verdicts,
                                  const std::vector<OfferFacts>& offers,
                                  absl::Time now, Transaction& txn) const {
  for (Verdict& verdict : verdicts) {
    absl::Status applied = Apply(records_, verdict, txn);
    if (!applied.ok()) return applied;
  }
  for (const OfferFacts& offer : offers) {
    absl::Status set = SetLater(records_, offer, now, txn);
    if (!set.ok()) return set;
  }
  return absl::OkStatus();
}

}  // namespace heimweg::matching
