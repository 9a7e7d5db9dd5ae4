// ArenaMessages: request and response of a call in one arena, for answers of
// many small messages.
#ifndef HEIMWEG_SERVICES_SERVER_ARENA_MESSAGES_H_
#define HEIMWEG_SERVICES_SERVER_ARENA_MESSAGES_H_

#include <grpcpp/support/message_allocator.h>

#include "google/protobuf/arena.h"
#include "services/server/answer_arena.h"

namespace heimweg::server {

// Thread-safe. It outlives the server. For a service's SetMessageAllocatorFor_*
// of a unary method.
template <typename Request, typename Response>
class ArenaMessages final : public grpc::MessageAllocator<Request, Response> {
 public:
  grpc::MessageHolder<Request, Response>* AllocateMessages() override {
    return new Holder;  // Release deletes it.
  }

 private:
  class Holder final : public grpc::MessageHolder<Request, Response> {
   public:
    Holder() : arena_(ArenaOptionsOfAnswers()) {
      using google::protobuf::Arena;
      this->set_request(Arena::CreateMessage<Request>(&arena_));
      this->set_response(Arena::CreateMessage<Response>(&arena_));
    }
    void Release() override { delete this; }

   private:
    google::protobuf::Arena arena_;
  };
};

}  // namespace heimweg::server

#endif  // HEIMWEG_SERVICES_SERVER_ARENA_MESSAGES_H_
