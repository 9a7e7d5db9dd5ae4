// Messages out of the rest of an input, in binary form or as JSON.
#ifndef HEIMWEG_TESTS_FUZZ_MESSAGE_INPUT_H_
#define HEIMWEG_TESTS_FUZZ_MESSAGE_INPUT_H_

#include <string>

#include "clients/cli/json.h"
#include "google/protobuf/message.h"
#include "tests/fuzz/input.h"

namespace heimweg::fuzz {

// JSON if the rest begins with a brace, protobuf's bytes otherwise. False if it
// is no such message. A message that was read from JSON also survives being
// written as JSON.
inline bool ReadMessage(const Input& input,
                        google::protobuf::Message& message) {
  const absl::string_view text = input.Rest();
  if (text.empty() || text.front() != '{') {
    return message.ParseFromString(std::string(text));
  }
  if (!cli::FromJson(text, message).ok()) return false;
  const std::string written = cli::ToJson(message);
  Require(cli::FromJson(written, message).ok(), "what is written is read");
  Require(cli::ToJson(message) == written, "JSON read back is the same");
  return true;
}

}  // namespace heimweg::fuzz

#endif  // HEIMWEG_TESTS_FUZZ_MESSAGE_INPUT_H_
