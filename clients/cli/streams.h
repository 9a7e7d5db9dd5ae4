// Streams of a service as a single thread drives them: every operation is
// started with a tag, which the completion queue returns when it is done. So
// both directions move on their own and nothing needs a lock.
#ifndef HEIMWEG_CLIENTS_CLI_STREAMS_H_
#define HEIMWEG_CLIENTS_CLI_STREAMS_H_

#include <google/protobuf/message.h>
#include <grpcpp/client_context.h>
#include <grpcpp/completion_queue.h>
#include <grpcpp/support/async_stream.h>

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "heimweg/type/v1/import.pb.h"

namespace heimweg::cli {

using MessagePtr = std::unique_ptr<google::protobuf::Message>;

// What became of one batch of an import.
struct ImportAnswer {
  std::vector<type::v1::ImportRowResult> results;
  uint64_t revision = 0;
};

// An Import call. At most one operation of each kind at a time; all must have
// come back before it is destroyed.
class ImportStream {
 public:
  virtual ~ImportStream() = default;

  virtual void Start(void* tag) = 0;
  // Sends one batch. The rows need not outlive the call.
  virtual void Write(absl::string_view parent,
                     absl::Span<const MessagePtr> rows, void* tag) = 0;
  virtual void WritesDone(void* tag) = 0;
  virtual void Read(void* tag) = 0;
  // What Read brought.
  virtual ImportAnswer Answer() const = 0;
  virtual void Finish(grpc::Status* status, void* tag) = 0;
  virtual void Cancel() = 0;
};

// One message of a Watch call.
struct WatchBatch {
  struct Change {
    // Owned by the stream until its next Read; e.g. a JobChange.
    const google::protobuf::Message* message;
    // The resource, null if it was deleted; owned in the same way.
    const google::protobuf::Message* resource;
    std::string deleted_name;
  };
  std::vector<Change> changes;
  std::string resume_token;
  uint64_t revision = 0;
  bool complete = false;
};

// A Watch call; see ImportStream.
class WatchStream {
 public:
  virtual ~WatchStream() = default;

  virtual void Start(void* tag) = 0;
  virtual void Read(void* tag) = 0;
  virtual WatchBatch Batch() const = 0;
  // What Read brought without its changes.
  virtual MessagePtr Mark() const = 0;
  virtual void Finish(grpc::Status* status, void* tag) = 0;
  virtual void Cancel() = 0;
};

// WatchStream over a typed reader. Kind gives WatchResponse and
// Resource(change).
template <typename Kind>
class TypedWatchStream : public WatchStream {
 public:
  using Response = typename Kind::WatchResponse;
  using Reader = grpc::ClientAsyncReader<Response>;

  // `prepare` makes the reader for a context.
  template <typename Prepare>
  explicit TypedWatchStream(Prepare prepare) : reader_(prepare(&context_)) {}

  void Start(void* tag) override { reader_->StartCall(tag); }
  void Read(void* tag) override { reader_->Read(&response_, tag); }
  void Finish(grpc::Status* status, void* tag) override {
    reader_->Finish(status, tag);
  }
  void Cancel() override { context_.TryCancel(); }

  WatchBatch Batch() const override {
    WatchBatch batch;
    for (const auto& change : response_.changes()) {
      batch.changes.push_back(
          {&change, Kind::Resource(change), change.deleted_name()});
    }
    batch.resume_token = response_.resume_token();
    batch.revision = response_.revision();
    batch.complete = response_.complete();
    return batch;
  }

  MessagePtr Mark() const override {
    auto mark = std::make_unique<Response>();
    mark->set_resume_token(response_.resume_token());
    mark->set_revision(response_.revision());
    mark->set_complete(response_.complete());
    return mark;
  }

 private:
  grpc::ClientContext context_;
  std::unique_ptr<Reader> reader_;
  Response response_;
};

}  // namespace heimweg::cli

#endif  // HEIMWEG_CLIENTS_CLI_STREAMS_H_
