#include "services/matching/standing/standing_matcher.h"

#include <optional>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "services/households/visibility.h"
#include "services/matching/common_columns.h"
#include "services/matching/standing/release.h"
#include "services/matching/two_sides.h"

namespace heimweg::matching {
namespace {

using profiles::v1::Profile;
using storage::Reader;
using storage::Transaction;
using MatchRow = storage::Row<v1::StoredMatch>;

constexpr size_t kMostRecent = 10'000;
// From so many on they are stored before the next offer is looked at.
constexpr size_t kVerdictsAtOnce = 1'024;

// `known` are the scores if they are known.
std::optional<TwoScores> ScoresOf(const OfferSide& side, const Profile& profile,
                                  absl::string_view offer, absl::Time now,
                                  std::optional<TwoScores> known = {}) {
  if (!households::MaySee(profile, NetworkOf(offer), now)) return std::nullopt;
  if (known) return known;
  return side.Scores(profile, WishThreshold(profile.notifications()));
}

template <typename Record>
absl::Status EraseAll(const storage::Table<Record>& table,
                      const std::string& prefix, Transaction& txn) {
  const auto rows = table.Scan(txn, {.id_prefix = prefix});
  if (!rows.ok()) return rows.status();
  for (const auto& row : *rows) {
    const auto erased = table.Erase(txn, row.id);
    if (!erased.ok()) return erased.status();
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status StandingMatcher::OffersChanged(
    const Snapshot& snapshot, const std::vector<OfferFacts>& offers,
    absl::Time now) {
  const auto reader = store_.Read();
  if (!reader.ok()) return reader.status();
  std::vector<Verdict> verdicts;
  absl::flat_hash_set<absl::string_view> names;
  absl::Span<const OfferFacts> left = offers;
  size_t matched = 0;
  for (const OfferFacts& offer : offers) {
    Remember(offer, now);
    absl::Status done =
        AddOfferVerdicts(snapshot, **reader, offer,
                         names.insert(offer.name).second, now, verdicts);
    ++matched;
    if (done.ok() && verdicts.size() >= kVerdictsAtOnce) {
      done = Commit(std::exchange(verdicts, {}), left.first(matched), now);
      left.remove_prefix(std::exchange(matched, 0));
    }
    if (!done.ok()) return done;
  }
  return Commit(std::move(verdicts), left, now);
}

void StandingMatcher::Remember(const OfferFacts& offer, absl::Time now) {
  while (!recent_order_.empty() &&
         (recent_order_.front().first < now - kRecent ||
          recent_order_.size() >= kMostRecent)) {
    const auto& [since, name] = recent_order_.front();
    const auto oldest = recent_.find(name);
    if (oldest != recent_.end() && oldest->second.since == since) {
      recent_.erase(oldest);
    }
    recent_order_.pop_front();
  }
  if (!offer.IsLive(now)) {
    recent_.erase(offer.name);
    return;
  }
  recent_.insert_or_assign(offer.name, Recent{now, offer});
  recent_order_.emplace_back(now, offer.name);
}

absl::Status StandingMatcher::AddOfferVerdicts(
    const Snapshot& snapshot, const Reader& reader, const OfferFacts& offer,
    bool is_first, absl::Time now, std::vector<Verdict>& verdicts) const {
  const auto matched =
      records_.matches.Scan(reader, {.term = OfferTerm(offer.name)});
  if (!matched.ok()) return matched.status();
  const absl::Time second = WholeSeconds(now);
  const std::shared_ptr<OfferSide> side =
      offer.IsLive(now) ? OfferSide::Of(snapshot, offer.name, second) : nullptr;
  const auto facts = std::make_shared<const OfferFacts>(offer);
  absl::flat_hash_set<std::string> done;
  for (const MatchRow& row : *matched) {
    const std::string name = ProfileOfKey(row.id);
    done.insert(name);
    Verdict verdict{snapshot.profiles->Find(name), facts, {}, side == nullptr};
    // One that was erased is the profile's affair.
    if (verdict.profile == nullptr) continue;
    if (side != nullptr) {
      if (IsKnown(row.record, verdict)) continue;
      verdict.scores = ScoresOf(*side, *verdict.profile, offer.name, second);
      verdict.side = side;
    }
    verdicts.push_back(std::move(verdict));
  }
  if (side == nullptr) return absl::OkStatus();
  side->VisitCandidates(
      0, /*told=*/true,
      [&](const StoredWish& wish, const std::optional<TwoScores>& known) {
        if (done.contains(wish.core->name())) return true;
        const auto scores =
            ScoresOf(*side, *wish.core, offer.name, second, known);
        if (scores) {
          verdicts.push_back(
              {wish.core, facts, scores, /*gone=*/false, is_first, side});
        }
        return true;
      });
  return absl::OkStatus();
}

absl::Status StandingMatcher::ProfileChanged(const Snapshot& snapshot,
                                             const std::string& profile,
                                             absl::Time now) {
  const auto found = snapshot.profiles->FindWish(profile);
  if (found == nullptr) {
    const auto id = ProfileIdOf(profile);
    return id ? EraseProfile(*id) : absl::OkStatus();
  }
  const auto reader = store_.Read();
  if (!reader.ok()) return reader.status();
  std::vector<Verdict> verdicts;
  absl::Status added =
      AddProfileVerdicts(snapshot, **reader, *found, now, verdicts);
  if (!added.ok()) return added;
  return Commit(std::move(verdicts), {}, now);
}

absl::Status StandingMatcher::AddProfileVerdicts(
    const Snapshot& snapshot, const Reader& reader, const StoredWish& wish,
    absl::Time now, std::vector<Verdict>& verdicts) const {
  const std::shared_ptr<const Profile>& profile = wish.core;
  const std::string id = ProfileIdOf(profile->name()).value_or("");
  const auto matched =
      records_.matches.Scan(reader, {.id_prefix = absl::StrCat(id, "/")});
  if (!matched.ok()) return matched.status();
  const absl::Time second = WholeSeconds(now);
  absl::flat_hash_set<std::string> done;
  for (const MatchRow& row : *matched) {
    const std::string name = row.record.match().offer();
    done.insert(name);
    const auto recent = recent_.find(name);
    Verdict verdict{
        profile,
        std::make_shared<const OfferFacts>(FactsOfMatch(row.record)),
        {},
        false};
    if (IsKnown(row.record, verdict)) continue;
    if (recent != recent_.end()) {
      verdict.offer = std::make_shared<const OfferFacts>(recent->second.facts);
    }
    verdict.side = OfferSide::Of(snapshot, name, second);
    if (verdict.side != nullptr) {
      verdict.scores = ScoresOf(*verdict.side, *profile, name, second);
    }
    verdict.gone = verdict.side == nullptr ||
                   row.record.standing() == v1::MATCH_STANDING_OFFER_GONE;
    verdicts.push_back(std::move(verdict));
  }
  if (!wish.settings.told) return absl::OkStatus();
  for (const auto& [name, recent] : recent_) {
    const OfferFacts& offer = recent.facts;
    if (done.contains(name) || !offer.IsLive(now)) continue;
    std::shared_ptr<OfferSide> side = OfferSide::Of(snapshot, name, second);
    std::optional<TwoScores> known;
    if (side == nullptr ||
        !side->MayFit(wish, wish.settings.threshold, known)) {
      continue;
    }
    const auto scores = ScoresOf(*side, *profile, name, second, known);
    if (!scores) continue;
    verdicts.push_back({profile, std::make_shared<const OfferFacts>(offer),
                        scores, /*gone=*/false, /*is_new=*/true,
                        std::move(side)});
  }
  return absl::OkStatus();
}

absl::Status StandingMatcher::EraseProfile(const std::string& id) {
  absl::Status stored =
      store_.CommitAndWait([this, id](Transaction& txn) -> absl::Status {
        const std::string prefix = absl::StrCat(id, "/");
        absl::Status erased = EraseAll(records_.matches, prefix, txn);
        if (erased.ok()) erased = EraseAll(records_.feedback, prefix, txn);
        if (!erased.ok()) return erased;
        const auto woken = records_.woken.Find(txn, id);
        if (!woken.ok() || !woken->has_value()) return woken.status();
        return records_.woken.Erase(txn, id).status();
      });
  if (stored.ok()) told_.Erase(absl::StrCat("profiles/", id));
  return stored;
}

absl::StatusOr<std::vector<std::string>> StandingMatcher::MatchedProfiles()
    const {
  const auto reader = store_.Read();
  if (!reader.ok()) return reader.status();
  std::vector<std::string> names;
  absl::Status visited =
      records_.matches.Visit(**reader, {}, [&](const MatchRow& row) {
        std::string name = ProfileOfKey(row.id);
        if (names.empty() || names.back() != name) {
          names.push_back(std::move(name));
        }
        return true;
      });
  if (!visited.ok()) return visited;
  return names;
}

absl::StatusOr<std::vector<std::string>> StandingMatcher::MatchedOffers()
    const {
  const auto reader = store_.Read();
  if (!reader.ok()) return reader.status();
  const auto terms = records_.matches.ScanTerms(**reader, "o", "p", 0);
  if (!terms.ok()) return terms.status();
  std::vector<std::string> names;
  for (const storage::IndexEntry& entry : *terms) {
    std::string name = entry.term.substr(1);
    if (names.empty() || names.back() != name) names.push_back(std::move(name));
  }
  return names;
}

}  // namespace heimweg::matching
