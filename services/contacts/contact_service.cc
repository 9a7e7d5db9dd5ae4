#include "services/contacts/contact_service.h"

#include <utility>

#include "google/protobuf/empty.pb.h"
#include "services/server/call.h"
#include "services/server/edge.h"
#include "services/server/source.h"

namespace heimweg::contacts {

using google::protobuf::Empty;
using grpc::CallbackServerContext;
using grpc::ServerUnaryReactor;
using server::Call;
using server::Done;

ServerUnaryReactor* ContactService::CreateContact(
    CallbackServerContext* context, const v1::CreateContactRequest* request,
    v1::Contact* response) {
  return edge_.Unary(
      context, "heimweg.contacts.v1.ContactService/CreateContact", request,
      response,
      [this](const Call& call, const v1::CreateContactRequest& create,
             v1::Contact* contact,
             const Done& done) { book_.Create(call, create, contact, done); });
}

ServerUnaryReactor* ContactService::GetContact(
    CallbackServerContext* context, const v1::GetContactRequest* request,
    v1::Contact* response) {
  return edge_.Unary(
      context, "heimweg.contacts.v1.ContactService/GetContact", request,
      response,
      [this](const Call& /*call*/, const v1::GetContactRequest& get,
             v1::Contact* contact) { return book_.Get(get, contact); });
}

ServerUnaryReactor* ContactService::ListContacts(
    CallbackServerContext* context, const v1::ListContactsRequest* request,
    v1::ListContactsResponse* response) {
  return edge_.Unary(
      context, "heimweg.contacts.v1.ContactService/ListContacts", request,
      response,
      [this](const Call& /*call*/, const v1::ListContactsRequest& list,
             v1::ListContactsResponse* page) {
        return book_.List(list, page);
      });
}

ServerUnaryReactor* ContactService::UpdateContact(
    CallbackServerContext* context, const v1::UpdateContactRequest* request,
    v1::Contact* response) {
  return edge_.Unary(
      context, "heimweg.contacts.v1.ContactService/UpdateContact", request,
      response,
      [this](const Call& call, const v1::UpdateContactRequest& update,
             v1::Contact* contact,
             const Done& done) { book_.Update(call, update, contact, done); });
}

ServerUnaryReactor* ContactService::DeleteContact(
    CallbackServerContext* context, const v1::DeleteContactRequest* request,
    Empty* response) {
  return edge_.Unary(
      context, "heimweg.contacts.v1.ContactService/DeleteContact", request,
      response,
      [this](const Call& call, const v1::DeleteContactRequest& erase,
             Empty* /*nothing*/,
             const Done& done) { book_.Delete(call, erase, done); });
}

ServerUnaryReactor* ContactService::BatchGetContacts(
    CallbackServerContext* context, const v1::BatchGetContactsRequest* request,
    v1::BatchGetContactsResponse* response) {
  return edge_.Unary(
      context, "heimweg.contacts.v1.ContactService/BatchGetContacts", request,
      response,
      [this](const Call& /*call*/, const v1::BatchGetContactsRequest& get,
             v1::BatchGetContactsResponse* contacts) {
        return book_.BatchGet(get, contacts);
      });
}

grpc::ServerBidiReactor<v1::ImportContactsRequest, v1::ImportContactsResponse>*
ContactService::ImportContacts(CallbackServerContext* context) {
  return edge_.Import<v1::ImportContactsRequest, v1::ImportContactsResponse>(
      context, "heimweg.contacts.v1.ContactService/ImportContacts",
      book_.Import());
}

grpc::ServerWriteReactor<v1::WatchContactsResponse>*
ContactService::WatchContacts(CallbackServerContext* context,
                              const v1::WatchContactsRequest* request) {
  return edge_.Watch<v1::WatchContactsResponse>(
      context, "heimweg.contacts.v1.ContactService/WatchContacts", request,
      [this](const Call& /*call*/, const v1::WatchContactsRequest& watch,
             server::Wake wake) {
        return book_.Watch(watch, std::move(wake));
      });
}

}  // namespace heimweg::contacts
