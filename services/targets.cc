#include "services/targets.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>

#include <optional>
#include <random>
#include <utility>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "services/contacts/contact_service.h"
#include "services/housing/home_service.h"
#include "services/jobs/job_service.h"
#include "services/matching/index_feeds.h"
#include "services/matching/live_index.h"
#include "services/matching/matcher.h"
#include "services/matching/matching_service.h"
#include "services/matching/standing/feedback_book.h"
#include "services/matching/standing/match_book.h"
#include "services/matching/standing/match_service.h"
#include "services/matching/standing/wish_engine.h"
#include "services/matching/standing/wish_feeds.h"
#include "services/profiles/profile_book.h"
#include "services/profiles/profile_service.h"
#include "services/reference_target.h"
#include "services/server/background.h"
#include "services/stores.h"

namespace heimweg {
namespace {

uint64_t RandomSeed() {
  std::random_device device;
  return (static_cast<uint64_t>(device()) << 32) | device();
}

template <typename Book, typename ServiceOfKind>
class OfferTarget : public Target {
 public:
  OfferTarget(std::string name, std::unique_ptr<storage::Store> store,
              const places::GazetteerSource& gazetteer,
              occupations::CatalogSource catalog, int keep_ended_days,
              server::Edge& edge)
      : name_(std::move(name)),
        store_(std::move(store)),
        book_(*store_, gazetteer,
              {.catalog = std::move(catalog),
               .id_seed = RandomSeed(),
               .keep_ended = absl::Hours(24) * keep_ended_days}),
        service_(book_, edge) {}

  server::NamedService Service() override { return {name_, &service_}; }
  storage::Store* Store() override { return store_.get(); }
  absl::StatusOr<bool> Tend() override {
    const absl::StatusOr<int> renewed = book_.RenewLinks();
    if (!renewed.ok()) return renewed.status();
    const absl::StatusOr<int> swept = book_.SweepExpired();
    if (!swept.ok()) return swept.status();
    return *renewed > 0 || *swept > 0;
  }

 private:
  const std::string name_;
  const std::unique_ptr<storage::Store> store_;
  Book book_;
  ServiceOfKind service_;
};

class ProfileTarget : public Target {
 public:
  ProfileTarget(std::unique_ptr<storage::Store> store,
                const places::GazetteerSource& gazetteer,
                occupations::CatalogSource catalog, server::Edge& edge)
      : store_(std::move(store)),
        book_(*store_, gazetteer,
              {.catalog = std::move(catalog), .id_seed = RandomSeed()}),
        service_(edge, book_) {}

  server::NamedService Service() override {
    return {"heimweg.profiles.v1.ProfileService", &service_};
  }
  storage::Store* Store() override { return store_.get(); }

 private:
  const std::unique_ptr<storage::Store> store_;
  profiles::ProfileBook book_;
  profiles::ProfileService service_;
};

class MatchingTarget : public Target {
 public:
  MatchingTarget(const TargetOptions& options,
                 std::unique_ptr<storage::Store> store,
                 const places::GazetteerSource& gazetteer,
                 const occupations::CatalogSource& catalog, server::Edge& edge,
                 server::Log& log)
      : options_(options),
        log_(log),
        store_(std::move(store)),
        index_(catalog, log),
        matcher_(index_, gazetteer, absl::Now),
        background_(0),
        runs_(index_, absl::Now, background_),
        service_(matcher_, runs_, edge),
        match_book_(*store_),
        feedback_book_(*store_, index_),
        match_service_(match_book_, feedback_book_, edge) {}

  // Begins to keep the matches of standing wishes.
  absl::Status Open() {
    absl::Status loaded = feedback_book_.Load();
    if (!loaded.ok()) return loaded;
    auto wishes = matching::WishEngine::Start(
        index_, *store_, absl::Now, [this](const absl::Status& status) {
          log_.Warning("matches were not stored, will try again",
                       {{"code", absl::StatusCodeToString(status.code())}});
        });
    if (!wishes.ok()) return wishes.status();
    wishes_ = *std::move(wishes);
    return absl::OkStatus();
  }

  server::NamedService Service() override {
    return {kMatchingServiceName, &service_};
  }
  std::vector<server::NamedService> MoreServices() override {
    return {{"heimweg.matching.v1.MatchService", &match_service_}};
  }
  storage::Store* Store() override { return store_.get(); }
  void Connect(const std::shared_ptr<grpc::Channel>& in_process) override {
    const auto channel = [&](const char* target, const std::string& address) {
      const bool here =
          options_.targets.contains("all") || options_.targets.contains(target);
      return here ? in_process
                  : grpc::CreateChannel(address,
                                        grpc::InsecureChannelCredentials());
    };
    const matching::FeedChannels channels{
        channel("jobs", options_.jobs_address),
        channel("housing", options_.housing_address),
        channel("contacts", options_.contacts_address),
        channel("profiles", options_.profiles_address)};
    index_.Connect(channels, [this] { wishes_->Wake(); });
    wish_feeds_.emplace(channels, *wishes_);
  }
  void Disconnect() override {
    wish_feeds_.reset();
    index_.Disconnect();
    wishes_.reset();
  }
  void Look() override { index_.Look(); }
  bool IsReady() const override { return index_.snapshot().ready(); }

