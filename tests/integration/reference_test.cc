// The target reference in a process of its own.
#include <gmock/gmock.h>
#include <grpcpp/client_context.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "heimweg/places/v1/place_service.grpc.pb.h"
#include "heimweg/reference/v1/data_set_service.grpc.pb.h"
#include "tests/integration/sample_world.h"
#include "tests/support/heimwegd.h"

namespace heimweg::testing {
namespace {

using reference::v1::DataSetService;

TEST(ReferenceTarget, AnswersInAProcessOfItsOwn) {
  const SampleWorld world;
  std::vector<std::string> flags = world.Flags("stores");
  flags.emplace_back("--target=reference");
  Heimwegd process(flags);
  const auto stub = DataSetService::NewStub(process.Channel());
  grpc::ClientContext context;
  reference::v1::ListDataSetsResponse response;
  const grpc::Status status = stub->ListDataSets(&context, {}, &response);
  EXPECT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(response.data_sets_size(), 6);
  const auto places = places::v1::PlaceService::NewStub(process.Channel());
  places::v1::SuggestPlacesRequest typed;
  typed.set_text("a");
  grpc::ClientContext another;
  places::v1::SuggestPlacesResponse suggested;
  EXPECT_TRUE(places->SuggestPlaces(&another, typed, &suggested).ok());
  EXPECT_EQ(process.Terminate().exit_code, 0);
}

}  // namespace
}  // namespace heimweg::testing
