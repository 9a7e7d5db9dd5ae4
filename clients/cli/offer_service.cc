#include "clients/cli/offer_service.h"

#include <utility>

#include "clients/cli/offer_kinds.h"

namespace heimweg::cli {
namespace {

using google::protobuf::Message;

template <typename Kind>
class TypedImportStream : public ImportStream {
 public:
  TypedImportStream(typename Kind::Stub& stub, grpc::CompletionQueue* queue)
      : call_(Kind::PrepareImport(stub, &context_, queue)) {}

  void Start(void* tag) override { call_->StartCall(tag); }
  void Write(absl::string_view parent, absl::Span<const MessagePtr> rows,
             void* tag) override {
    typename Kind::ImportRequest request;
    request.set_parent(std::string(parent));
    // Lent, not copied: Write serializes before it returns.
    auto& lent = Kind::RowsIn(request);
    for (const MessagePtr& row : rows) {
      lent.UnsafeArenaAddAllocated(
          static_cast<typename Kind::Offer*>(row.get()));
    }
    call_->Write(request, tag);
    while (!lent.empty()) lent.UnsafeArenaReleaseLast();
  }
  void WritesDone(void* tag) override { call_->WritesDone(tag); }
  void Read(void* tag) override { call_->Read(&response_, tag); }
  ImportAnswer Answer() const override {
    return {{response_.results().begin(), response_.results().end()},
            response_.revision()};
  }
  void Finish(grpc::Status* status, void* tag) override {
    call_->Finish(status, tag);
  }
  void Cancel() override { context_.TryCancel(); }

 private:
  grpc::ClientContext context_;
  std::unique_ptr<grpc::ClientAsyncReaderWriter<typename Kind::ImportRequest,
                                                typename Kind::ImportResponse>>
      call_;
  typename Kind::ImportResponse response_;
};

template <typename Kind>
class TypedOfferService : public OfferService {
 public:
  using Offer = typename Kind::Offer;

  explicit TypedOfferService(Session& session)
      : session_(session),
        stub_(Kind::Service::NewStub(session.Channel(Kind::kArea))) {}

  Area area() const override { return Kind::kArea; }
  MessagePtr NewOffer() const override { return std::make_unique<Offer>(); }

  OfferSummary Summarize(const Message& message) const override {
    const Offer& offer = static_cast<const Offer&>(message);
    const auto& place = offer.place();
    const auto& known = place.resolved();
    return {
        offer.name(),
        offer.state(),
        offer.title(),
        known.postal_code().empty() ? place.postal_code() : known.postal_code(),
        known.municipality().empty() ? place.municipality()
                                     : known.municipality(),
        Kind::TypeName(offer)};
  }

  absl::StatusOr<MessagePtr> Create(absl::string_view parent,
                                    absl::string_view id, const Message& offer,
                                    absl::string_view request_id) override {
    typename Kind::CreateRequest request;
    request.set_parent(std::string(parent));
    Kind::SetId(request, std::string(id));
    Kind::OfferIn(request)->CopyFrom(offer);
    request.set_request_id(std::string(request_id));
    return CallForOffer(Kind::kCreate, request);
  }

  absl::StatusOr<MessagePtr> Get(absl::string_view name,
                                 type::v1::OfferView view) override {
    typename Kind::GetRequest request;
    request.set_name(std::string(name));
    request.set_view(view);
    return CallForOffer(Kind::kGet, request);
  }

  absl::StatusOr<Page> List(absl::string_view parent, const Message& filter,
                            type::v1::OfferView view, int page_size,
                            absl::string_view page_token) override {
    typename Kind::ListRequest request;
    request.set_parent(std::string(parent));
    request.set_page_size(page_size);
    request.set_page_token(std::string(page_token));
    request.mutable_filter()->CopyFrom(filter);
    request.set_view(view);
    typename Kind::ListResponse response;
    const absl::Status status = CallFor(Kind::kList, request, &response);
    if (!status.ok()) return status;
    Page page;
    for (Offer& offer : Kind::OffersIn(response)) {
      page.offers.push_back(std::make_unique<Offer>(std::move(offer)));
    }
    page.next_page_token = response.next_page_token();
    return page;
  }

  absl::StatusOr<MessagePtr> Update(const Message& offer,
                                    const std::vector<std::string>& mask,
                                    absl::string_view request_id) override {
    typename Kind::UpdateRequest request;
    Kind::OfferIn(request)->CopyFrom(offer);
    for (const std::string& path : mask) {
      request.mutable_update_mask()->add_paths(path);
    }
    request.set_request_id(std::string(request_id));
    return CallForOffer(Kind::kUpdate, request);
  }

  absl::Status Delete(absl::string_view name, absl::string_view etag,
                      absl::string_view request_id) override {
    typename Kind::DeleteRequest request;
    request.set_name(std::string(name));
    request.set_etag(std::string(etag));
    request.set_request_id(std::string(request_id));
    google::protobuf::Empty response;
    return CallFor(Kind::kDelete, request, &response);
  }

  std::unique_ptr<ImportStream> NewImport(
      grpc::CompletionQueue* queue) override {
    return std::make_unique<TypedImportStream<Kind>>(*stub_, queue);
  }

  std::unique_ptr<WatchStream> NewWatch(absl::string_view parent,
                                        absl::string_view resume_token,
                                        grpc::CompletionQueue* queue) override {
    typename Kind::WatchRequest request;
    request.set_parent(std::string(parent));
    request.set_resume_token(std::string(resume_token));
    return std::make_unique<TypedWatchStream<Kind>>(
        [&](grpc::ClientContext* context) {
          return Kind::PrepareWatch(*stub_, context, request, queue);
        });
  }

 private:
  template <typename Method, typename Request, typename Response>
  absl::Status CallFor(Method method, const Request& request,
                       Response* response) {
    return session_.Call(Kind::kArea, [&](grpc::ClientContext& context) {
      return (stub_.get()->*method)(&context, request, response);
    });
  }

  template <typename Method, typename Request>
  absl::StatusOr<MessagePtr> CallForOffer(Method method,
                                          const Request& request) {
    auto offer = std::make_unique<Offer>();
    const absl::Status status = CallFor(method, request, offer.get());
    if (!status.ok()) return status;
    return MessagePtr(std::move(offer));
  }

  Session& session_;
  const std::unique_ptr<typename Kind::Stub> stub_;
};

}  // namespace

std::unique_ptr<OfferService> NewOfferService(Area area, Session& session) {
  switch (area) {
    case Area::kHomes:
      return std::make_unique<TypedOfferService<HomeKind>>(session);
    case Area::kContacts:
      return std::make_unique<TypedOfferService<ContactKind>>(session);
    default:
      return std::make_unique<TypedOfferService<JobKind>>(session);
  }
}

MessagePtr NewOfferFilter(Area area) {
  switch (area) {
    case Area::kHomes:
      return std::make_unique<HomeKind::Filter>();
    case Area::kContacts:
      return std::make_unique<ContactKind::Filter>();
    default:
      return std::make_unique<JobKind::Filter>();
  }
}

}  // namespace heimweg::cli
