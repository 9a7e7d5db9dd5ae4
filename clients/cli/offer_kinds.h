// What the three kinds of offers call their messages and methods. The names
// differ; nothing else does.
#ifndef HEIMWEG_CLIENTS_CLI_OFFER_KINDS_H_
#define HEIMWEG_CLIENTS_CLI_OFFER_KINDS_H_

#include <string>
#include <utility>

#include "clients/cli/session.h"
#include "heimweg/contacts/v1/contact_service.grpc.pb.h"
#include "heimweg/housing/v1/home_service.grpc.pb.h"
#include "heimweg/jobs/v1/job_service.grpc.pb.h"

namespace heimweg::cli {

struct JobKind {
  static constexpr Area kArea = Area::kJobs;
  using Service = jobs::v1::JobService;
  using Stub = Service::Stub;
  using Offer = jobs::v1::Job;
  using Filter = jobs::v1::JobFilter;
  using CreateRequest = jobs::v1::CreateJobRequest;
  using GetRequest = jobs::v1::GetJobRequest;
  using ListRequest = jobs::v1::ListJobsRequest;
  using ListResponse = jobs::v1::ListJobsResponse;
  using UpdateRequest = jobs::v1::UpdateJobRequest;
  using DeleteRequest = jobs::v1::DeleteJobRequest;
  using ImportRequest = jobs::v1::ImportJobsRequest;
  using ImportResponse = jobs::v1::ImportJobsResponse;
  using WatchRequest = jobs::v1::WatchJobsRequest;
  using WatchResponse = jobs::v1::WatchJobsResponse;
  using Change = jobs::v1::JobChange;

  static constexpr auto kCreate = &Stub::CreateJob;
  static constexpr auto kGet = &Stub::GetJob;
  static constexpr auto kList = &Stub::ListJobs;
  static constexpr auto kUpdate = &Stub::UpdateJob;
  static constexpr auto kDelete = &Stub::DeleteJob;

  static Offer* OfferIn(CreateRequest& request) {
    return request.mutable_job();
  }
  static Offer* OfferIn(UpdateRequest& request) {
    return request.mutable_job();
  }
  static void SetId(CreateRequest& request, std::string id) {
    request.set_job_id(std::move(id));
  }
  static auto& OffersIn(ListResponse& response) {
    return *response.mutable_jobs();
  }
  static auto& RowsIn(ImportRequest& request) {
    return *request.mutable_jobs();
  }
  static const Offer* Resource(const Change& change) {
    return change.has_job() ? &change.job() : nullptr;
  }
  static auto PrepareImport(Stub& stub, grpc::ClientContext* context,
                            grpc::CompletionQueue* queue) {
    return stub.PrepareAsyncImportJobs(context, queue);
  }
  static auto PrepareWatch(Stub& stub, grpc::ClientContext* context,
                           const WatchRequest& request,
                           grpc::CompletionQueue* queue) {
    return stub.PrepareAsyncWatchJobs(context, request, queue);
  }
  static std::string TypeName(const Offer& offer) {
    return jobs::v1::EmploymentType_Name(offer.employment_type());
  }
};

struct HomeKind {
  static constexpr Area kArea = Area::kHomes;
  using Service = housing::v1::HomeService;
  using Stub = Service::Stub;
  using Offer = housing::v1::Home;
  using Filter = housing::v1::HomeFilter;
  using CreateRequest = housing::v1::CreateHomeRequest;
  using GetRequest = housing::v1::GetHomeRequest;
  using ListRequest = housing::v1::ListHomesRequest;
  using ListResponse = housing::v1::ListHomesResponse;
  using UpdateRequest = housing::v1::UpdateHomeRequest;
  using DeleteRequest = housing::v1::DeleteHomeRequest;
  using ImportRequest = housing::v1::ImportHomesRequest;
  using ImportResponse = housing::v1::ImportHomesResponse;
  using WatchRequest = housing::v1::WatchHomesRequest;
  using WatchResponse = housing::v1::WatchHomesResponse;
  using Change = housing::v1::HomeChange;

