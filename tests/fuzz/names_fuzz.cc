// Names, tokens and update masks as clients send them. Input: lines: a name, a
// token, a query, mask paths separated by commas; the rest is a Job whose
// fields the mask takes.
#include <string>

#include "absl/strings/str_split.h"
#include "heimweg/jobs/v1/job.pb.h"
#include "services/feeds/token.h"
#include "services/offers/common_rules.h"
#include "services/offers/field_mask.h"
#include "services/offers/resource_name.h"
#include "tests/fuzz/input.h"

namespace heimweg::fuzz {
namespace {

using jobs::v1::Job;

constexpr size_t kMostKeyBytes = 127;

void CheckName(const std::string& name) {
  if (const auto key = offers::ParseOfferName("jobs", name)) {
    Require(offers::OfferName("jobs", *key) == name, "one name for an offer");
    Require(key->size() <= kMostKeyBytes, "keys fit into tokens");
  }
  if (const auto network = offers::ParseNetwork(name)) {
    Require("networks/" + *network == name, "one name for a network");
  }
}

void CheckTokens(const std::string& token, const std::string& query,
                 const std::string& key) {
  if (const auto position = feeds::ParsePageToken(query, token)) {
    Require(feeds::ParsePageToken(query, feeds::PageToken(query, *position)) ==
                position,
            "a page token that was read can be made");
  }
  if (const auto position = feeds::ParseWatchToken(query, "sun", token)) {
    Require(feeds::ParseWatchToken(
                query, "sun", feeds::WatchToken(query, "sun", *position)) ==
                position,
            "a watch token that was read can be made");
  }
  const std::string page = feeds::PageToken(query, key);
  Require(feeds::ParsePageToken(query, page) == key, "page tokens read back");
  Require(!feeds::ParsePageToken(query + "x", page).has_value(),
          "a page token belongs to its query");
  Require(!feeds::ParseWatchToken(query, "sun", page).has_value(),
          "a page token is no watch token");
}

void CheckMask(const std::string& paths, const Job& from) {
  google::protobuf::FieldMask mask;
  if (!paths.empty()) {
    for (const absl::string_view path : absl::StrSplit(paths, ',')) {
      mask.add_paths(std::string(path));
    }
  }
  if (!offers::MaskViolations(*Job::descriptor(), mask, offers::kFixedFields)
           .empty()) {
    return;
  }
  Job to;
  to.set_name("networks/sun/jobs/kept");
  to.set_etag("1");
  to.set_title("Pflegefachkraft");
  offers::ReplaceFields(mask, offers::kFixedFields, from, to);
  Require(to.name() == "networks/sun/jobs/kept" && to.etag() == "1",
          "a mask leaves fixed fields alone");
}

}  // namespace
}  // namespace heimweg::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace heimweg::fuzz;  // NOLINT(google-build-using-namespace)
  Input input(data, size);
  const std::string name = input.Line();
  const std::string token = input.Line();
  const std::string query = input.Line();
  const std::string paths = input.Line();
  CheckName(name);
  CheckTokens(token, query, name.substr(0, kMostKeyBytes));
  Job from;
  if (from.ParseFromString(std::string(input.Rest()))) CheckMask(paths, from);
  return 0;
}
