#include "tests/bench/region.h"

#include <algorithm>
#include <filesystem>
#include <thread>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "heimweg/contacts/v1/contact_service.grpc.pb.h"
#include "heimweg/housing/v1/home_service.grpc.pb.h"
#include "heimweg/jobs/v1/job_service.grpc.pb.h"
#include "heimweg/matching/v1/matching_service.grpc.pb.h"
#include "heimweg/profiles/v1/profile_service.grpc.pb.h"
#include "services/places/gazetteer.h"
#include "tests/bench/report.h"
#include "tests/support/temp_dir.h"

namespace heimweg::bench {
namespace {

constexpr uint64_t kSeed = 1;
constexpr absl::Duration kStreamLimit = absl::Hours(2);
constexpr absl::Duration kIndexLimit = absl::Minutes(30);
constexpr absl::Duration kRegionLook = absl::Milliseconds(1);
constexpr size_t kUnderWay = 16;  // as heimweg import

void FailUnlessOk(const grpc::Status& status, absl::string_view what) {
  if (!status.ok()) Fail(absl::StrCat(what, ": ", status.error_message()));
}

template <typename Response, typename Stream>
int64_t ReadAnswer(Stream& stream) {
  Response response;
  if (!stream.Read(&response)) {
    FailUnlessOk(stream.Finish(), "an import ended");
    Fail("an import ended early");
  }
  for (const auto& result : response.results()) {
    if (result.outcome() == type::v1::ImportRowResult::OUTCOME_REJECTED) {
      Fail(absl::StrCat("a row was rejected: ", result.ShortDebugString()));
    }
  }
  return response.results_size();
}

// `next` fills a request, or returns false at the end.
template <typename Request, typename Response, typename Stream>
int64_t SendAll(Stream& stream, const std::function<bool(Request&)>& next) {
  int64_t rows = 0;
  size_t under_way = 0;
  Request request;
  while (next(request)) {
    if (!stream.Write(request)) break;  // The next read says why.
    if (++under_way < kUnderWay) continue;
    rows += ReadAnswer<Response>(stream);
    --under_way;
  }
  for (; under_way > 0; --under_way) rows += ReadAnswer<Response>(stream);
  stream.WritesDone();
  FailUnlessOk(stream.Finish(), "import");
  return rows;
}

// Imports `count` rows, each made by `add(i, request)`.
template <typename Request, typename Response, typename Stream, typename Add>
void ImportRows(Stream& stream, int64_t count, Add add) {
  int64_t i = 0;
  SendAll<Request, Response>(stream, [&](Request& request) {
    request.Clear();
    request.set_parent(kParent);
    const int64_t to = std::min(count, i + kImportRows);
    if (i == to) return false;
    for (; i < to; ++i) add(i, request);
    return true;
  });
}

void ImportKinds(const std::shared_ptr<grpc::Channel>& channel,
                 const generator::Generator& from, int64_t offers) {
  const generator::OfferCounts counts = generator::SplitOffers(offers);
  std::thread jobs([&] {
    grpc::ClientContext context;
    SetDeadline(context, kStreamLimit);
    const auto stub = jobs::v1::JobService::NewStub(channel);
    ImportRows<jobs::v1::ImportJobsRequest, jobs::v1::ImportJobsResponse>(
        *stub->ImportJobs(&context), counts.jobs,
        [&](int64_t i, auto& request) {
          *request.add_jobs() = from.MakeJob(i);
        });
  });
  std::thread homes([&] {
    grpc::ClientContext context;
    SetDeadline(context, kStreamLimit);
    const auto stub = housing::v1::HomeService::NewStub(channel);
    ImportRows<housing::v1::ImportHomesRequest,
               housing::v1::ImportHomesResponse>(
        *stub->ImportHomes(&context), counts.homes,
        [&](int64_t i, auto& request) {
          *request.add_homes() = from.MakeHome(i);
        });
  });
  grpc::ClientContext context;
  SetDeadline(context, kStreamLimit);
  const auto stub = contacts::v1::ContactService::NewStub(channel);
  ImportRows<contacts::v1::ImportContactsRequest,
             contacts::v1::ImportContactsResponse>(
      *stub->ImportContacts(&context), counts.contacts,
      [&](int64_t i, auto& request) {
        *request.add_contacts() = from.MakeContact(i);
      });
  jobs.join();
  homes.join();
}

void CreateProfiles(const std::shared_ptr<grpc::Channel>& channel,
                    const generator::Generator& from, int64_t count) {
  const auto stub = profiles::v1::ProfileService::NewStub(channel);
  for (int64_t i = 0; i < count; ++i) {
    profiles::v1::CreateProfileRequest request;
    *request.mutable_profile() = from.MakeProfile(i);
    const std::string& name = request.profile().name();
    request.set_profile_id(name.substr(name.find('/') + 1));
    grpc::ClientContext context;
    SetDeadline(context);
    profiles::v1::Profile created;
    const grpc::Status status =
        stub->CreateProfile(&context, request, &created);
    if (status.error_code() == grpc::StatusCode::ALREADY_EXISTS) continue;
    FailUnlessOk(status, "creating a profile");
  }
}

// The index's status when `holds` is true of it.
matching::v1::GetIndexStatusResponse WaitFor(
    const std::shared_ptr<grpc::Channel>& channel,
    const std::function<bool(const matching::v1::GetIndexStatusResponse&)>&
        holds) {
  const auto stub = matching::v1::MatchingService::NewStub(channel);
  const absl::Time give_up = absl::Now() + kIndexLimit;
  while (absl::Now() < give_up) {
    grpc::ClientContext context;
    SetDeadline(context);
    context.set_wait_for_ready(true);
    matching::v1::GetIndexStatusResponse status;
    if (stub->GetIndexStatus(&context, {}, &status).ok() && holds(status)) {
      return status;
    }
    absl::SleepFor(kRegionLook);
  }
  Fail("the index was not filled in time");
}

}  // namespace

void SetDeadline(grpc::ClientContext& context, absl::Duration limit) {
  context.set_deadline(absl::ToChronoTime(absl::Now() + limit));
}

void AddRegionFlags(CLI::App& app, RegionFlags& flags) {
  app.add_option("--offers", flags.offers, "Offers of all kinds, by commas")
      ->delimiter(',')
      ->check(CLI::Range(int64_t{0}, int64_t{100'000'000}));
  app.add_option("--gazetteer", flags.gazetteer, "Gazetteer file")
      ->envname("HEIMWEG_GAZETTEER")
      ->required();
  app.add_option("--data", flags.data,
                 "Keeps the stores below this folder for another run");
}

void ForEachRegion(
    const RegionFlags& flags,
    const std::function<void(int64_t offers, const std::string& folder)>&
        measure) {
  const testing::TempDir temporary;
  for (const int64_t offers : flags.offers) {
    const std::string folder = absl::StrCat(
        flags.data.empty() ? temporary.path() : flags.data, "/", offers);
    std::filesystem::create_directories(folder);
    measure(offers, folder);
    if (flags.data.empty()) std::filesystem::remove_all(folder);
  }
}

std::unique_ptr<generator::Generator> MakeGenerator(
    const std::string& gazetteer_file, absl::Time now) {
  const auto gazetteer = places::Gazetteer::Load(gazetteer_file);
  FailUnless(gazetteer.status(), "the gazetteer");
  generator::GeneratorOptions options;
  const absl::Duration day = absl::Hours(24);
  options.reference_time =
      absl::UnixEpoch() + absl::Floor(now - absl::UnixEpoch(), day);
  return std::make_unique<generator::Generator>(&*gazetteer, kSeed, options);
}

int64_t ImportJobs(const std::shared_ptr<grpc::Channel>& channel,
                   const std::vector<jobs::v1::ImportJobsRequest>& requests) {
  grpc::ClientContext context;
  SetDeadline(context, kStreamLimit);
  const auto stub = jobs::v1::JobService::NewStub(channel);
  const auto stream = stub->ImportJobs(&context);
  size_t next = 0;
  return SendAll<jobs::v1::ImportJobsRequest, jobs::v1::ImportJobsResponse>(
      *stream, [&](jobs::v1::ImportJobsRequest& request) {
        if (next == requests.size()) return false;
        request = requests[next++];
        return true;
      });
}

std::vector<jobs::v1::ImportJobsRequest> JobRequests(
    const generator::Generator& generator, int64_t from, int64_t to) {
  std::vector<jobs::v1::ImportJobsRequest> requests;
  for (int64_t i = from; i < to; ++i) {
    if ((i - from) % kImportRows == 0) {
      requests.emplace_back().set_parent(kParent);
    }
    *requests.back().add_jobs() = generator.MakeJob(i);
  }
  return requests;
}

matching::v1::GetIndexStatusResponse WaitUntilReady(
    const std::shared_ptr<grpc::Channel>& channel) {
  return WaitFor(channel, [](const auto& status) { return status.ready(); });
}

matching::v1::GetIndexStatusResponse WaitUntilOffers(
    const std::shared_ptr<grpc::Channel>& channel, int64_t offers) {
  return WaitFor(channel, [offers](const auto& status) {
    return status.ready() && OffersOf(status) >= offers;
  });
}

int64_t OffersOf(const matching::v1::GetIndexStatusResponse& status) {
  int64_t offers = 0;
  for (const auto& kind : status.kinds()) offers += kind.offers();
  return offers;
}

matching::v1::GetIndexStatusResponse Fill(
    const std::shared_ptr<grpc::Channel>& channel,
    const generator::Generator& generator, int64_t offers, int64_t profiles) {
  const auto now = WaitUntilReady(channel);
  if (OffersOf(now) != offers) ImportKinds(channel, generator, offers);
  if (now.profiles() < profiles) CreateProfiles(channel, generator, profiles);
  return WaitFor(channel, [&](const auto& status) {
    return status.ready() && OffersOf(status) >= offers &&
           status.profiles() >= profiles;
  });
}

}  // namespace heimweg::bench
