#include "services/matching/standing/feedback_book.h"

#include <map>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/matching/feedback_rules.h"
#include "services/matching/wish.h"
#include "services/server/errors.h"

namespace heimweg::matching {
namespace {

using server::Call;
using server::Violation;
using storage::Transaction;

constexpr size_t kMostFeedback = 500;
constexpr absl::Duration kFillingRetry = absl::Seconds(1);
constexpr char kProfileExpected[] = "must be profiles/{profile}";

absl::Status NoSuchFeedback(const absl::Status& status) {
  if (!absl::IsNotFound(status)) return status;
  return absl::NotFoundError("there is no such feedback");
}

std::vector<Violation> GiveViolations(const v1::GiveFeedbackRequest& request) {
  std::vector<Violation> found;
  if (!ProfileIdOf(request.parent())) {
    found.push_back({"parent", kProfileExpected});
  }
  const v1::Feedback& feedback = request.feedback();
  if (KindOfName(feedback.offer()) == type::v1::OFFER_KIND_UNSPECIFIED) {
    found.push_back({"feedback.offer",
                     "must be networks/{network}/jobs/{job}, …/homes/{home} or "
                     "…/contacts/{contact}"});
  }
  if (!v1::FeedbackKind_IsValid(feedback.kind()) ||
      feedback.kind() == v1::FEEDBACK_KIND_UNSPECIFIED) {
    found.push_back({"feedback.kind", "must be one of FeedbackKind"});
  }
  return found;
}

}  // namespace

absl::Status FeedbackBook::Load() {
  auto reader = store_.Read();
  if (!reader.ok()) return reader.status();
  std::map<std::string, std::vector<v1::Feedback>> by_profile;
  absl::Status visited = records_.feedback.Visit(
      **reader, {}, [&](storage::Row<v1::Feedback> row) {
        const std::string id = row.id.substr(0, row.id.find('/'));
        by_profile[absl::StrCat("profiles/", id)].push_back(
            std::move(row.record));
        return true;
      });
  if (!visited.ok()) return visited;
  for (auto& [profile, feedback] : by_profile) {
    index_.SetFeedback(profile, std::move(feedback));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<v1::Feedback>> FeedbackBook::All(
    const storage::Reader& reader, const std::string& id) const {
  const auto rows =
      records_.feedback.Scan(reader, {.id_prefix = absl::StrCat(id, "/")});
  if (!rows.ok()) return rows.status();
  std::vector<v1::Feedback> all;
  all.reserve(rows->size());
  for (const auto& row : *rows) all.push_back(row.record);
  return all;
}

FeedbackBook::Done FeedbackBook::ThenTell(const std::string& id, Done done) {
  return [this, id, done = std::move(done)](const absl::Status& status) {
    if (!status.ok()) return done(status);
    auto reader = store_.Read();
    if (!reader.ok()) return done(reader.status());
    auto all = All(**reader, id);
    if (!all.ok()) return done(all.status());
    index_.SetFeedback(absl::StrCat("profiles/", id), *std::move(all));
    done(absl::OkStatus());
  };
}

void FeedbackBook::Give(const Call& /*call*/,
                        const v1::GiveFeedbackRequest& request,
                        v1::Feedback* response, Done done) {
  const auto violations = GiveViolations(request);
  if (!violations.empty()) return done(server::InvalidFields(violations));
  const Snapshot snapshot = index_.snapshot();
  if (!snapshot.ready()) {
    return done(
        server::Unavailable("the index is being filled", kFillingRetry));
  }
  if (snapshot.profiles->Find(request.parent()) == nullptr) {
    return done(absl::NotFoundError("there is no such profile"));
  }
  auto learned = Learned(snapshot, request.feedback());
  if (!learned.ok()) return done(learned.status());
  const std::string id = *ProfileIdOf(request.parent());
  const std::string key = PairKey(request.parent(), learned->offer());
  learned->set_name(NameOfKey(key, "feedback"));
  store_.Commit(
      [this, id, key, feedback = *std::move(learned),
       response](Transaction& txn) -> absl::Status {
        const auto all = All(txn, id);
        if (!all.ok()) return all.status();
        const auto known = records_.feedback.Find(txn, key);
        if (!known.ok()) return known.status();
        if (!known->has_value() && all->size() >= kMostFeedback) {
          return absl::FailedPreconditionError(
              "a profile has at most 500; delete some");
        }
        *response = feedback;
        *response->mutable_create_time() = TimestampOf(txn.now());
        return records_.feedback.Put(txn, key, *response).status();
      },
      ThenTell(id, std::move(done)));
}

absl::Status FeedbackBook::List(const Call& /*call*/,
                                const v1::ListFeedbackRequest& request,
                                v1::ListFeedbackResponse* response) const {
  const auto id = ProfileIdOf(request.parent());
  if (!id) return server::InvalidFields({{"parent", kProfileExpected}});
  auto reader = store_.Read();
  if (!reader.ok()) return reader.status();
  auto all = All(**reader, *id);
  if (!all.ok()) return all.status();
  for (v1::Feedback& one : *all) *response->add_feedback() = std::move(one);
  return absl::OkStatus();
}

void FeedbackBook::Delete(const Call& /*call*/,
                          const v1::DeleteFeedbackRequest& request,
                          google::protobuf::Empty* /*response*/, Done done) {
  const auto key = KeyOfName(request.name(), "feedback");
  if (!key) {
    return done(server::InvalidFields(
        {{"name", "must be profiles/{profile}/feedback/{feedback}"}}));
  }
  store_.Commit(
      [this, key = *key](Transaction& txn) -> absl::Status {
        return NoSuchFeedback(records_.feedback.Erase(txn, key).status());
      },
      ThenTell(key->substr(0, key->find('/')), std::move(done)));
}

}  // namespace heimweg::matching
