#include "clients/cli/status_check.h"

#include <algorithm>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "clients/cli/errors.h"
#include "clients/cli/offer_service.h"
#include "clients/cli/profile_watch.h"
#include "clients/cli/watch_run.h"
#include "grpc/health/v1/health.grpc.pb.h"
#include "heimweg/matching/v1/matching_service.grpc.pb.h"

namespace heimweg::cli {
namespace {

using grpc::health::v1::Health;
using grpc::health::v1::HealthCheckRequest;
using grpc::health::v1::HealthCheckResponse;
using matching::v1::GetIndexStatusRequest;
using matching::v1::GetIndexStatusResponse;
using matching::v1::MatchingService;

// A whole look must fit into a short wait, also where a service hangs.
constexpr absl::Duration kLongestAnswer = absl::Seconds(3);

void SetDeadline(Session& session, grpc::ClientContext& context) {
  context.set_deadline(absl::ToChronoTime(
      absl::Now() + std::min(session.timeout(), kLongestAnswer)));
}

ServiceHealth AskHealth(Session& session, Area area) {
  const auto stub = Health::NewStub(session.Channel(area));
  grpc::ClientContext context;
  SetDeadline(session, context);
  HealthCheckRequest request;
  request.set_service(std::string(ServiceName(area)));
  HealthCheckResponse response;
  const grpc::Status status = stub->Check(&context, request, &response);
  ServiceHealth health;
  health.area = area;
  health.address = session.Address(area);
  health.serving =
      status.ok() && response.status() == HealthCheckResponse::SERVING;
  health.health =
      status.ok() ? HealthCheckResponse::ServingStatus_Name(response.status())
                  : absl::StatusCodeToString(
                        static_cast<absl::StatusCode>(status.error_code()));
  return health;
}

absl::StatusOr<GetIndexStatusResponse> AskIndex(Session& session) {
  const auto stub = MatchingService::NewStub(session.Channel(Area::kMatching));
  grpc::ClientContext context;
  SetDeadline(session, context);
  GetIndexStatusResponse response;
  const grpc::Status status =
      stub->GetIndexStatus(&context, GetIndexStatusRequest(), &response);
  if (!status.ok()) {
    return FromGrpc(status, session.Address(Area::kMatching));
  }
  return response;
}

std::vector<std::string> Behind(const GetIndexStatusResponse& index,
                                const Revisions& wanted) {
  std::vector<std::string> behind;
  for (const auto& [store, revision] : wanted) {
    const auto reached = std::any_of(
        index.revisions().begin(), index.revisions().end(),
        [&, store = store, revision = revision](const auto& indexed) {
          return indexed.store() == store && indexed.revision() >= revision;
        });
    if (!reached) behind.push_back(store);
  }
  return behind;
}

}  // namespace

bool SystemStatus::all_serving() const {
  return std::all_of(services.begin(), services.end(),
                     [](const ServiceHealth& s) { return s.serving; });
}

bool SystemStatus::all_well() const {
  return all_serving() && index.ok() && index->ready() && behind.empty();
}

absl::string_view ServiceName(Area area) {
  switch (area) {
    case Area::kHomes:
      return "heimweg.housing.v1.HomeService";
    case Area::kContacts:
      return "heimweg.contacts.v1.ContactService";
    case Area::kProfiles:
      return "heimweg.profiles.v1.ProfileService";
    case Area::kMatching:
      return "heimweg.matching.v1.MatchingService";
    case Area::kReference:
      return "heimweg.reference.v1.DataSetService";
    default:
      return "heimweg.jobs.v1.JobService";
  }
}

SystemStatus CheckStatus(Session& session, const Revisions& wanted) {
  SystemStatus status;
  for (int i = 0; i < kAreas; ++i) {
    status.services.push_back(AskHealth(session, static_cast<Area>(i)));
  }
  status.index = AskIndex(session);
  if (status.index.ok()) status.behind = Behind(*status.index, wanted);
  return status;
}

absl::StatusOr<Revisions> StoreRevisions(Session& session) {
  // The first message of any watch carries the revision of its store. A network
  // that has no offers keeps it short.
  constexpr char kEmptyNetwork[] = "networks/heimweg-status";
  Revisions revisions;
  for (const Area area :
       {Area::kJobs, Area::kHomes, Area::kContacts, Area::kProfiles}) {
    std::unique_ptr<OfferService> offers;
    if (area != Area::kProfiles) offers = NewOfferService(area, session);
    uint64_t& revision = revisions[std::string(AreaName(area))];
    std::string token;
    const absl::Status status = Watch(
        session, area,
        [&](absl::string_view resume_token, grpc::CompletionQueue* queue) {
          return offers == nullptr
                     ? NewProfileWatch(session, resume_token, queue)
                     : offers->NewWatch(kEmptyNetwork, resume_token, queue);
        },
        [&](const WatchStream& stream) {
          revision = stream.Batch().revision;
          return revision == 0 && !stream.Batch().complete;
        },
        token);
    if (!status.ok()) return status;
  }
  return revisions;
}

absl::StatusOr<Revisions> ParseRevisions(
    const std::vector<std::string>& texts) {
  Revisions revisions;
  for (const std::string& text : texts) {
    const std::pair<std::string, std::string> parts =
        absl::StrSplit(text, absl::MaxSplits('=', 1));
    const bool known = parts.first == "jobs" || parts.first == "homes" ||
                       parts.first == "contacts" || parts.first == "profiles";
    if (!known || !absl::SimpleAtoi(parts.second, &revisions[parts.first])) {
      return absl::InvalidArgumentError(
          absl::StrCat("--revision: '", text,
                       "' is not of the form jobs|homes|contacts|profiles=N"));
    }
  }
  return revisions;
}

}  // namespace heimweg::cli
