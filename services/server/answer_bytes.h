// AnswerBytes: an answer that was serialized where it was made, not on the way
// to the client. Free of gRPC.
#ifndef HEIMWEG_SERVICES_SERVER_ANSWER_BYTES_H_
#define HEIMWEG_SERVICES_SERVER_ANSWER_BYTES_H_

#include <string>
#include <vector>

namespace heimweg::server {

// One message; its bytes are those of the parts one after the other, none of
// which is copied on its way.
struct AnswerBytes {
  std::vector<std::string> parts;
};

}  // namespace heimweg::server

#endif  // HEIMWEG_SERVICES_SERVER_ANSWER_BYTES_H_
