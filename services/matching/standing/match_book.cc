#include "services/matching/standing/match_book.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "services/feeds/token.h"
#include "services/matching/standing/match_act.h"
#include "services/matching/standing/match_feed.h"
#include "services/matching/standing/match_scope.h"
#include "services/server/errors.h"
#include "storage/requests.h"

namespace heimweg::matching {
namespace {

using server::Call;
using server::Violation;
using storage::Transaction;

constexpr int kStandardPage = 50;
constexpr int kMostPage = 1'000;
constexpr size_t kMostPageBytes = 2 << 20;
// Rows that are looked at for one page, so that a filter that lets little
// through does not hold a worker.
constexpr int kMostLookedAt = 10'000;
constexpr int kMostOfFilter = 20;
constexpr int32_t kOneInMillionths = 1'000'000;

constexpr char kParentExpected[] = "must be profiles/{profile} or profiles/-";

template <typename Values, typename Value>
bool Lets(const Values& wanted, Value value) {
  return wanted.empty() ||
         std::find(wanted.begin(), wanted.end(), value) != wanted.end();
}

bool Lets(const v1::MatchFilter& filter, const v1::StoredMatch& match) {
  return Lets(filter.states(), match.state()) &&
         Lets(filter.kinds(), match.kind()) &&
         Lets(filter.standings(), match.standing()) &&
         (filter.offer().empty() || filter.offer() == match.match().offer()) &&
         match.score_millionths() >= filter.min_score_millionths();
}

void CheckFilter(const v1::MatchFilter& filter, std::vector<Violation>& found) {
  const auto check = [&found](const auto& values, bool (*is_valid)(int),
                              const char* field) {
    if (values.size() > kMostOfFilter ||
        !std::all_of(values.begin(), values.end(), is_valid)) {
      found.push_back({field, "at most 20 values of the enum"});
    }
  };
  check(filter.states(), v1::MatchState_IsValid, "filter.states");
  check(filter.kinds(), type::v1::OfferKind_IsValid, "filter.kinds");
  check(filter.standings(), v1::MatchStanding_IsValid, "filter.standings");
  if (filter.min_score_millionths() < 0 ||
      filter.min_score_millionths() > kOneInMillionths) {
    found.push_back({"filter.min_score_millionths", "0 to 1,000,000"});
  }
}

std::string PagePurpose(v1::ListMatchesRequest request,
                        const MatchScope& scope) {
  request.clear_page_token();
  request.clear_page_size();
  return absl::StrCat("page\n", scope.Text(), "\n",
                      request.SerializeAsString());
}

// Where the page begins and what is wrong with the request.
std::string CheckList(const v1::ListMatchesRequest& request,
                      const std::optional<MatchScope>& scope,
                      std::vector<Violation>& found) {
  if (!scope) found.push_back({"parent", kParentExpected});
  if (request.page_size() < 0) {
    found.push_back({"page_size", "must not be negative"});
  }
  CheckFilter(request.filter(), found);
  if (!scope || request.page_token().empty()) return "";
  auto after =
      feeds::ParsePageToken(PagePurpose(request, *scope), request.page_token());
  if (!after) found.push_back({"page_token", "must be of the same request"});
  return std::move(after).value_or("");
}

// The error of the record itself names its key; this one names none.
absl::Status NoSuchMatch(const absl::Status& status) {
  if (!absl::IsNotFound(status)) return status;
  return absl::NotFoundError("there is no such match");
}

}  // namespace

absl::Status MatchBook::Get(const Call& /*call*/,
                            const v1::GetMatchRequest& request,
                            v1::StoredMatch* response) const {
  const auto key = KeyOfName(request.name(), "matches");
  if (!key) {
    return server::InvalidFields(
        {{"name", "must be profiles/{profile}/matches/{match}"}});
  }
  auto reader = store_.Read();
  if (!reader.ok()) return reader.status();
  auto row = records_.matches.Get(**reader, *key);
  if (!row.ok()) return NoSuchMatch(row.status());
  *response = MatchOfRow(*std::move(row));
  return absl::OkStatus();
}

absl::Status MatchBook::List(const Call& call,
                             const v1::ListMatchesRequest& request,
                             v1::ListMatchesResponse* response) const {
  const auto scope = MatchScope::Of(request.parent(), call.caller);
  std::vector<Violation> found;
  const std::string after = CheckList(request, scope, found);
  if (!found.empty()) return server::InvalidFields(found);
  const int size = request.page_size() == 0
                       ? kStandardPage
                       : std::min(request.page_size(), kMostPage);
  auto reader = store_.Read();
  if (!reader.ok()) return reader.status();
  int looked_at = 0;
  size_t bytes = 0;
  std::string last = after;
  bool more = false;
  absl::Status visited = records_.matches.Visit(
      **reader, scope->Scan(after), [&](storage::Row<v1::StoredMatch> row) {
        if (response->matches_size() == size || bytes >= kMostPageBytes ||
            ++looked_at > kMostLookedAt) {
          more = true;
          return false;
        }
        last = row.id;
        if (!Lets(request.filter(), row.record)) return true;
        *response->add_matches() = MatchOfRow(std::move(row));
        bytes += response->matches().rbegin()->ByteSizeLong();
        return true;
      });
  if (!visited.ok()) return visited;
  if (more) {
    response->set_next_page_token(
        feeds::PageToken(PagePurpose(request, *scope), last));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<server::Source<v1::WatchMatchesResponse>>>
MatchBook::Watch(const Call& call, const v1::WatchMatchesRequest& request,
                 server::Wake wake) const {
  const auto scope = MatchScope::Of(request.parent(), call.caller);
  std::optional<feeds::WatchPosition> position;
  std::vector<Violation> found;
  if (!scope) {
    found.push_back({"parent", kParentExpected});
  } else if (!request.resume_token().empty()) {
    position = feeds::ParseWatchToken(store_.id(), scope->Text(),
                                      request.resume_token());
    if (!position) {
      found.push_back({"resume_token", "must be of a watch of this parent"});
    }
  }
  if (!found.empty()) return server::InvalidFields(found);
  return std::make_unique<MatchFeed>(MatchTopic(records_, *scope), store_,
                                     std::move(position), std::move(wake));
}

void MatchBook::Act(const Call& call, const v1::ActOnMatchRequest& request,
                    v1::StoredMatch* response, Done done) {
  const auto violations = ActViolations(request);
  if (!violations.empty()) return done(server::InvalidFields(violations));
  v1::ActOnMatchRequest body = request;
  body.clear_request_id();
  store_.Commit(
      [this, key = *KeyOfName(request.name(), "matches"),
       caller = call.caller.id, body = std::move(body),
       id = request.request_id(), response](Transaction& txn) -> absl::Status {
        const std::string bytes = body.SerializeAsString();
        const storage::RequestId once{caller, "ActOnMatch", id, bytes};
        bool repeated = false;
        if (!id.empty()) {
          const auto known = storage::RequestLog().Find(txn, once);
          if (absl::IsInvalidArgument(known.status())) {
            return server::InvalidFields(
                {{"request_id",
                  "was used for another request; take a new one"}});
          }
          if (!known.ok()) return known.status();
          repeated = known->has_value();
        }
        if (!repeated) {
          absl::Status acted = ApplyAct(records_, key, body, txn);
          if (acted.ok() && !id.empty()) {
            acted = storage::RequestLog().Remember(txn, once, key);
          }
          if (!acted.ok()) return NoSuchMatch(acted);
        }
        auto row = records_.matches.Get(txn, key);
        if (!row.ok()) return NoSuchMatch(row.status());
        *response = MatchOfRow(*std::move(row));
        return absl::OkStatus();
      },
      std::move(done));
}

}  // namespace heimweg::matching
