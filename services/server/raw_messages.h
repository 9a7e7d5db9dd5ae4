// Raw messages: requests and answers of methods that gRPC hands over as bytes
// (WithRawCallbackMethod_…), for answers that are made as bytes.
#ifndef HEIMWEG_SERVICES_SERVER_RAW_MESSAGES_H_
#define HEIMWEG_SERVICES_SERVER_RAW_MESSAGES_H_

#include <grpcpp/support/byte_buffer.h>

#include <memory>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "google/protobuf/message_lite.h"
#include "services/server/answer_bytes.h"
#include "services/server/source.h"

namespace heimweg::server {

// INVALID_ARGUMENT if the bytes are no such message.
absl::Status ParseRequest(const grpc::ByteBuffer& bytes,
                          google::protobuf::MessageLite* request);

grpc::ByteBuffer ToByteBuffer(AnswerBytes answer);

// The stream of `source`.
std::unique_ptr<Source<grpc::ByteBuffer>> RawSource(
    std::unique_ptr<Source<AnswerBytes>> source);

}  // namespace heimweg::server

#endif  // HEIMWEG_SERVICES_SERVER_RAW_MESSAGES_H_
