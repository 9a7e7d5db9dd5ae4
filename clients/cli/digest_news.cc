#include "clients/cli/digest_news.h"

#include <algorithm>
#include <array>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "clients/cli/match_table.h"
#include "clients/cli/reasons_text.h"
#include "heimweg/type/v1/offer.pb.h"

namespace heimweg::cli {
namespace {

using digest::LinkAction;
using matching::v1::Match;
using profiles::v1::Profile;

// NotificationSettings.threshold_millionths, if it is not set.
constexpr int32_t kDefaultThreshold = 600'000;
constexpr int kMostMatches = 1000;  // RankOffersRequest.limit

constexpr std::array<Area, 3> kSections = {Area::kJobs, Area::kHomes,
                                           Area::kContacts};

absl::string_view Heading(Area area, Language language) {
  switch (area) {
    case Area::kJobs:
      return In(language, "Jobs", "Arbeit");
    case Area::kHomes:
      return In(language, "Homes", "Wohnen");
    default:
      return In(language, "People and places", "Menschen und Anlaufstellen");
  }
}

int32_t Threshold(const Profile& profile) {
  const auto& settings = profile.notifications();
  return settings.has_threshold_millionths() ? settings.threshold_millionths()
                                             : kDefaultThreshold;
}

// A source may be older than the dismissal.
bool IsDismissed(const Profile& profile, const std::string& offer) {
  const auto& dismissed = profile.dismissed_offers();
  return std::find(dismissed.begin(), dismissed.end(), offer) !=
         dismissed.end();
}

}  // namespace

absl::StatusOr<std::vector<NewMatches>> DigestNews::Find(
    const Profile& profile, DigestReader reader, size_t sent,
    absl::FunctionRef<bool(const std::string&)> known) const {
  const auto is_new = [&](const Match& match) {
    const bool may_read =
        reader == DigestReader::kCounsellor ||
        match.card().visibility() == type::v1::VISIBILITY_PUBLIC;
    return may_read && !IsDismissed(profile, match.offer()) &&
           !known(match.offer());
  };
  std::vector<NewMatches> found;
  // Deep enough to find what was not sent below what was.
  const auto limit = static_cast<int>(
      std::min<size_t>(kMostMatches, sent + static_cast<size_t>(options_.top)));
  for (const Area area : kSections) {
    absl::StatusOr<NewMatches> part =
        FindIn(area, profile, reader, limit, is_new);
    if (!part.ok()) return part.status();
    if (!part->matches.empty()) found.push_back(*std::move(part));
  }
  return found;
}

absl::StatusOr<NewMatches> DigestNews::FindIn(Area area, const Profile& profile,
                                              DigestReader reader, int limit,
                                              IsNew is_new) const {
  const auto top = static_cast<size_t>(options_.top);
  while (true) {
    auto best = source_.Best(profile.name(), area, reader, limit);
    if (!best.ok()) return best.status();
    NewMatches part{area, {}};
    bool is_good_enough = true;
    for (Match& match : *best) {
      is_good_enough = match.score_millionths() >= Threshold(profile);
      if (!is_good_enough || part.matches.size() == top) break;
      if (!is_new(match)) continue;
      const auto fits = source_.StillFits(profile.name(), match);
      if (!fits.ok()) return fits.status();
      if (*fits) part.matches.push_back(std::move(match));
    }
    const bool may_hold_more = is_good_enough && part.matches.size() < top &&
                               best->size() == static_cast<size_t>(limit) &&
                               limit < kMostMatches;
    if (!may_hold_more) return part;
    limit = std::min(2 * limit, kMostMatches);
  }
}

std::vector<digest::DigestSection> DigestNews::InWords(
    const std::vector<NewMatches>& found, const std::string& profile,
    Language language, bool with_dismiss_links) const {
  std::vector<digest::DigestSection> sections;
  for (const NewMatches& part : found) {
    digest::DigestSection& section = sections.emplace_back();
    section.heading = std::string(Heading(part.area, language));
    for (const Match& match : part.matches) {
      section.offers.push_back(Line(match, language));
      if (!with_dismiss_links) continue;
      section.offers.back().dismiss_url =
          Link("dismiss", {LinkAction::Verb::kDismiss, profile, match.offer()});
    }
  }
  return sections;
}

digest::DigestOffer DigestNews::Line(const Match& match,
                                     Language language) const {
  const auto& card = match.card();
  digest::DigestOffer line;
  line.title =
      absl::StrCat(card.title(), card.organization().empty() ? "" : " – ",
                   card.organization());
  line.place =
      absl::StrCat(card.postal_code(), card.postal_code().empty() ? "" : " ",
                   card.municipality());
  line.distance = Distance(match, language);
  line.score = FormatScore(match.score_millionths(), language);
  for (const matching::v1::Reason& reason : match.reasons()) {
    std::string text = ReasonText(reason, language);
    if (!text.empty()) line.reasons.push_back(std::move(text));
  }
  line.url =
      absl::StrReplaceAll(options_.offer_url, {{"{offer}", match.offer()}});
  return line;
}

std::string DigestNews::Link(absl::string_view page,
                             const LinkAction& action) const {
  return absl::StrCat(options_.link_base,
                      absl::EndsWith(options_.link_base, "/") ? "" : "/", page,
                      "?t=", key_.Sign(action));
}

}  // namespace heimweg::cli
