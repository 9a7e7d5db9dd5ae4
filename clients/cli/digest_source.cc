#include "clients/cli/digest_source.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "clients/cli/flags.h"
#include "heimweg/matching/v1/match_service.grpc.pb.h"
#include "heimweg/matching/v1/matching_service.grpc.pb.h"

namespace heimweg::cli {
namespace {

using matching::v1::Match;
using matching::v1::StoredMatch;

constexpr int kMatchesPage = 1000;

class RankingSource : public DigestSource {
 public:
  RankingSource(std::string network, Session& session, absl::Time now)
      : network_(std::move(network)),
        session_(session),
        now_(now),
        stub_(matching::v1::MatchingService::NewStub(
            session.Channel(Area::kMatching))) {}

  absl::StatusOr<std::vector<Match>> Best(const std::string& profile, Area area,
                                          DigestReader reader,
                                          int limit) override {
    matching::v1::RankOffersRequest request;
    request.set_profile(profile);
    request.set_kind(OfferKindOf(area));
    request.set_view(matching::v1::MATCH_VIEW_BASIC);
    request.set_limit(limit);
    if (reader == DigestReader::kCounsellor) request.add_networks(network_);
    request.mutable_evaluation_time()->set_seconds(absl::ToUnixSeconds(now_));
    matching::v1::RankOffersResponse response;
    const absl::Status status =
        session_.Call(Area::kMatching, [&](grpc::ClientContext& context) {
          return stub_->RankOffers(&context, request, &response);
        });
    if (!status.ok()) return status;
    auto& matches = *response.mutable_matches();
    return std::vector<Match>(std::move_iterator(matches.begin()),
                              std::move_iterator(matches.end()));
  }

  absl::StatusOr<bool> StillFits(const std::string& /*profile*/,
                                 const Match& /*match*/) override {
    return true;  // it was ranked a moment ago
  }

 private:
  const std::string network_;
  Session& session_;
  const absl::Time now_;
  const std::unique_ptr<matching::v1::MatchingService::Stub> stub_;
};

matching::v1::MatchFilter FilterFor(Area area, DigestReader reader) {
  matching::v1::MatchFilter filter;
  filter.add_kinds(OfferKindOf(area));
  filter.add_standings(matching::v1::MATCH_STANDING_FITS);
  filter.add_states(matching::v1::MATCH_STATE_NEW);
  if (reader == DigestReader::kCounsellor) {
    filter.add_states(matching::v1::MATCH_STATE_SEEN);
    filter.add_states(matching::v1::MATCH_STATE_SAVED);
  }
  return filter;
}

class StandingSource : public DigestSource {
 public:
  StandingSource(std::string network, Session& session)
      : offers_(absl::StrCat(network, "/")),
        session_(session),
        stub_(matching::v1::MatchService::NewStub(
            session.Channel(Area::kMatching))) {}

  absl::StatusOr<std::vector<Match>> Best(const std::string& profile, Area area,
                                          DigestReader reader,
                                          int limit) override {
    matching::v1::ListMatchesRequest request;
    request.set_parent(profile);
    request.set_page_size(kMatchesPage);
    *request.mutable_filter() = FilterFor(area, reader);
    std::vector<Match> matches;
    do {
      matching::v1::ListMatchesResponse page;
      const absl::Status status =
          session_.Call(Area::kMatching, [&](grpc::ClientContext& context) {
            return stub_->ListMatches(&context, request, &page);
          });
      if (!status.ok()) return status;
      for (StoredMatch& stored : *page.mutable_matches()) {
        if (!IsFor(stored, reader)) continue;
        matches.push_back(std::move(*stored.mutable_match()));
      }
      request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
    std::sort(matches.begin(), matches.end(),
              [](const Match& a, const Match& b) {
                return a.score_millionths() != b.score_millionths()
                           ? a.score_millionths() > b.score_millionths()
                           : a.offer() < b.offer();
              });
    if (matches.size() > static_cast<size_t>(limit)) matches.resize(limit);
    return matches;
  }

  absl::StatusOr<bool> StillFits(const std::string& /*profile*/,
                                 const Match& /*match*/) override {
    return true;  // matching keeps its matches true
  }

 private:
  bool IsFor(const StoredMatch& stored, DigestReader reader) const {
    return reader == DigestReader::kReturnee ||
           absl::StartsWith(stored.match().offer(), offers_);
  }

  const std::string offers_;  // how names of the network's offers begin
  Session& session_;
  const std::unique_ptr<matching::v1::MatchService::Stub> stub_;
};

}  // namespace

std::unique_ptr<DigestSource> NewRankingSource(std::string network,
                                               Session& session,
                                               absl::Time now) {
  return std::make_unique<RankingSource>(std::move(network), session, now);
}

std::unique_ptr<DigestSource> NewStandingSource(std::string network,
                                                Session& session) {
  return std::make_unique<StandingSource>(std::move(network), session);
}

}  // namespace heimweg::cli
