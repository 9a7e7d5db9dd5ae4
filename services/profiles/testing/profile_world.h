// ProfileWorld: a profile book on a real store in a folder of the test, with a
// clock that stands still and calls that wait for their answers.
#ifndef HEIMWEG_SERVICES_PROFILES_TESTING_PROFILE_WORLD_H_
#define HEIMWEG_SERVICES_PROFILES_TESTING_PROFILE_WORLD_H_

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <future>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "heimweg/profiles/v1/profile.pb.h"
#include "heimweg/profiles/v1/profile_service.pb.h"
#include "services/places/gazetteer.h"
#include "services/places/sample_places.h"
#include "services/profiles/profile_book.h"
#include "services/server/call.h"
#include "services/server/source.h"
#include "storage/change_log.h"
#include "storage/rocksdb_engine.h"
#include "storage/store.h"
#include "storage/test_store.h"

namespace heimweg::profiles {

template <typename Message>
Message Parse(const std::string& text) {
  Message message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message))
      << text;
  return message;
}

// A request id, one for each `number` from 0 to 9.
inline std::string RequestId(int number) {
  return "00000000-0000-4000-8000-00000000000" + std::to_string(number);
}

// Thread-safe.
class ProfileWorld {
 public:
  explicit ProfileWorld(storage::LogRetention retention = {})
      : store_([retention](storage::RocksDbOptions& /*engine*/,
                           storage::StoreOptions& options) {
          options.log_retention = retention;
        }) {}

  absl::Time now() { return store_.clock().AsFunction()(); }
  void Advance(absl::Duration duration) { store_.clock().Advance(duration); }

  storage::Store& store() { return *store_; }
  ProfileBook& book() { return book_; }
  server::Call& call() { return call_; }

  absl::StatusOr<v1::Profile> Create(const v1::CreateProfileRequest& request) {
    return Ask<v1::Profile>(&ProfileBook::Create, request);
  }
  // A profile with this id, from text.
  absl::StatusOr<v1::Profile> Create(const std::string& id,
                                     const std::string& profile) {
    v1::CreateProfileRequest request;
    request.set_profile_id(id);
    *request.mutable_profile() = Parse<v1::Profile>(profile);
    return Create(request);
  }
  absl::StatusOr<v1::Profile> Update(const v1::UpdateProfileRequest& request) {
    return Ask<v1::Profile>(&ProfileBook::Update, request);
  }
  absl::StatusOr<v1::Profile> Update(const std::string& request) {
    return Update(Parse<v1::UpdateProfileRequest>(request));
  }
  absl::StatusOr<v1::ErasureReceipt> Erase(
      const v1::EraseProfileRequest& request) {
    return Ask<v1::ErasureReceipt>(&ProfileBook::Erase, request);
  }
  absl::StatusOr<v1::ErasureReceipt> Erase(const std::string& request) {
    return Erase(Parse<v1::EraseProfileRequest>(request));
  }
  absl::StatusOr<v1::Profile> Grant(const v1::GrantConsentRequest& request) {
    return Ask<v1::Profile>(&ProfileBook::GrantConsent, request);
  }
  absl::StatusOr<v1::Profile> Grant(const std::string& request) {
    return Grant(Parse<v1::GrantConsentRequest>(request));
  }
  absl::StatusOr<v1::Profile> Revoke(const v1::RevokeConsentRequest& request) {
    return Ask<v1::Profile>(&ProfileBook::RevokeConsent, request);
  }

  absl::StatusOr<v1::Profile> Get(
      const std::string& name,
      v1::ProfileView view = v1::PROFILE_VIEW_UNSPECIFIED) {
    v1::GetProfileRequest request;
    request.set_name(name);
    request.set_view(view);
    v1::Profile profile;
    absl::Status status = book_.Get(call_, request, &profile);
    if (!status.ok()) return status;
    return profile;
  }
  absl::StatusOr<v1::ListProfilesResponse> List(const std::string& request) {
    v1::ListProfilesResponse response;
    absl::Status status =
        book_.List(call_, Parse<v1::ListProfilesRequest>(request), &response);
    if (!status.ok()) return status;
    return response;
  }
  absl::StatusOr<v1::ExportProfileResponse> Export(const std::string& name) {
    v1::ExportProfileRequest request;
    request.set_name(name);
    v1::ExportProfileResponse response;
    absl::Status status = book_.Export(call_, request, &response);
    if (!status.ok()) return status;
    return response;
  }

  absl::StatusOr<std::unique_ptr<server::Source<v1::WatchProfilesResponse>>>
  Watch(
      const std::string& resume_token, server::Wake wake = [] {}) {
    v1::WatchProfilesRequest request;
    request.set_resume_token(resume_token);
    return book_.Watch(call_, request, std::move(wake));
  }

 private:
  template <typename Response, typename Request>
  absl::StatusOr<Response> Ask(void (ProfileBook::*method)(const server::Call&,
                                                           const Request&,
                                                           Response*,
                                                           ProfileBook::Done),
                               const Request& request) {
    Response response;
    std::promise<absl::Status> answer;
    (book_.*method)(call_, request, &response, [&answer](absl::Status status) {
      answer.set_value(std::move(status));
    });
    absl::Status status = answer.get_future().get();
    if (!status.ok()) return status;
    return response;
  }

  const places::Gazetteer gazetteer_ =
      *places::Gazetteer::Make(places::SampleTables());
  storage::TestStore store_;
  ProfileBook book_{*store_,
                    gazetteer_,
                    {.clock = store_.clock().AsFunction(), .id_seed = 1}};
  server::Call call_;
};

}  // namespace heimweg::profiles

#endif  // HEIMWEG_SERVICES_PROFILES_TESTING_PROFILE_WORLD_H_
