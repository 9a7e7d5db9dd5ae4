// SampleWorld: a gazetteer file and generated offers and households for tests
// that start real servers.
#ifndef HEIMWEG_TESTS_INTEGRATION_SAMPLE_WORLD_H_
#define HEIMWEG_TESTS_INTEGRATION_SAMPLE_WORLD_H_

#include <grpcpp/channel.h>

#include <memory>
#include <string>
#include <vector>

#include "clients/generator/generator.h"
#include "heimweg/matching/v1/matching_service.grpc.pb.h"
#include "heimweg/type/v1/import.pb.h"
#include "services/places/gazetteer.h"
#include "tests/support/temp_dir.h"

namespace heimweg::testing {

// Where the services of a world are; several may be the same channel.
struct Channels {
  std::shared_ptr<grpc::Channel> jobs;
  std::shared_ptr<grpc::Channel> housing;
  std::shared_ptr<grpc::Channel> contacts;
  std::shared_ptr<grpc::Channel> profiles;
  std::shared_ptr<grpc::Channel> matching;
};
Channels AllAt(const std::shared_ptr<grpc::Channel>& channel);

// Revisions of the stores after what was written.
struct Revisions {
  uint64_t jobs = 0;
  uint64_t homes = 0;
  uint64_t contacts = 0;
};

// Thread-compatible.
class SampleWorld {
 public:
  SampleWorld();

  const std::string& folder() const { return folder_.path(); }
  std::string gazetteer_file() const;
  // Flags that every heimwegd of this world needs, with its own data folder.
  std::vector<std::string> Flags(const std::string& data) const;

  const generator::Generator& generator() const { return *generator_; }

  // Imports the first offers and creates the first profiles.
  Revisions Fill(const Channels& channels, int offers, int profiles) const;

  // Waits until matching has followed up to `revisions` and all profiles.
  static void WaitUntilIndexed(const std::shared_ptr<grpc::Channel>& matching,
                               const Revisions& revisions, int profiles);

 private:
  TempDir folder_;
  std::unique_ptr<const generator::Generator> generator_;
};

// Serialized rankings of the three kinds and of packages for the first
// `profiles` profiles, at one fixed evaluation time.
std::vector<std::string> RankingBytes(
    const SampleWorld& world, const std::shared_ptr<grpc::Channel>& matching,
    int profiles);

}  // namespace heimweg::testing

#endif  // HEIMWEG_TESTS_INTEGRATION_SAMPLE_WORLD_H_
