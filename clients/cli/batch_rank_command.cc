// heimweg batch rank.
#include <algorithm>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "clients/cli/flags.h"
#include "clients/cli/json.h"
#include "clients/cli/names.h"
#include "clients/cli/program.h"
#include "clients/cli/rank_run.h"
#include "clients/importers/json_syntax.h"
#include "heimweg/matching/v1/matching_service.grpc.pb.h"
#include "heimweg/profiles/v1/profile_service.grpc.pb.h"

namespace heimweg::cli {
namespace {

using importers::JsonMember;
using importers::JsonQuoted;
using matching::v1::MatchingService;
using matching::v1::RankOffersRequest;
using matching::v1::RankOffersResponse;
using profiles::v1::ProfileService;

struct BatchRankOptions {
  std::string network;
  std::string kind;
  std::string out;
  std::string shard = "1/1";
  std::string at;
  int top = 50;
  int workers = 0;
  bool full = false;
};

// All names, ascending; of those that consented to the network if one is given.
absl::StatusOr<std::vector<std::string>> ListNames(
    const BatchRankOptions& options, const Shard& shard, Session& session) {
  profiles::v1::ListProfilesRequest request;
  request.set_page_size(1000);
  if (!options.network.empty()) {
    const auto network = NetworkName(options.network);
    if (!network.ok()) return network.status();
    request.set_consented_network(*network);
  }
  const auto stub = ProfileService::NewStub(session.Channel(Area::kProfiles));
  std::vector<std::string> names;
  do {
    profiles::v1::ListProfilesResponse page;
    const absl::Status status =
        session.Call(Area::kProfiles, [&](grpc::ClientContext& context) {
          return stub->ListProfiles(&context, request, &page);
        });
    if (!status.ok()) return status;
    for (const auto& profile : page.profiles()) {
      if (InShard(profile.name(), shard)) names.push_back(profile.name());
    }
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  std::sort(names.begin(), names.end());
  return names;
}

// What all lines of an output have in common; its first line.
std::string HeaderLine(const BatchRankOptions& options, absl::Time at) {
  return absl::StrCat(
      "{\"run\":{\"kind\":", JsonQuoted(options.kind),
      ",\"network\":", JsonQuoted(options.network), ",\"top\":", options.top,
      ",\"full\":", options.full ? "true" : "false",
      ",\"shard\":", JsonQuoted(options.shard), ",\"evaluationTime\":",
      JsonQuoted(
          absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", at, absl::UTCTimeZone())),
      "}}");
}

// How far an output is. Thread-compatible.
struct Progress {
  std::string header;
  std::string last;
  int64_t lines = 0;

  absl::Status Take(absl::string_view line) {
    if (header.empty()) {
      header = std::string(line);
      return absl::OkStatus();
    }
    const auto name = JsonMember(line, "profile");
    if (!name.has_value() || name->size() < 2) {
      return absl::FailedPreconditionError(
          "--out: expected a file that batch rank wrote, or none");
    }
    last = std::string(name->substr(1, name->size() - 2));
    ++lines;
    return absl::OkStatus();
  }
};

// The evaluation time of a header line.
absl::StatusOr<absl::Time> TimeOfHeader(const std::string& header) {
  const auto run = JsonMember(header, "run");
  const auto text =
      run.has_value() ? JsonMember(*run, "evaluationTime") : std::nullopt;
  absl::Time time;
  std::string error;
  if (!text.has_value() || text->size() < 2 ||
      !absl::ParseTime(absl::RFC3339_full, text->substr(1, text->size() - 2),
                       &time, &error)) {
    return absl::FailedPreconditionError(
        "--out: expected a file that batch rank wrote, or none");
  }
  return time;
}

absl::StatusOr<absl::Time> EvaluationTime(const BatchRankOptions& options,
                                          const Progress& progress,
                                          Session& session) {
  if (!progress.header.empty()) {
    auto time = TimeOfHeader(progress.header);
    if (!time.ok()) return time.status();
    if (HeaderLine(options, *time) != progress.header) {
      return absl::FailedPreconditionError(
          "--out: the file is of a run with other options; name another file");
    }
    return time;
  }
  if (options.at.empty()) {
    return absl::FromUnixSeconds(absl::ToUnixSeconds(session.console().now()));
  }
  absl::Time time;
  std::string error;
  if (!absl::ParseTime(absl::RFC3339_full, options.at, &time, &error)) {
    return absl::InvalidArgumentError(
        "--at: expected a time, e.g. 2027-01-01T00:00:00Z");
  }
  return time;
}

// The line of one profile. One that is gone or seeks no job has a line, too.
absl::StatusOr<std::string> RankLine(const RankOffersRequest& common,
                                     const std::string& name,
                                     MatchingService::Stub& stub,
                                     const Session& session) {
  RankOffersRequest request = common;
  request.set_profile(name);
  RankOffersResponse response;
  const absl::Status status =
      session.Call(Area::kMatching, [&](grpc::ClientContext& context) {
        return stub.RankOffers(&context, request, &response);
      });
  const std::string begin = absl::StrCat("{\"profile\":", JsonQuoted(name));
  if (absl::IsNotFound(status) || absl::IsFailedPrecondition(status)) {
    return absl::StrCat(begin, ",\"error\":",
                        JsonQuoted(absl::StatusCodeToString(status.code())),
                        "}");
  }
  if (!status.ok()) return status;
  return absl::StrCat(begin, ",\"ranking\":", ToJson(response), "}");
}

// Rate and time left, a line a second for a terminal. Thread-compatible.
class Meter {
 public:
  Meter(size_t names, Session& session)
      : names_(names),
        console_(session.console()),
        begin_(absl::Now()),
        shown_(begin_) {}

  // True once a second.
  bool Tick(size_t done) {
    const absl::Time now = absl::Now();
    if (now - shown_ < absl::Seconds(1) && done != names_) return false;
    shown_ = now;
    const double seconds = std::max(1e-9, absl::ToDoubleSeconds(now - begin_));
    const double rate = static_cast<double>(done) / seconds;
    console_.err << absl::StrFormat(
                        "%d of %d profiles, %.0f a second, %.0f s left", done,
                        names_, rate,
                        static_cast<double>(names_ - done) /
                            std::max(rate, 1e-9))
                 << (console_.err_is_terminal && done != names_ ? "\r" : "\n")
                 << std::flush;
    return true;
  }

 private:
  const size_t names_;
  Console& console_;
  const absl::Time begin_;
  absl::Time shown_;
};

absl::Status RankAll(const BatchRankOptions& options,
                     const RankOffersRequest& common,
                     const std::vector<std::string>& names, LineFile& file,
                     Session& session) {
  const auto stub = MatchingService::NewStub(session.Channel(Area::kMatching));
  const int workers =
      options.workers > 0
          ? options.workers
          : static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
  Meter meter(names.size(), session);
  absl::Status status = ComputeInOrder(
      names, workers,
      [&](const std::string& name) {
        return RankLine(common, name, *stub, session);
      },
      [&](size_t index, absl::string_view line) {
        if (session.console().interrupted()) {
          return absl::CancelledError(
              "interrupted; the same command goes on where it ended");
        }
        absl::Status appended = file.Append(line);
        if (!appended.ok()) return appended;
        return meter.Tick(index + 1) ? file.Sync() : absl::OkStatus();
      });
  const absl::Status synced = file.Sync();
  return status.ok() ? synced : status;
}

absl::StatusOr<ExitCode> BatchRank(const BatchRankOptions& options,
                                   Session& session) {
  const auto shard = ParseShard(options.shard);
  if (!shard.ok()) return shard.status();
  LineFile file;
  Progress progress;
  absl::Status status = file.Open(
      options.out,
      [&progress](absl::string_view line) { return progress.Take(line); });
  if (!status.ok()) return status;
  const auto at = EvaluationTime(options, progress, session);
  if (!at.ok()) return at.status();
  session.console().listen_for_interrupt();
  auto names = ListNames(options, *shard, session);
  if (!names.ok()) return names.status();
  if (progress.header.empty()) status = file.Append(HeaderLine(options, *at));
  if (!status.ok()) return status;
  if (progress.lines > 0) {
    names->erase(names->begin(),
                 std::upper_bound(names->begin(), names->end(), progress.last));
    session.console().err << "Goes on after " << progress.lines
                          << " profiles.\n";
  }
  RankOffersRequest common;
  common.set_kind(OfferKindOf(AreaOfKind(options.kind)));
  common.set_limit(options.top);
  common.set_view(options.full ? matching::v1::MATCH_VIEW_FULL
                               : matching::v1::MATCH_VIEW_BASIC);
  common.mutable_evaluation_time()->set_seconds(absl::ToUnixSeconds(*at));
  status = RankAll(options, common, *names, file, session);
  if (!status.ok()) return status;
  return ExitCode::kOk;
}

}  // namespace

void AddBatchRankCommand(CLI::App& batch, Program& program) {
  CLI::App* command = AddCommand(
      batch, "rank",
      "Rank the offers for all profiles, a JSON line each in the order of "
      "their names; killed at any point, the same command goes on with what is "
      "missing",
      {"batch rank --kind jobs --out jobs.jsonl",
       "batch rank --network elbe-elster --kind homes --top 20 --shard 3/8 "
       "--out homes.3.jsonl"});
  auto options = std::make_shared<BatchRankOptions>();
  AllowOnly(command->add_option("--kind,-k", options->kind, "What is ranked")
                ->required(),
            {"jobs", "homes", "contacts"});
  command
      ->add_option("--out,-o", options->out,
                   "The output, which is the checkpoint, too")
      ->type_name("FILE")
      ->required();
  command
      ->add_option("--network,-n", options->network,
                   "Profiles that consented to this network [all]")
      ->type_name("NETWORK");
  command->add_option("--top", options->top, "Most matches a profile")
      ->type_name("K")
      ->check(CLI::Range(1, 1000).description(""))
      ->capture_default_str();
  command
      ->add_option("--shard", options->shard,
                   "Part i of n by a stable hash of the profile's name")
      ->type_name("i/n")
      ->capture_default_str();
  command->add_option("--workers", options->workers, "Calls at a time [cores]")
      ->type_name("N")
      ->check(CLI::Range(1, 256).description(""));
  command
      ->add_option("--at", options->at,
                   "The moment for which it is ranked [now, kept in the file]")
      ->type_name("TIME");
  command->add_flag("--full", options->full, "Every feature's value, too");
  SetAction(*command, program, [options](Session& session) {
    return BatchRank(*options, session);
  });
}

}  // namespace heimweg::cli
