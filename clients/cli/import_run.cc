#include "clients/cli/import_run.h"

#include <utility>

#include "clients/cli/errors.h"

namespace heimweg::cli {
namespace {

// Enough that the server has the next ones ready, and this side reads further
// ones, while many become durable by one sync.
constexpr size_t kMostInFlight = 16;
constexpr size_t kMostBytesInFlight = size_t{4} << 20;

void* Tag(intptr_t operation) {
  // NOLINTNEXTLINE(performance-no-int-to-ptr): gRPC's tags are pointers.
  return reinterpret_cast<void*>(operation);
}

}  // namespace

ImportRun::ImportRun(Session& session, OfferService& service,
                     std::string parent, ImportInput& input, OnAnswer on_answer)
    : session_(session),
      service_(service),
      parent_(std::move(parent)),
      input_(input),
      on_answer_(std::move(on_answer)) {}

absl::Status ImportRun::Run() {
  while (true) {
    absl::Status status = Attempt();
    if (status.ok()) return input_error_;
    const auto delay = retries_.Next(status);
    if (!delay.has_value()) return status;
    session_.console().sleep(*delay);
  }
}

absl::Status ImportRun::Attempt() {
  grpc::CompletionQueue queue;
  stream_ = service_.NewImport(&queue);
  sent_ = 0;
  writing_ = reading_ = half_closed_ = finishing_ = false;
  abandoned_ = absl::OkStatus();
  starting_ = true;
  stream_->Start(Tag(kStart));
  while (true) {
    void* tag = nullptr;
    bool ok = false;
    const auto next = queue.AsyncNext(
        &tag, &ok, absl::ToChronoTime(absl::Now() + session_.timeout()));
    if (next == grpc::CompletionQueue::TIMEOUT) {
      Abandon(FromGrpc({grpc::StatusCode::DEADLINE_EXCEEDED, ""},
                       session_.Address(service_.area())));
      continue;
    }
    const auto operation =
        static_cast<Operation>(reinterpret_cast<intptr_t>(tag));
    if (operation == kFinish) break;
    OnEvent(operation, ok);
  }
  stream_.reset();
  if (!abandoned_.ok()) return abandoned_;
  if (end_.ok() && !(unanswered_.empty() && input_ended_)) {
    return absl::UnavailableError(
        "the server ended the import before it had answered every row");
  }
  return FromGrpc(end_, session_.Address(service_.area()));
}

void ImportRun::OnEvent(Operation operation, bool ok) {
  switch (operation) {
    case kStart:
      starting_ = false;
      if (ok) {
        reading_ = true;
        stream_->Read(Tag(kRead));
      } else {
        half_closed_ = true;
      }
      break;
    case kWrite:
      writing_ = false;
      if (!ok) half_closed_ = true;
      break;
    case kRead:
      reading_ = false;
      if (ok) {
        TakeAnswer();
      } else {
        half_closed_ = true;
      }
      break;
    case kFinish:
      break;
  }
  Send();
  FinishIfIdle();
}

void ImportRun::Send() {
  if (starting_ || writing_ || half_closed_) return;
  if (MayReadOn()) {
    absl::StatusOr<ImportBatch> batch = input_.Next();
    if (!batch.ok()) {
      // What was read before is answered first, so that it is known what got
      // in.
      input_error_ = batch.status();
      input_ended_ = true;
    } else if (batch->rows.empty()) {
      input_ended_ = true;
    } else {
      unanswered_bytes_ += batch->bytes;
      unanswered_.push_back(*std::move(batch));
    }
  }
  if (sent_ < unanswered_.size()) {
    writing_ = true;
    stream_->Write(parent_, unanswered_[sent_++].rows, Tag(kWrite));
  } else if (input_ended_) {
    writing_ = half_closed_ = true;
    stream_->WritesDone(Tag(kWrite));
  }
}

bool ImportRun::MayReadOn() const {
  return !input_ended_ && sent_ == unanswered_.size() &&
         sent_ < kMostInFlight && unanswered_bytes_ < kMostBytesInFlight;
}

void ImportRun::TakeAnswer() {
  const ImportAnswer answer = stream_->Answer();
  if (sent_ == 0 || answer.results.size() != unanswered_.front().rows.size()) {
    Abandon(absl::InternalError(
        "the server's answer does not match the rows that were sent"));
    return;
  }
  on_answer_(unanswered_.front(), answer);
  unanswered_bytes_ -= unanswered_.front().bytes;
  unanswered_.pop_front();
  --sent_;
  retries_.Reset();
  reading_ = true;
  stream_->Read(Tag(kRead));
}

void ImportRun::Abandon(absl::Status why) {
  if (abandoned_.ok()) abandoned_ = std::move(why);
  half_closed_ = true;
  stream_->Cancel();
}

void ImportRun::FinishIfIdle() {
  if (starting_ || writing_ || reading_ || finishing_ || !half_closed_) return;
  finishing_ = true;
  stream_->Finish(&end_, Tag(kFinish));
}

}  // namespace heimweg::cli
