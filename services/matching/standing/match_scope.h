// MatchScope: whose matches are read: those of one profile, or those of all
// profiles that a client created.
#ifndef HEIMWEG_SERVICES_MATCHING_STANDING_MATCH_SCOPE_H_
#define HEIMWEG_SERVICES_MATCHING_STANDING_MATCH_SCOPE_H_

#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "heimweg/matching/v1/stored_match.pb.h"
#include "services/matching/standing/match_records.h"
#include "services/server/caller.h"
#include "storage/byte_table.h"

namespace heimweg::matching {

// The name under which a client's profiles are created (Profile.creator).
inline std::string CreatorOf(const server::Caller& caller) {
  if (caller.network.empty()) return caller.id;
  return absl::StrCat("networks/", caller.network, "/clients/", caller.id);
}

struct MatchScope {
  std::string prefix;   // of the keys; empty: any
  std::string creator;  // empty: any

  // Of profiles/{profile} or profiles/-; nullopt if `parent` is neither.
  static std::optional<MatchScope> Of(absl::string_view parent,
                                      const server::Caller& caller) {
    if (parent == "profiles/-") return MatchScope{"", CreatorOf(caller)};
    const auto id = ProfileIdOf(parent);
    if (!id) return std::nullopt;
    return MatchScope{absl::StrCat(*id, "/"), ""};
  }

  bool HasKey(absl::string_view key) const {
    return key.substr(0, prefix.size()) == prefix;
  }
  bool Has(absl::string_view key, const v1::StoredMatch& match) const {
    return HasKey(key) && (creator.empty() || match.creator() == creator);
  }
  storage::TableScan Scan(std::string after) const {
    storage::TableScan scan{.id_prefix = prefix, .after_id = std::move(after)};
    if (!creator.empty()) scan.term = CreatorTerm(creator);
    return scan;
  }
  // Tells scopes apart in tokens.
  std::string Text() const { return absl::StrCat(prefix, "\n", creator); }
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_STANDING_MATCH_SCOPE_H_
