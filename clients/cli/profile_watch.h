// The Watch stream of the profile service.
#ifndef HEIMWEG_CLIENTS_CLI_PROFILE_WATCH_H_
#define HEIMWEG_CLIENTS_CLI_PROFILE_WATCH_H_

#include <grpcpp/completion_queue.h>

#include <memory>

#include "absl/strings/string_view.h"
#include "clients/cli/session.h"
#include "clients/cli/streams.h"

namespace heimweg::cli {

// The queue outlives the stream.
std::unique_ptr<WatchStream> NewProfileWatch(Session& session,
                                             absl::string_view resume_token,
                                             grpc::CompletionQueue* queue);

}  // namespace heimweg::cli

#endif  // HEIMWEG_CLIENTS_CLI_PROFILE_WATCH_H_
