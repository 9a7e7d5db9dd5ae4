// JobKind: what is particular to jobs among the offers: rules, index terms,
// filter. See services/offers/offer_kind.h for what each part means.
#ifndef HEIMWEG_SERVICES_JOBS_JOB_KIND_H_
#define HEIMWEG_SERVICES_JOBS_JOB_KIND_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "heimweg/jobs/v1/job.pb.h"
#include "heimweg/jobs/v1/job_service.pb.h"
#include "services/occupations/catalog_source.h"
#include "services/offers/likeness.h"
#include "services/server/errors.h"

namespace heimweg::jobs {

// The messages of JobService and their fields that are named after jobs.
struct JobMessages {
  using Offer = v1::Job;
  using Filter = v1::JobFilter;
  using Change = v1::JobChange;
  using CreateRequest = v1::CreateJobRequest;
  using GetRequest = v1::GetJobRequest;
  using ListRequest = v1::ListJobsRequest;
  using ListResponse = v1::ListJobsResponse;
  using UpdateRequest = v1::UpdateJobRequest;
  using DeleteRequest = v1::DeleteJobRequest;
  using BatchGetRequest = v1::BatchGetJobsRequest;
  using BatchGetResponse = v1::BatchGetJobsResponse;
  using ImportRequest = v1::ImportJobsRequest;
  using ImportResponse = v1::ImportJobsResponse;
  using WatchRequest = v1::WatchJobsRequest;
  using WatchResponse = v1::WatchJobsResponse;

  static const Offer& OfferOf(const CreateRequest& create) {
    return create.job();
  }
  static const Offer& OfferOf(const UpdateRequest& update) {
    return update.job();
  }
  static Offer& OfferOf(Change& change) { return *change.mutable_job(); }
  static const std::string& IdOf(const CreateRequest& create) {
    return create.job_id();
  }
  static google::protobuf::RepeatedPtrField<Offer>& OffersIn(
      ImportRequest& import) {
    return *import.mutable_jobs();
  }
  static Offer& AddOffer(ListResponse& listed) { return *listed.add_jobs(); }
  static Offer& AddOffer(BatchGetResponse& got) { return *got.add_jobs(); }
};

// Stateless.
struct JobKind : JobMessages {
  static constexpr absl::string_view kCollection = "jobs";
  static constexpr absl::string_view kOne = "job";
  static constexpr absl::Duration kLifetime = absl::Hours(24 * 90);

  static std::vector<server::Violation> Violations(const Offer& job);
  static void SetOutputOnly(const occupations::OccupationCatalog& catalog,
                            Offer& job);

  // The KldB groups (3 digits) of its occupations.
  static std::vector<std::string> Terms(const Offer& job);

  // By the rules that the README of this room states.
  static offers::Blocks BlocksOf(const Offer& job);
  static int Likeness(const Offer& a, const Offer& b);

  static std::vector<server::Violation> FilterViolations(const Filter& filter);
  static std::optional<std::string> Term(const Filter& filter);
  static bool Matches(const Filter& filter, const Offer& job);
};

}  // namespace heimweg::jobs

#endif  // HEIMWEG_SERVICES_JOBS_JOB_KIND_H_