 private:
  const TargetOptions options_;
  server::Log& log_;
  const std::unique_ptr<storage::Store> store_;
  matching::LiveIndex index_;
  const matching::Matcher matcher_;
  server::Background background_;
  matching::ProfileRuns runs_;
  matching::MatchingService service_;
  matching::MatchBook match_book_;
  matching::FeedbackBook feedback_book_;
  matching::MatchService match_service_;
  std::unique_ptr<matching::WishEngine> wishes_;
  std::optional<matching::WishFeeds> wish_feeds_;
};

using Targets = std::vector<std::unique_ptr<Target>>;

template <typename Book, typename ServiceOfKind>
absl::Status AddOffers(const TargetOptions& options, const char* folder,
                       const char* service,
                       const places::GazetteerSource& gazetteer,
                       const occupations::CatalogSource& catalog,
                       server::Edge& edge, Targets& targets) {
  auto store = OpenStore(options.data, folder);
  if (!store.ok()) return store.status();
  targets.push_back(std::make_unique<OfferTarget<Book, ServiceOfKind>>(
      service, *std::move(store), gazetteer, catalog, options.keep_ended_days,
      edge));
  return absl::OkStatus();
}

absl::StatusOr<occupations::CatalogSource> CatalogOf(
    const TargetOptions& options, const ReferenceTarget* reference) {
  if (reference != nullptr) return reference->catalog();
  const occupations::CatalogPaths& paths = options.taxonomies;
  if (paths.kldb.empty() && paths.esco.empty() && paths.ba_crosswalk.empty()) {
    return occupations::BuiltInCatalog();
  }
  auto catalog = occupations::ReadCatalog(paths);
  if (!catalog.ok()) return catalog.status();
  return [catalog = *std::move(catalog)] { return catalog; };
}

}  // namespace

absl::StatusOr<Targets> OpenTargets(const TargetOptions& options,
                                    const places::Gazetteer& base,
                                    server::Edge& edge, server::Log& log) {
  const auto wanted = [&options](const char* target) {
    return options.targets.contains("all") || options.targets.contains(target);
  };
  Targets targets;
  absl::Status status;
  std::unique_ptr<ReferenceTarget> reference;
  if (wanted("reference")) {
    auto target = OpenReferenceTarget(options.data, base, edge);
    if (!target.ok()) return target.status();
    reference = *std::move(target);
  }
  const places::GazetteerSource gazetteer = reference == nullptr
                                                ? places::GazetteerSource(base)
                                                : reference->gazetteer();
  const auto catalog = CatalogOf(options, reference.get());
  if (!catalog.ok()) return catalog.status();
  if (wanted("jobs")) {
    status.Update(AddOffers<jobs::JobBook, jobs::JobService>(
        options, "jobs", "heimweg.jobs.v1.JobService", gazetteer, *catalog,
        edge, targets));
  }
  if (wanted("housing")) {
    status.Update(AddOffers<housing::HomeBook, housing::HomeService>(
        options, "housing", "heimweg.housing.v1.HomeService", gazetteer,
        *catalog, edge, targets));
  }
  if (wanted("contacts")) {
    status.Update(AddOffers<contacts::ContactBook, contacts::ContactService>(
        options, "contacts", "heimweg.contacts.v1.ContactService", gazetteer,
        *catalog, edge, targets));
  }
  if (!status.ok()) return status;
  if (wanted("profiles")) {
    auto store = OpenStore(options.data, "profiles");
    if (!store.ok()) return store.status();
    targets.push_back(std::make_unique<ProfileTarget>(
        *std::move(store), gazetteer, *catalog, edge));
  }
  if (wanted("matching")) {
    auto store = OpenStore(options.data, "matching");
    if (!store.ok()) return store.status();
    auto target = std::make_unique<MatchingTarget>(
        options, *std::move(store), gazetteer, *catalog, edge, log);
    status = target->Open();
    if (!status.ok()) return status;
    targets.push_back(std::move(target));
  }
  // Last, so that it outlives those that use its gazetteer and catalog.
  if (reference != nullptr) targets.push_back(std::move(reference));
  return targets;
}

}  // namespace heimweg
