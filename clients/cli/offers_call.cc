#include "clients/cli/offers_call.h"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "clients/cli/assign_input.h"
#include "clients/cli/errors.h"
#include "clients/cli/flags.h"
#include "clients/cli/json.h"
#include "clients/cli/names.h"
#include "clients/cli/output.h"
#include "clients/cli/pins.h"
#include "clients/cli/stream_call.h"
#include "clients/importers/json_syntax.h"
#include "heimweg/matching/v1/matching_service.grpc.pb.h"
#include "services/assignment/csv_rows.h"

namespace heimweg::cli {
namespace {

using assignment::CsvError;
using assignment::CsvRow;
using importers::JsonQuoted;
using matching::v1::AssignmentMethod;
using matching::v1::AssignOffersRequest;
using matching::v1::AssignOffersResponse;
using matching::v1::MatchingService;
using matching::v1::OfferAssignment;

// Calls take(row) for each row below the header `first,second`.
template <typename Take>
absl::Status ReadPairs(const std::string& path, std::istream& in,
                       absl::string_view first, absl::string_view second,
                       Take take) {
  bool has_header = false;
  return ReadFile(path, in, [&](std::istream& file) {
    return assignment::ReadCsv(
        file, path, [&](const CsvRow& row) -> absl::Status {
          if (row.cells.size() != 2) {
            return CsvError(path, row.line, 0, "expected two columns");
          }
          if (std::exchange(has_header, true)) return take(row);
          if (row.cells[0] == first && row.cells[1] == second) {
            return absl::OkStatus();
          }
          return CsvError(
              path, row.line, 0,
              absl::StrCat("expected the header ", first, ",", second));
        });
  });
}

absl::Status AddCapacities(const std::string& path, std::istream& in,
                           AssignOffersRequest& request) {
  if (path.empty()) return absl::OkStatus();
  return ReadPairs(
      path, in, "offer", "capacity", [&](const CsvRow& row) -> absl::Status {
        int32_t capacity = 0;
        if (!absl::SimpleAtoi(row.cells[1], &capacity)) {
          return CsvError(path, row.line, 2, "expected a whole number");
        }
        matching::v1::OfferCapacity& added = *request.add_capacities();
        added.set_offer(row.cells[0]);
        added.set_capacity(capacity);
        return absl::OkStatus();
      });
}

absl::Status AddLocks(const std::string& path, std::istream& in,
                      AssignOffersRequest& request) {
  if (path.empty()) return absl::OkStatus();
  return ReadPairs(path, in, "profile", "offer", [&](const CsvRow& row) {
    matching::v1::AssignmentLock& added = *request.add_locks();
    added.set_profile(row.cells[0]);
    if (!absl::EqualsIgnoreCase(row.cells[1], "NA")) {
      added.set_offer(row.cells[1]);
    }
    return absl::OkStatus();
  });
}

AssignmentMethod MethodOf(absl::string_view name) {
  if (name == "greedy") return matching::v1::ASSIGNMENT_METHOD_GREEDY;
  return name == "deferred-acceptance"
             ? matching::v1::ASSIGNMENT_METHOD_STABLE
             : matching::v1::ASSIGNMENT_METHOD_OPTIMUM;
}

absl::StatusOr<AssignOffersRequest> AssignOffersRequestOf(
    const OffersCall& call, std::istream& in) {
  AssignOffersRequest request;
  request.set_kind(OfferKindOf(AreaOfKind(call.kind)));
  request.set_limit(call.top);
  request.set_method(MethodOf(call.method));
  if (!call.network.empty()) {
    const auto network = NetworkName(call.network);
    if (!network.ok()) return network.status();
    request.set_network(*network);
  }
  if (!call.at.empty()) {
    const auto at = ParseTime(call.at);
    if (!at.ok()) return at.status();
    request.mutable_evaluation_time()->set_seconds(absl::ToUnixSeconds(*at));
  }
  absl::Status status = AddPins(call.pin, *request.mutable_revisions());
  if (status.ok()) status = AddCapacities(call.capacities, in, request);
  if (status.ok()) status = AddLocks(call.locks, in, request);
  if (!status.ok()) return status;
  return request;
}

// All messages of a stream as one. The ranking is told as it goes on; the
// solver may take its time.
absl::StatusOr<AssignOffersResponse> AskForOffers(
    const AssignOffersRequest& request, Session& session) {
  Console& console = session.console();
  console.listen_for_interrupt();
  const auto stub = MatchingService::NewStub(session.Channel(Area::kMatching));
  StreamCall<AssignOffersResponse> call(
      [&](grpc::ClientContext* context, grpc::CompletionQueue* queue) {
        return stub->PrepareAsyncAssignOffers(context, request, queue);
      },
      [&console] { return console.interrupted(); }, absl::InfiniteDuration());
  AssignOffersResponse all;
  AssignOffersResponse message;
  while (call.Read(message)) {
    if (console.err_is_terminal && !all.has_summary()) {
      console.err << absl::StrFormat("%d of %d profiles ranked\r",
                                     message.ranked_profiles(),
                                     message.total_profiles())
                  << std::flush;
    }
    all.clear_revisions();
    all.MergeFrom(message);
    message.Clear();
  }
  grpc::Status status;
  absl::Status gave_up = call.Finish(status);
  if (!gave_up.ok()) return gave_up;
  const absl::Status end = FromGrpc(status, session.Address(Area::kMatching));
  if (!end.ok()) return end;
  return all;
}

// In the shape of what files give.
void PrintAnswerJson(const OffersCall& call, const AssignOffersResponse& answer,
                     std::ostream& out) {
  const auto& summary = answer.summary();
  const int64_t best = summary.best_total_score();
  const bool optimal = summary.total_score() == best;
  out << "{\"status\":" << (optimal ? "\"optimal\"" : "\"feasible\"")
      << ",\"method\":" << JsonQuoted(call.method)
      << ",\"objective\":" << summary.total_score() << ",\"bound\":" << best
      << ",\"gap\":"
      << absl::StrFormat("%.9f",
                         static_cast<double>(best - summary.total_score()) /
                             static_cast<double>(std::max<int64_t>(best, 1)))
      << ",\"blockingPairs\":" << summary.blocking_pairs()
      << ",\"summary\":" << ToJson(summary) << ",\"scarceOffers\":[";
  const char* comma = "";
  for (const auto& scarce : answer.scarce_offers()) {
    out << std::exchange(comma, ",") << ToJson(scarce);
  }
  out << "],\"assignments\":[";
  comma = "";
  for (const OfferAssignment& one : answer.assignments()) {
    out << std::exchange(comma, ",")
        << "{\"person\":" << JsonQuoted(one.profile())
        << ",\"offer\":" << JsonQuoted(one.offer())
        << ",\"score\":" << one.score_millionths();
    if (!one.adult().empty()) out << ",\"adult\":" << JsonQuoted(one.adult());
    if (one.locked()) out << ",\"locked\":true";
    out << "}";
  }
  out << "]}\n";
}

void PrintAnswerText(const OffersCall& call, const AssignOffersResponse& answer,
                     Session& session) {
  Table table;
  table.AddColumn("Profile", Table::Align::kLeft, true);
  table.AddColumn("Offer", Table::Align::kLeft, true);
  table.AddColumn("Score", Table::Align::kRight);
  table.AddColumn("Adult");
  for (const OfferAssignment& one : answer.assignments()) {
    table.AddRow({Printable(one.profile()), Printable(one.offer()),
                  absl::StrFormat("%.3f%s", one.score_millionths() / 1e6,
                                  one.locked() ? " locked" : ""),
                  Printable(one.adult())});
  }
  PrintTable(table, session);
  const auto& summary = answer.summary();
  const int64_t best = std::max<int64_t>(1, summary.best_total_score());
  std::ostream& out = session.console().out;
  out << absl::StrFormat(
      "%s: %d of %d profiles with matches have an offer; total %d, %.3f %% of "
      "the optimum %d\n%d pairs would both rather have each other\n",
      call.method, summary.assigned_profiles(), summary.profiles_with_matches(),
      summary.total_score(),
      100 * static_cast<double>(summary.total_score()) /
          static_cast<double>(best),
      summary.best_total_score(), summary.blocking_pairs());
  if (answer.scarce_offers().empty()) return;
  out << "Offers of which one more opening would help:\n";
  Table scarce;
  scarce.AddColumn("Offer", Table::Align::kLeft, true);
  scarce.AddColumn("Openings", Table::Align::kRight);
  scarce.AddColumn("Worth", Table::Align::kRight);
  for (const auto& one : answer.scarce_offers()) {
    scarce.AddRow(
        {Printable(one.offer()), absl::StrCat(one.capacity()),
         absl::StrFormat("%.3f", one.shadow_price_millionths() / 1e6)});
  }
  PrintTable(scarce, session);
}

}  // namespace

absl::StatusOr<ExitCode> AssignByService(const OffersCall& call,
                                         Session& session) {
  const auto request = AssignOffersRequestOf(call, session.console().in);
  if (!request.ok()) return request.status();
  const auto answer = AskForOffers(*request, session);
  if (!answer.ok()) return answer.status();
  if (session.json()) {
    PrintAnswerJson(call, *answer, session.console().out);
  } else {
    PrintAnswerText(call, *answer, session);
  }
  return ExitCode::kOk;
}

}  // namespace heimweg::cli
