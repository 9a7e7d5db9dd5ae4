// heimweg batch rank.
#include <algorithm>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "clients/cli/flags.h"
#include "clients/cli/names.h"
#include "clients/cli/pins.h"
#include "clients/cli/program.h"
#include "clients/cli/rank_output.h"
#include "clients/cli/rank_run.h"
#include "clients/cli/rank_stream.h"
#include "clients/importers/json_syntax.h"
#include "heimweg/matching/v1/matching_service.pb.h"

namespace heimweg::cli {
namespace {

using importers::JsonQuoted;
using matching::v1::ProfileRanking;
using matching::v1::RankProfilesRequest;

constexpr char kJsonLinesFormat[] = "jsonl";
constexpr char kCsvFormat[] = "csv";

struct BatchRankOptions {
  std::string network;
  std::string kind;
  std::string out;
  std::string format = kJsonLinesFormat;
  std::string shard = "1/1";
  std::string at;
  std::string pin;
  int top = 50;
  int workers = 0;
  bool full = false;
};

// What all of an output has in common. Sentences are in a language.
std::string RunLine(const BatchRankOptions& options, absl::Time at,
                    Language language) {
  return absl::StrCat(
      "{\"run\":{\"kind\":", JsonQuoted(options.kind),
      ",\"network\":", JsonQuoted(options.network), ",\"top\":", options.top,
      ",\"full\":", options.full ? "true" : "false",
      ",\"shard\":", JsonQuoted(options.shard),
      options.pin.empty() ? ""
                          : absl::StrCat(",\"pin\":", JsonQuoted(options.pin)),
      options.format == kCsvFormat
          ? absl::StrCat(",\"language\":\"", In(language, "en", "de"), "\"")
          : "",
      ",\"evaluationTime\":",
      JsonQuoted(
          absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", at, absl::UTCTimeZone())),
      "}}");
}

absl::StatusOr<absl::Time> EvaluationTime(const BatchRankOptions& options,
                                          const RankOutput& output,
                                          Session& session) {
  if (!output.run().empty()) {
    const auto run = ReadRunLine(output.run());
    if (!run.ok()) return run.status();
    if (RunLine(options, run->at, session.language()) != output.run()) {
      return absl::FailedPreconditionError(
          "the file is of a run with other options; name another file");
    }
    return run->at;
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

// Rate and time left, a line a second for a terminal. Thread-compatible.
class Meter {
 public:
  explicit Meter(Session& session)
      : console_(session.console()), begin_(absl::Now()), shown_(begin_) {}

  // One more of `names` is done. True once a second, and at the end.
  bool Tick(int64_t names) {
    const absl::Time now = absl::Now();
    const int64_t done = ++done_;
    if (now - shown_ < absl::Seconds(1) && done != names) return false;
    shown_ = now;
    const double seconds = std::max(1e-9, absl::ToDoubleSeconds(now - begin_));
    const double rate = static_cast<double>(done) / seconds;
    console_.err << absl::StrFormat(
                        "%d of %d profiles, %.0f a second, %.0f s left", done,
                        names, rate,
                        static_cast<double>(names - done) /
                            std::max(rate, 1e-9))
                 << (console_.err_is_terminal && done != names ? "\r" : "\n")
                 << std::flush;
    return true;
  }

 private:
  Console& console_;
  int64_t done_ = 0;
  const absl::Time begin_;
  absl::Time shown_;
};

absl::Status RankAll(const BatchRankOptions& options,
                     const RankProfilesRequest& request, RankOutput& output,
                     Session& session) {
  const int workers =
      options.workers > 0
          ? options.workers
          : static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
  RankStream stream(request, session);
  Meter meter(session);
  const absl::Status status = WriteInOrder(
      workers, [&stream] { return stream.Next(); },
      [&output](const ProfileRanking& result) { return output.Record(result); },
      [&](absl::string_view record) {
        absl::Status appended = output.Append(record);
        if (!appended.ok()) return appended;
        return meter.Tick(stream.total()) ? output.Sync() : absl::OkStatus();
      },
      [&stream] { stream.Cancel(); });
  const absl::Status synced = output.Sync();
  return status.ok() ? synced : status;
}

absl::StatusOr<RankProfilesRequest> RankProfilesRequestOf(
    const BatchRankOptions& options) {
  RankProfilesRequest request;
  const auto shard = ParseShard(options.shard);
  if (!shard.ok()) return shard.status();
  request.set_shard_index(shard->index);
  request.set_shard_count(shard->count);
  if (!options.network.empty()) {
    const auto network = NetworkName(options.network);
    if (!network.ok()) return network.status();
    request.set_network(*network);
  }
  request.set_kind(OfferKindOf(AreaOfKind(options.kind)));
  request.set_limit(options.top);
  request.set_view(options.full ? matching::v1::MATCH_VIEW_FULL
                                : matching::v1::MATCH_VIEW_BASIC);
  const absl::Status status =
      AddPins(options.pin, *request.mutable_revisions());
  if (!status.ok()) return status;
  return request;
}

// What is wrong with the file, or with what it is of.
absl::Status OfOut(const absl::Status& status) {
  return absl::IsFailedPrecondition(status)
             ? absl::FailedPreconditionError(
                   absl::StrCat("--out: ", status.message()))
             : status;
}

absl::StatusOr<ExitCode> BatchRank(const BatchRankOptions& options,
                                   Session& session) {
  auto request = RankProfilesRequestOf(options);
  if (!request.ok()) return request.status();
  const std::unique_ptr<RankOutput> output =
      options.format == kCsvFormat
          ? NewCsvOutput(options.full, session.language())
          : NewJsonLinesOutput();
  absl::Status status = OfOut(output->Open(options.out));
  if (!status.ok()) return status;
  const auto at = EvaluationTime(options, *output, session);
  if (!at.ok()) return OfOut(at.status());
  session.console().listen_for_interrupt();
  // On a machine that also serves people these go first.
  session.console().yield_cores();
  if (output->run().empty()) {
    status = output->Begin(RunLine(options, *at, session.language()));
  }
  if (!status.ok()) return status;
  if (output->profiles() > 0) {
    session.console().err << "Goes on after " << output->profiles()
                          << " profiles.\n";
  }
  request->set_after_profile(output->last_profile());
  request->mutable_evaluation_time()->set_seconds(absl::ToUnixSeconds(*at));
  status = RankAll(options, *request, *output, session);
  if (!status.ok()) return status;
  return ExitCode::kOk;
}

void AddOutputOptions(CLI::App& command, BatchRankOptions& options) {
  command
      .add_option("--out,-o", options.out,
                  "The output, which is the checkpoint, too")
      ->type_name("FILE")
      ->required();
  AllowOnly(
      command
          .add_option(
              "--format", options.format,
              "JSON lines, or CSV with semicolons as `export csv` writes it, "
              "with the reasons as sentences; its run is in FILE.run")
          ->capture_default_str(),
      {kJsonLinesFormat, kCsvFormat});
}

}  // namespace

void AddBatchRankCommand(CLI::App& batch, Program& program) {
  CLI::App* command = AddCommand(
      batch, "rank",
      "Rank the offers for all profiles, a JSON line each (or a CSV row for "
      "each match) in the order of their names; killed at any point, the same "
      "command goes on with what is missing",
      {"batch rank --kind jobs --out jobs.jsonl",
       "batch rank --kind jobs --format csv --out jobs.csv",
       "batch rank --network elbe-elster --kind homes --top 20 --shard 3/8 "
       "--out homes.3.jsonl"});
  auto options = std::make_shared<BatchRankOptions>();
  AllowOnly(command->add_option("--kind,-k", options->kind, "What is ranked")
                ->required(),
            {"jobs", "homes", "contacts"});
  AddOutputOptions(*command, *options);
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
  command
      ->add_option("--workers", options->workers,
                   "Threads that write the results; the server ranks on all of "
                   "its cores [cores]")
      ->type_name("N")
      ->check(CLI::Range(1, 256).description(""));
  command
      ->add_option("--at", options->at,
                   "The moment for which it is ranked [now, kept in the file]")
      ->type_name("TIME");
  command->add_option("--pin", options->pin, kPinHelp)
      ->type_name("STORE=REVISION,…");
  command->add_flag("--full", options->full, "Every feature's value, too");
  SetAction(*command, program, [options](Session& session) {
    return BatchRank(*options, session);
  });
}

}  // namespace heimweg::cli
