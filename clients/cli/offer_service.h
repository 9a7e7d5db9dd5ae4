// The three offer services behind one face, so that a command is written once.
// What differs between them is in offer_kinds.h.
#ifndef HEIMWEG_CLIENTS_CLI_OFFER_SERVICE_H_
#define HEIMWEG_CLIENTS_CLI_OFFER_SERVICE_H_

#include <google/protobuf/message.h>
#include <grpcpp/completion_queue.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "clients/cli/session.h"
#include "clients/cli/streams.h"
#include "heimweg/type/v1/offer.pb.h"

namespace heimweg::cli {

// What a list shows of an offer. `type` is an enum value's name.
struct OfferSummary {
  std::string name;
  type::v1::OfferState state = type::v1::OFFER_STATE_UNSPECIFIED;
  std::string title;
  std::string postal_code;
  std::string municipality;
  std::string type;
};

// Thread-compatible. The session outlives it. Errors are the service's.
class OfferService {
 public:
  struct Page {
    std::vector<MessagePtr> offers;
    std::string next_page_token;
  };

  virtual ~OfferService() = default;

  virtual Area area() const = 0;
  // An empty offer of the kind.
  virtual MessagePtr NewOffer() const = 0;
  virtual OfferSummary Summarize(
      const google::protobuf::Message& offer) const = 0;

  // `offer`, here and below, is of the kind.
  virtual absl::StatusOr<MessagePtr> Create(
      absl::string_view parent, absl::string_view id,
      const google::protobuf::Message& offer, absl::string_view request_id) = 0;
  virtual absl::StatusOr<MessagePtr> Get(absl::string_view name,
                                         type::v1::OfferView view) = 0;
  virtual absl::StatusOr<Page> List(absl::string_view parent,
                                    const google::protobuf::Message& filter,
                                    type::v1::OfferView view, int page_size,
                                    absl::string_view page_token) = 0;
  // An empty mask: every field that is set.
  virtual absl::StatusOr<MessagePtr> Update(
      const google::protobuf::Message& offer,
      const std::vector<std::string>& mask, absl::string_view request_id) = 0;
  virtual absl::Status Delete(absl::string_view name, absl::string_view etag,
                              absl::string_view request_id) = 0;

  // The queue outlives the streams.
  virtual std::unique_ptr<ImportStream> NewImport(
      grpc::CompletionQueue* queue) = 0;
  virtual std::unique_ptr<WatchStream> NewWatch(
      absl::string_view parent, absl::string_view resume_token,
      grpc::CompletionQueue* queue) = 0;
};

// For kJobs, kHomes and kContacts.
std::unique_ptr<OfferService> NewOfferService(Area area, Session& session);

// An empty filter of the kind, for its flags.
MessagePtr NewOfferFilter(Area area);

}  // namespace heimweg::cli

#endif  // HEIMWEG_CLIENTS_CLI_OFFER_SERVICE_H_
