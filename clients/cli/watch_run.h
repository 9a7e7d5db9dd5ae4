// Follows one Watch stream, over broken connections, until it is told to stop.
#ifndef HEIMWEG_CLIENTS_CLI_WATCH_RUN_H_
#define HEIMWEG_CLIENTS_CLI_WATCH_RUN_H_

#include <grpcpp/completion_queue.h>

#include <functional>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "clients/cli/session.h"
#include "clients/cli/streams.h"

namespace heimweg::cli {

// Opens the stream from a resume token; empty: from a snapshot.
using OpenWatch = std::function<std::unique_ptr<WatchStream>(
    absl::string_view resume_token, grpc::CompletionQueue* queue)>;

// Handles what came; false ends the watch.
using OnBatch = std::function<bool(const WatchStream&)>;

// Watches until `on_batch` or the console's interrupted() ends it, which is OK,
// or the service does. After UNAVAILABLE it resumes behind the last batch that
// was handled, as Retries allows. `resume_token` is where to begin, and then
// the token of the last batch that was handled.
absl::Status Watch(Session& session, Area area, const OpenWatch& open,
                   const OnBatch& on_batch, std::string& resume_token);

}  // namespace heimweg::cli

#endif  // HEIMWEG_CLIENTS_CLI_WATCH_RUN_H_
