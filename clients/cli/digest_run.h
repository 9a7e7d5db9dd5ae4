// One run of digests: whom to write, and what is new for them. Nobody is
// written to without a consent to it that holds now.
#ifndef HEIMWEG_CLIENTS_CLI_DIGEST_RUN_H_
#define HEIMWEG_CLIENTS_CLI_DIGEST_RUN_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "clients/cli/digest_delivery.h"
#include "clients/cli/digest_news.h"
#include "clients/cli/digest_options.h"
#include "clients/cli/session.h"
#include "clients/digest/digest.h"
#include "heimweg/profiles/v1/profile_service.pb.h"

namespace heimweg::cli {

// What became of the households that a run looked at; each is in one of the
// others, except that one mail tells counsellors of many.
struct DigestCounts {
  int64_t looked_at = 0;
  int64_t told = 0;
  // They have not agreed, or the consent has ended.
  int64_t without_consent = 0;
  // They do not want to be told (notifications.enabled).
  int64_t not_wanted = 0;
  // They had as many mails as a week may bring.
  int64_t told_enough = 0;
  int64_t nothing_new = 0;
  // No e-mail address, or none that can be written to.
  int64_t without_address = 0;
  // Refused for good by the server.
  int64_t refused = 0;
  // Not taken in this run; the next one goes on with them.
  int64_t deferred = 0;
};

// Whether a consent to `purpose` covers the network (networks/{network}) at
// this time.
bool HasConsent(const profiles::v1::Profile& profile,
                profiles::v1::ConsentPurpose purpose,
                const std::string& network, absl::Time now);

// Thread-compatible. All that it is made of outlives it.
class DigestRun {
 public:
  // `network` is networks/{network}, which writes at `now`.
  DigestRun(const DigestOptions& options, std::string network, absl::Time now,
            Session& session, const DigestNews& news, DigestDelivery& delivery);

  // One mail for each household, about offers of all networks.
  absl::Status TellReturnees();

  // One mail for the network's counsellors, about all households that let them
  // see their matches; offers of the network only.
  absl::Status TellCounsellors();

  const DigestCounts& counts() const { return counts_; }

 private:
  using Visit = absl::FunctionRef<absl::Status(const profiles::v1::Profile&)>;
  using Names = absl::flat_hash_set<std::string>;

  absl::Status ForEachProfile(Visit visit);
  absl::Status TellHousehold(const profiles::v1::Profile& core);
  // Counts why not; true: there is none.
  absl::StatusOr<bool> MayBeTold(const profiles::v1::Profile& core);
  absl::Status Write(const profiles::v1::Profile& addressee,
                     const std::vector<NewMatches>& found);
  absl::Status Count(const absl::StatusOr<digest::Delivery>& delivery);
  // What is new for one household, into the counsellors' mail.
  absl::Status AddToMail(const profiles::v1::Profile& profile,
                         const Names& known, digest::Digest& digest,
                         std::vector<std::string>& keys);
  // With its personal part; nothing if it is gone or no longer consents.
  absl::StatusOr<std::optional<profiles::v1::Profile>> Addressee(
      const std::string& name);
  void ShowProgress();

  const DigestOptions& options_;
  const std::string network_;
  const absl::Time now_;
  Session& session_;
  const DigestNews& news_;
  DigestDelivery& delivery_;
  absl::Time next_progress_;
  DigestCounts counts_;
};

}  // namespace heimweg::cli

#endif  // HEIMWEG_CLIENTS_CLI_DIGEST_RUN_H_
