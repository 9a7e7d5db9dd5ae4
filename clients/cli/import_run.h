// One import over the Import stream of a service, through broken connections.
#ifndef HEIMWEG_CLIENTS_CLI_IMPORT_RUN_H_
#define HEIMWEG_CLIENTS_CLI_IMPORT_RUN_H_

#include <grpcpp/completion_queue.h>

#include <deque>
#include <functional>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "clients/cli/import_input.h"
#include "clients/cli/offer_service.h"
#include "clients/cli/session.h"

namespace heimweg::cli {

// Keeps up to 16 batches in flight, fewer if they have more than 4 MiB. After
// UNAVAILABLE it opens a new stream and sends what was not answered again, as
// Retries allows; rows that were stored all the same are then unchanged.
//
// Thread-compatible. What it is made of outlives it.
class ImportRun {
 public:
  // Called with each batch and its answer, in order.
  using OnAnswer = std::function<void(const ImportBatch&, const ImportAnswer&)>;

  ImportRun(Session& session, OfferService& service, std::string parent,
            ImportInput& input, OnAnswer on_answer);

  // Returns when every row is answered, also those before an error of the
  // input. The errors of the service and of the input; INTERNAL if an answer
  // does not match its batch.
  absl::Status Run();

 private:
  // Operations that a stream may have under way, as tags.
  enum Operation : intptr_t { kStart = 1, kWrite, kRead, kFinish };

  // One stream from start to finish.
  absl::Status Attempt();
  void OnEvent(Operation operation, bool ok);
  // Starts the next write, if there is something to send.
  void Send();
  bool MayReadOn() const;
  void TakeAnswer();
  // Ends the stream as soon as nothing is under way.
  void Abandon(absl::Status why);
  void FinishIfIdle();

  Session& session_;
  OfferService& service_;
  const std::string parent_;
  ImportInput& input_;
  const OnAnswer on_answer_;
  Retries retries_;

  std::deque<ImportBatch> unanswered_;
  size_t unanswered_bytes_ = 0;
  bool input_ended_ = false;
  absl::Status input_error_;  // with which it ended

  // Of the attempt.
  std::unique_ptr<ImportStream> stream_;
  size_t sent_ = 0;  // of unanswered_
  bool starting_ = false;
  bool writing_ = false;
  bool reading_ = false;
  bool half_closed_ = false;  // or not to be written to any more
  bool finishing_ = false;
  grpc::Status end_;
  absl::Status abandoned_;  // why, if this side gave up
};

}  // namespace heimweg::cli

#endif  // HEIMWEG_CLIENTS_CLI_IMPORT_RUN_H_
