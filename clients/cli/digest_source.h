// Where the matches come from that a digest may tell: a ranking that is made
// now, the matches of standing wishes, or what `heimweg batch rank` wrote. What
// of them is told, and to whom, is not decided here.
#ifndef HEIMWEG_CLIENTS_CLI_DIGEST_SOURCE_H_
#define HEIMWEG_CLIENTS_CLI_DIGEST_SOURCE_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "clients/cli/session.h"
#include "heimweg/matching/v1/match.pb.h"

namespace heimweg::cli {

// Whose mail it is. Returnees are told of offers of every network; counsellors
// of those of their own.
enum class DigestReader { kReturnee, kCounsellor };

// Thread-compatible.
class DigestSource {
 public:
  virtual ~DigestSource() = default;

  // At most `limit` matches of a household (profiles/{profile}) with offers of
  // one kind, the best first; fewer if there are no more. The households are
  // asked for in the order of their names. NOT_FOUND if it is gone.
  virtual absl::StatusOr<std::vector<matching::v1::Match>> Best(
      const std::string& profile, Area area, DigestReader reader,
      int limit) = 0;

  // Whether a match that Best answered fits today; asked before it is told.
  virtual absl::StatusOr<bool> StillFits(const std::string& profile,
                                         const matching::v1::Match& match) = 0;
};

// A ranking of all offers as of `now`. `network` (networks/{network}) is the
// counsellors' own, here and below; the session outlives what it is given to.
std::unique_ptr<DigestSource> NewRankingSource(std::string network,
                                               Session& session,
                                               absl::Time now);

// The matches of standing wishes whose offer still fits: for returnees those
// that they have not seen yet, for counsellors also what was seen or saved.
// What quiet hours or a daily budget hold back from watchers is among them: a
// digest has a cap of its own.
std::unique_ptr<DigestSource> NewStandingSource(std::string network,
                                                Session& session);

// Outputs of `heimweg batch rank` as JSON lines, of any kinds and shards.
// UNKNOWN if one cannot be read, FAILED_PRECONDITION naming the one that is
// something else or was made for a moment more than two days before `now`: most
// of what it ranked may be gone. Best answers FAILED_PRECONDITION, too, for a
// line that is none. StillFits asks the matching service.
absl::StatusOr<std::unique_ptr<DigestSource>> OpenBatchSource(
    const std::vector<std::string>& files, const std::string& network,
    Session& session, absl::Time now);

}  // namespace heimweg::cli

#endif  // HEIMWEG_CLIENTS_CLI_DIGEST_SOURCE_H_