  static constexpr auto kCreate = &Stub::CreateHome;
  static constexpr auto kGet = &Stub::GetHome;
  static constexpr auto kList = &Stub::ListHomes;
  static constexpr auto kUpdate = &Stub::UpdateHome;
  static constexpr auto kDelete = &Stub::DeleteHome;

  static Offer* OfferIn(CreateRequest& request) {
    return request.mutable_home();
  }
  static Offer* OfferIn(UpdateRequest& request) {
    return request.mutable_home();
  }
  static void SetId(CreateRequest& request, std::string id) {
    request.set_home_id(std::move(id));
  }
  static auto& OffersIn(ListResponse& response) {
    return *response.mutable_homes();
  }
  static auto& RowsIn(ImportRequest& request) {
    return *request.mutable_homes();
  }
  static const Offer* Resource(const Change& change) {
    return change.has_home() ? &change.home() : nullptr;
  }
  static auto PrepareImport(Stub& stub, grpc::ClientContext* context,
                            grpc::CompletionQueue* queue) {
    return stub.PrepareAsyncImportHomes(context, queue);
  }
  static auto PrepareWatch(Stub& stub, grpc::ClientContext* context,
                           const WatchRequest& request,
                           grpc::CompletionQueue* queue) {
    return stub.PrepareAsyncWatchHomes(context, request, queue);
  }
  static std::string TypeName(const Offer& offer) {
    return housing::v1::Tenure_Name(offer.tenure());
  }
};

struct ContactKind {
  static constexpr Area kArea = Area::kContacts;
  using Service = contacts::v1::ContactService;
  using Stub = Service::Stub;
  using Offer = contacts::v1::Contact;
  using Filter = contacts::v1::ContactFilter;
  using CreateRequest = contacts::v1::CreateContactRequest;
  using GetRequest = contacts::v1::GetContactRequest;
  using ListRequest = contacts::v1::ListContactsRequest;
  using ListResponse = contacts::v1::ListContactsResponse;
  using UpdateRequest = contacts::v1::UpdateContactRequest;
  using DeleteRequest = contacts::v1::DeleteContactRequest;
  using ImportRequest = contacts::v1::ImportContactsRequest;
  using ImportResponse = contacts::v1::ImportContactsResponse;
  using WatchRequest = contacts::v1::WatchContactsRequest;
  using WatchResponse = contacts::v1::WatchContactsResponse;
  using Change = contacts::v1::ContactChange;

  static constexpr auto kCreate = &Stub::CreateContact;
  static constexpr auto kGet = &Stub::GetContact;
  static constexpr auto kList = &Stub::ListContacts;
  static constexpr auto kUpdate = &Stub::UpdateContact;
  static constexpr auto kDelete = &Stub::DeleteContact;

  static Offer* OfferIn(CreateRequest& request) {
    return request.mutable_contact();
  }
  static Offer* OfferIn(UpdateRequest& request) {
    return request.mutable_contact();
  }
  static void SetId(CreateRequest& request, std::string id) {
    request.set_contact_id(std::move(id));
  }
  static auto& OffersIn(ListResponse& response) {
    return *response.mutable_contacts();
  }
  static auto& RowsIn(ImportRequest& request) {
    return *request.mutable_contacts();
  }
  static const Offer* Resource(const Change& change) {
    return change.has_contact() ? &change.contact() : nullptr;
  }
  static auto PrepareImport(Stub& stub, grpc::ClientContext* context,
                            grpc::CompletionQueue* queue) {
    return stub.PrepareAsyncImportContacts(context, queue);
  }
  static auto PrepareWatch(Stub& stub, grpc::ClientContext* context,
                           const WatchRequest& request,
                           grpc::CompletionQueue* queue) {
    return stub.PrepareAsyncWatchContacts(context, request, queue);
  }
  static std::string TypeName(const Offer& offer) {
    return contacts::v1::ContactType_Name(offer.contact_type());
  }
};

}  // namespace heimweg::cli

#endif  // HEIMWEG_CLIENTS_CLI_OFFER_KINDS_H_
