// A book of jobs on RocksDB under any sequence of calls: after each sequence
// records, index rows, personal parts, pages and the watch say the same. Input:
// one operation after the other: a letter, then what it needs (Operation).
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "services/offers/testing/test_book.h"
#include "tests/fuzz/book_contents.h"
#include "tests/fuzz/input.h"

namespace heimweg::fuzz {
namespace {

using jobs::v1::Job;
using offers::testing::TestBook;

constexpr int kMostOperations = 40;
constexpr int kMostMessages = 1'000;  // More than any watch here has.
constexpr int kInputsPerBook = 500;

// Runs the operations of one input on a book that is empty before and after.
// Thread-compatible.
class Session {
 public:
  Session(TestBook& book, Input input) : book_(book), input_(input) {
    StartWatch();
  }

  void Run() {
    for (int i = 0; i < kMostOperations && !input_.empty(); ++i) Operation();
    const Contents contents = ReadAll(book_.store());
    CheckContents(contents);
    CheckList(contents);
    CheckWatch(contents);
    for (const auto& [id, job] : contents.records) {
      Require(book_.Delete(NameOf(id)).ok(), "what is there can be deleted");
    }
    const Contents empty = ReadAll(book_.store());
    Require(
        empty.records.empty() && empty.index.empty() && empty.personal.empty(),
        "a deletion leaves nothing");
  }

 private:
  void StartWatch() {
    auto watch = book_.StartWatch();
    Require(watch.ok(), "a watch starts");
    watch_ = *std::move(watch);
    watched_.clear();
  }

  // Takes at most so many messages of the watch. When the log has forgotten
  // where it was, it begins anew, as its contract says.
  void Follow(int most_messages) {
    for (int i = 0; i < most_messages; ++i) {
      jobs::v1::WatchJobsResponse message;
      const auto pulled = watch_->Next(&message);
      if (absl::IsOutOfRange(pulled.status())) {
        StartWatch();
        continue;
      }
      Require(pulled.ok(), "a watch goes on");
      if (*pulled != server::Pull::kMessage) break;
      Apply(message);
    }
  }

  void Apply(const jobs::v1::WatchJobsResponse& message) {
    for (const jobs::v1::JobChange& change : message.changes()) {
      if (change.has_job()) {
        watched_[change.job().name()] = change.job().SerializeAsString();
      } else {
        watched_.erase(change.deleted_name());
      }
    }
  }

  static std::string NameOf(const std::string& id) {
    return offers::OfferName("jobs", id);
  }

  // c create, u update, d delete, i import, a let time pass, s sweep what
  // expired, w read some of the watch.
  void Operation() {
    switch (input_.Byte()) {
      case 'c':
        Create();
        break;
      case 'u':
        Update();
        break;
      case 'd':
        (void)book_.Delete(Name(), Etag());
        break;
      case 'i':
        Import();
        break;
      case 'a':
        book_.clock().Advance(absl::Hours(24) * input_.Byte());
        break;
      case 's':
        (void)book_->SweepExpired();
        break;
      case 'w':
        Follow(1);
        break;
      default:
        break;
    }
  }

  std::string Id() { return absl::StrCat("job-", input_.Byte() % 4); }
  std::string Network() { return input_.Byte() % 4 == 0 ? "moon" : "sun"; }
  std::string Name() {
    const std::string network = Network();
    return absl::StrCat("networks/", network, "/jobs/", Id());
  }
  std::string Etag() {
    const uint8_t byte = input_.Byte();
    return byte % 4 == 0 ? absl::StrCat(absl::Hex(byte)) : "";
  }

