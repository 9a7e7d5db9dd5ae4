// What a digest tells: the matches that a household has not heard of yet, and
// how they are put into words.
#ifndef HEIMWEG_CLIENTS_CLI_DIGEST_NEWS_H_
#define HEIMWEG_CLIENTS_CLI_DIGEST_NEWS_H_

#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "clients/cli/digest_options.h"
#include "clients/cli/digest_source.h"
#include "clients/cli/session.h"
#include "clients/digest/digest.h"
#include "clients/digest/link_token.h"
#include "heimweg/matching/v1/match.pb.h"
#include "heimweg/profiles/v1/profile.pb.h"

namespace heimweg::cli {

// New matches of one kind, the best first; at least one.
struct NewMatches {
  Area area;
  std::vector<matching::v1::Match> matches;
};

// Thread-compatible. What it is made of outlives it.
class DigestNews {
 public:
  DigestNews(const DigestOptions& options, DigestSource& source,
             const digest::LinkKey& key)
      : options_(options), source_(source), key_(key) {}

  // The best --top matches of each kind that reach the household's threshold,
  // were not dismissed, are not `known` (which `sent` offers are) and still
  // fit. Returnees are told of what is public, counsellors of all. Errors of
  // the source.
  absl::StatusOr<std::vector<NewMatches>> Find(
      const profiles::v1::Profile& profile, DigestReader reader, size_t sent,
      absl::FunctionRef<bool(const std::string&)> known) const;

  // With a link that dismisses each, if asked for.
  std::vector<digest::DigestSection> InWords(
      const std::vector<NewMatches>& found, const std::string& profile,
      Language language, bool with_dismiss_links) const;

  // {link_base}/{page}?t={token}.
  std::string Link(absl::string_view page,
                   const digest::LinkAction& action) const;

 private:
  using IsNew = absl::FunctionRef<bool(const matching::v1::Match&)>;

  // The best --top that are new; the source is asked as deep as needed, from
  // `limit` on.
  absl::StatusOr<NewMatches> FindIn(Area area,
                                    const profiles::v1::Profile& profile,
                                    DigestReader reader, int limit,
                                    IsNew is_new) const;
  digest::DigestOffer Line(const matching::v1::Match& match,
                           Language language) const;

  const DigestOptions& options_;
  DigestSource& source_;
  const digest::LinkKey& key_;
};

}  // namespace heimweg::cli

#endif  // HEIMWEG_CLIENTS_CLI_DIGEST_NEWS_H_
