// A digest's source: outputs of `heimweg batch rank`.
#include <algorithm>
#include <fstream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "clients/cli/digest_source.h"
#include "clients/cli/flags.h"
#include "clients/cli/json.h"
#include "clients/cli/rank_output.h"
#include "clients/importers/byte_source.h"
#include "clients/importers/json_syntax.h"
#include "heimweg/matching/v1/matching_service.grpc.pb.h"

namespace heimweg::cli {
namespace {

using matching::v1::Match;
using matching::v1::RankOffersResponse;

constexpr absl::Duration kOldestRun = absl::Hours(48);

absl::Status InFile(const std::string& path, absl::string_view what) {
  return absl::FailedPreconditionError(absl::StrCat(path, ": ", what));
}

// One output, read along with the names that are asked for. Thread-compatible.
class BatchFile {
 public:
  explicit BatchFile(std::string path) : path_(std::move(path)) {}

  absl::Status Open(absl::Time now) {
    file_.open(path_, std::ios::binary);
    if (!file_) return importers::CannotRead(path_, "an output of batch rank");
    const absl::StatusOr<bool> more = ReadLine();
    if (!more.ok()) return more.status();
    auto run = ReadRunLine(line_);
    if (!run.ok()) return InFile(path_, run.status().message());
    if (run->at < now - kOldestRun) {
      return InFile(path_,
                    "it was ranked for a moment more than two days ago; what "
                    "it holds may be gone: expected a newer one");
    }
    run_ = *std::move(run);
    return ReadProfile();
  }

  const std::string& path() const { return path_; }
  Area area() const { return AreaOfKind(run_.kind); }

  // Adds the profile's matches; none if the file does not hold it.
  absl::Status AddMatches(const std::string& profile,
                          std::vector<Match>& matches) {
    while (!at_end_ && profile_ < profile) {
      absl::Status status = ReadProfile();
      if (!status.ok()) return status;
    }
    if (at_end_ || profile_ != profile) return absl::OkStatus();
    const auto json = importers::JsonMember(line_, "ranking");
    if (!json.has_value()) return absl::OkStatus();  // could not be ranked
    RankOffersResponse ranking;
    const absl::Status status = FromJson(*json, ranking);
    if (!status.ok()) return InFile(path_, status.message());
    for (Match& match : *ranking.mutable_matches()) {
      matches.push_back(std::move(match));
    }
    return absl::OkStatus();
  }

 private:
  // False at the end; a last line that is not whole is none.
  absl::StatusOr<bool> ReadLine() {
    std::getline(file_, line_);
    if (file_.bad()) {
      return importers::CannotRead(path_, "an output of batch rank");
    }
    return !file_.eof();
  }

  absl::Status ReadProfile() {
    const absl::StatusOr<bool> more = ReadLine();
    if (!more.ok()) return more.status();
    at_end_ = !*more;
    if (at_end_) return absl::OkStatus();
    const auto name = ProfileOfLine(line_);
    if (!name.ok()) return InFile(path_, name.status().message());
    if (*name <= profile_) return InFile(path_, "the names are not in order");
    profile_ = std::string(*name);
    return absl::OkStatus();
  }

  const std::string path_;
  std::ifstream file_;
  RankRun run_;
  std::string line_;
  std::string profile_;  // whose line it is
  bool at_end_ = false;
};

class BatchSource : public DigestSource {
 public:
  BatchSource(std::vector<std::unique_ptr<BatchFile>> files,
              const std::string& network, Session& session, absl::Time now)
      : files_(std::move(files)),
        offers_(absl::StrCat(network, "/")),
        session_(session),
        now_(now),
        stub_(matching::v1::MatchingService::NewStub(
            session.Channel(Area::kMatching))) {}

  absl::StatusOr<std::vector<Match>> Best(const std::string& profile, Area area,
                                          DigestReader reader,
                                          int limit) override {
    std::vector<Match> matches;
    for (const auto& file : files_) {
      if (file->area() != area) continue;
      const size_t before = matches.size();
      absl::Status status = file->AddMatches(profile, matches);
      if (!status.ok()) return status;
      if (before > 0 && matches.size() > before) {
        return InFile(file->path(), "another file holds the same household");
      }
    }
    if (reader == DigestReader::kCounsellor) {
      matches.erase(std::remove_if(matches.begin(), matches.end(),
                                   [this](const Match& match) {
                                     return !absl::StartsWith(match.offer(),
                                                              offers_);
                                   }),
                    matches.end());
    }
    if (matches.size() > static_cast<size_t>(limit)) matches.resize(limit);
    return matches;
  }

  // Since the run an offer may have been withdrawn, or changed.
  absl::StatusOr<bool> StillFits(const std::string& profile,
                                 const Match& match) override {
    matching::v1::ExplainMatchRequest request;
    request.set_profile(profile);
    request.set_offer(match.offer());
    request.set_adult(match.adult());
    request.mutable_evaluation_time()->set_seconds(absl::ToUnixSeconds(now_));
    matching::v1::ExplainMatchResponse response;
    const absl::Status status =
        session_.Call(Area::kMatching, [&](grpc::ClientContext& context) {
          return stub_->ExplainMatch(&context, request, &response);
        });
    if (absl::IsNotFound(status)) return false;
    if (!status.ok()) return status;
    return response.eligible();
  }

 private:
  const std::vector<std::unique_ptr<BatchFile>> files_;
  const std::string offers_;  // how names of the network's offers begin
  Session& session_;
  const absl::Time now_;
  const std::unique_ptr<matching::v1::MatchingService::Stub> stub_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<DigestSource>> OpenBatchSource(
    const std::vector<std::string>& files, const std::string& network,
    Session& session, absl::Time now) {
  std::vector<std::unique_ptr<BatchFile>> opened;
  for (const std::string& path : files) {
    opened.push_back(std::make_unique<BatchFile>(path));
    absl::Status status = opened.back()->Open(now);
    if (!status.ok()) return status;
  }
  return std::make_unique<BatchSource>(std::move(opened), network, session,
                                       now);
}

}  // namespace heimweg::cli
