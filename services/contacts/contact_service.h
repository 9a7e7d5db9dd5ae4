// ContactService: heimweg.contacts.v1.ContactService over gRPC. It only
// forwards; what the methods do is OfferBook's.
#ifndef HEIMWEG_SERVICES_CONTACTS_CONTACT_SERVICE_H_
#define HEIMWEG_SERVICES_CONTACTS_CONTACT_SERVICE_H_

#include "google/protobuf/empty.pb.h"
#include "heimweg/contacts/v1/contact_service.grpc.pb.h"
#include "services/contacts/contact_kind.h"
#include "services/offers/offer_book.h"
#include "services/server/edge.h"

namespace heimweg::contacts {

using ContactBook = offers::OfferBook<ContactKind>;

// Thread-safe.
class ContactService : public v1::ContactService::CallbackService {
 public:
  // Both must outlive this.
  ContactService(ContactBook& book, server::Edge& edge)
      : book_(book), edge_(edge) {}

  grpc::ServerUnaryReactor* CreateContact(
      grpc::CallbackServerContext* context,
      const v1::CreateContactRequest* request, v1::Contact* response) override;
  grpc::ServerUnaryReactor* GetContact(grpc::CallbackServerContext* context,
                                       const v1::GetContactRequest* request,
                                       v1::Contact* response) override;
  grpc::ServerUnaryReactor* ListContacts(
      grpc::CallbackServerContext* context,
      const v1::ListContactsRequest* request,
      v1::ListContactsResponse* response) override;
  grpc::ServerUnaryReactor* UpdateContact(
      grpc::CallbackServerContext* context,
      const v1::UpdateContactRequest* request, v1::Contact* response) override;
  grpc::ServerUnaryReactor* DeleteContact(
      grpc::CallbackServerContext* context,
      const v1::DeleteContactRequest* request,
      google::protobuf::Empty* response) override;
  grpc::ServerUnaryReactor* BatchGetContacts(
      grpc::CallbackServerContext* context,
      const v1::BatchGetContactsRequest* request,
      v1::BatchGetContactsResponse* response) override;
  grpc::ServerBidiReactor<v1::ImportContactsRequest,
                          v1::ImportContactsResponse>*
  ImportContacts(grpc::CallbackServerContext* context) override;
  grpc::ServerWriteReactor<v1::WatchContactsResponse>* WatchContacts(
      grpc::CallbackServerContext* context,
      const v1::WatchContactsRequest* request) override;

 private:
  ContactBook& book_;
  server::Edge& edge_;
};

}  // namespace heimweg::contacts

#endif  // HEIMWEG_SERVICES_CONTACTS_CONTACT_SERVICE_H_
