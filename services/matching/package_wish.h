// PackageWish: what a household asks of a home, jobs, childcare, schools and
// people that fit together. See wish.h for the units.
#ifndef HEIMWEG_SERVICES_MATCHING_PACKAGE_WISH_H_
#define HEIMWEG_SERVICES_MATCHING_PACKAGE_WISH_H_

#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "heimweg/matching/v1/matching_service.pb.h"
#include "heimweg/matching/v1/package.pb.h"
#include "heimweg/profiles/v1/profile.pb.h"
#include "services/matching/wish.h"
#include "services/server/field_checks.h"

namespace heimweg::matching {

// A part of a package but for the home.
struct WishedPart {
  v1::PackagePartKind kind = v1::PACKAGE_PART_KIND_UNSPECIFIED;
  std::string adult;  // jobs
  std::string child;  // childcare and schools
  // Where it may be: an anchor at the home, with a limit. Its point is not set.
  Anchor reach;
  int32_t weight = 0;
  // Jobs: the seeker of PackageWish::jobs. Others: the index in
  // PackageWish::contacts.
  size_t index = 0;
};

struct PackageWish {
  Wish home;
  Wish jobs;                  // no seekers: nobody seeks a job
  std::deque<Wish> contacts;  // one for each part that is a contact
  std::vector<WishedPart> parts;
  v1::PackageWeights weights;  // all of them set
};

// More adults who seek a job than packages are made for.
inline constexpr int kMostSeekers = 4;

// The part of the question that RankPackages and RankRegions share.
struct PackageQuestion {
  Question question;  // its kind does not count
  v1::PackageWeights weights;
};

template <typename Request>
PackageQuestion PackageQuestionOf(const Request& request) {
  PackageQuestion asked;
  asked.question.ags_prefixes.assign(request.ags_prefixes().begin(),
                                     request.ags_prefixes().end());
  asked.question.networks.assign(request.networks().begin(),
                                 request.networks().end());
  asked.question.weights = request.weights();
  if (request.has_evaluation_time()) {
    asked.question.evaluation_time = request.evaluation_time();
  }
  asked.question.profile_path =
      request.has_inline_profile() ? "inline_profile" : "profile";
  asked.weights = request.part_weights();
  return asked;
}

// See CompileWish. FAILED_PRECONDITION if more than kMostSeekers seek a job.
absl::StatusOr<PackageWish> CompilePackageWish(
    const PackageQuestion& asked, const profiles::v1::Profile& profile,
    absl::Time now, server::FieldChecks checks = {});

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_PACKAGE_WISH_H_
