#include "services/server/raw_messages.h"

#include <grpcpp/support/proto_buffer_reader.h>
#include <grpcpp/support/slice.h>

#include <string>
#include <vector>

namespace heimweg::server {
namespace {

grpc::Slice ToSlice(std::string bytes) {
  auto held = std::make_unique<std::string>(std::move(bytes));
  std::string* const text = held.release();
  return {text->data(), text->size(),
          [](void* string) { delete static_cast<std::string*>(string); }, text};
}

class RawStream final : public Source<grpc::ByteBuffer> {
 public:
  explicit RawStream(std::unique_ptr<Source<AnswerBytes>> source)
      : source_(std::move(source)) {}

  absl::StatusOr<Pull> Next(grpc::ByteBuffer* message) override {
    AnswerBytes answer;
    absl::StatusOr<Pull> pulled = source_->Next(&answer);
    if (pulled.ok() && *pulled == Pull::kMessage) {
      *message = ToByteBuffer(std::move(answer));
    }
    return pulled;
  }

 private:
  const std::unique_ptr<Source<AnswerBytes>> source_;
};

}  // namespace

absl::Status ParseRequest(const grpc::ByteBuffer& bytes,
                          google::protobuf::MessageLite* request) {
  grpc::ByteBuffer same = bytes;  // The reader wants it to change.
  grpc::ProtoBufferReader reader(&same);
  if (reader.status().ok() && request->ParseFromZeroCopyStream(&reader)) {
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError(
      "the request's bytes are no message of this method");
}

grpc::ByteBuffer ToByteBuffer(AnswerBytes answer) {
  std::vector<grpc::Slice> slices;
  slices.reserve(answer.parts.size());
  for (std::string& part : answer.parts) {
    slices.push_back(ToSlice(std::move(part)));
  }
  return {slices.data(), slices.size()};
}

std::unique_ptr<Source<grpc::ByteBuffer>> RawSource(
    std::unique_ptr<Source<AnswerBytes>> source) {
  return std::make_unique<RawStream>(std::move(source));
}

}  // namespace heimweg::server