  // A job of a few flags and a title; often valid, not always.
  Job AnyJob() {
    Job job = offers::testing::AJob(input_.AsciiLine());
    const uint8_t flags = input_.Byte();
    if (flags & 1) job.set_source("csv:fuzz");
    if (flags & 2) job.set_external_id(absl::StrCat("x", input_.Byte() % 4));
    if (flags & 4) job.mutable_contact_person()->set_display_name("Erika");
    if (flags & 8) job.mutable_place()->set_postal_code("03238");
    if (flags & 16) {
      job.add_occupations()->set_kldb_code(
          absl::StrCat(81'300 + input_.Byte() % 8));
    }
    if (flags & 32) {
      *job.mutable_validity()->mutable_end_time() = offers::ToTimestamp(
          book_.clock().AsFunction()() + absl::Hours(24) * input_.Byte());
    }
    if (flags & 64) job.set_state(type::v1::OFFER_STATE_PUBLISHED);
    if (flags & 128) job.mutable_place()->set_street_address("Am Markt 1");
    return job;
  }

  std::string RequestId() {
    const uint8_t byte = input_.Byte();
    return byte % 4 == 0 ? offers::testing::Uuid(byte) : "";
  }

  void Create() {
    jobs::v1::CreateJobRequest request;
    request.set_parent(absl::StrCat("networks/", Network()));
    request.set_job_id(Id());
    request.set_request_id(RequestId());
    *request.mutable_job() = AnyJob();
    const auto created = book_.Create(request);
    if (!created.ok()) return;
    const auto found = book_.Get(created->name(), /*full=*/true);
    Require(found.ok() || !request.request_id().empty(),
            "what was created is there");
  }

  void Update() {
    jobs::v1::UpdateJobRequest request;
    const std::string name = Name();
    const std::string etag = Etag();
    request.set_request_id(RequestId());
    const std::string paths = input_.AsciiLine();
    *request.mutable_job() = AnyJob();
    request.mutable_job()->set_name(name);
    request.mutable_job()->set_etag(etag);
    if (!paths.empty()) request.mutable_update_mask()->add_paths(paths);
    (void)book_.Update(request);
  }

  void Import() {
    const std::string parent = absl::StrCat("networks/", Network());
    std::vector<Job> rows;
    const int count = input_.Byte() % 4;
    for (int i = 0; i < count; ++i) rows.push_back(AnyJob());
    const auto answer =
        book_.StartImport()(offers::testing::Rows(rows, parent));
    if (!answer.ok()) return;
    Require(answer->results_size() == count, "every row has a result");
  }

  void CheckList(const Contents& contents) {
    jobs::v1::ListJobsRequest request;
    request.set_parent("networks/-");
    request.set_page_size(3);
    request.mutable_filter()->set_include_expired(true);
    std::vector<std::string> names;
    do {
      const auto page = book_.List(request);
      Require(page.ok(), "pages can be read");
      for (const Job& job : page->jobs()) names.push_back(job.name());
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    std::vector<std::string> expected;
    for (const auto& [id, job] : contents.records) {
      expected.push_back(NameOf(id));
    }
    Require(names == expected, "the pages have every offer once, in order");
  }

  void CheckWatch(const Contents& contents) {
    Follow(kMostMessages);
    Require(watched_.size() == contents.records.size(),
            "a watcher holds as many offers as the store");
    for (const auto& [id, job] : contents.records) {
      const auto seen = watched_.find(NameOf(id));
      Require(seen != watched_.end(), "a watcher knows every offer");
      const auto stored = book_.Get(NameOf(id));
      Require(stored.ok() && stored->SerializeAsString() == seen->second,
              "a watcher holds what the store holds");
    }
  }

  TestBook& book_;
  Input input_;
  TestBook::Watch watch_;
  std::map<std::string, std::string> watched_;  // By name: bytes.
};

// A book that no input has left anything in; made anew from time to time, so
// that its log does not grow for ever.
TestBook& EmptyBook() {
  static std::unique_ptr<TestBook>* const book = new std::unique_ptr<TestBook>;
  static int inputs = 0;
  if (inputs++ % kInputsPerBook == 0) {
    book->reset();
    *book = std::make_unique<TestBook>(
        [](offers::BookOptions&) {},
        [](storage::RocksDbOptions& engine, storage::StoreOptions&) {
          engine.sync = false;
        });
  }
  return **book;
}

}  // namespace
}  // namespace heimweg::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace heimweg::fuzz;  // NOLINT(google-build-using-namespace)
  Session(EmptyBook(), Input(data, size)).Run();
  return 0;
}
