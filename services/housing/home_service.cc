#include "services/housing/home_service.h"

#include <utility>

#include "google/protobuf/empty.pb.h"
#include "services/server/call.h"
#include "services/server/edge.h"
#include "services/server/source.h"

namespace heimweg::housing {

using google::protobuf::Empty;
using grpc::CallbackServerContext;
using grpc::ServerUnaryReactor;
using server::Call;
using server::Done;

ServerUnaryReactor* HomeService::CreateHome(
    CallbackServerContext* context, const v1::CreateHomeRequest* request,
    v1::Home* response) {
  return edge_.Unary(
      context, "heimweg.housing.v1.HomeService/CreateHome", request, response,
      [this](const Call& call, const v1::CreateHomeRequest& create,
             v1::Home* home,
             const Done& done) { book_.Create(call, create, home, done); });
}

ServerUnaryReactor* HomeService::GetHome(CallbackServerContext* context,
                                         const v1::GetHomeRequest* request,
                                         v1::Home* response) {
  return edge_.Unary(context, "heimweg.housing.v1.HomeService/GetHome", request,
                     response,
                     [this](const Call& /*call*/, const v1::GetHomeRequest& get,
                            v1::Home* home) { return book_.Get(get, home); });
}

ServerUnaryReactor* HomeService::ListHomes(CallbackServerContext* context,
                                           const v1::ListHomesRequest* request,
                                           v1::ListHomesResponse* response) {
  return edge_.Unary(
      context, "heimweg.housing.v1.HomeService/ListHomes", request, response,
      [this](const Call& /*call*/, const v1::ListHomesRequest& list,
             v1::ListHomesResponse* page) { return book_.List(list, page); });
}

ServerUnaryReactor* HomeService::UpdateHome(
    CallbackServerContext* context, const v1::UpdateHomeRequest* request,
    v1::Home* response) {
  return edge_.Unary(
      context, "heimweg.housing.v1.HomeService/UpdateHome", request, response,
      [this](const Call& call, const v1::UpdateHomeRequest& update,
             v1::Home* home,
             const Done& done) { book_.Update(call, update, home, done); });
}

ServerUnaryReactor* HomeService::DeleteHome(
    CallbackServerContext* context, const v1::DeleteHomeRequest* request,
    Empty* response) {
  return edge_.Unary(
      context, "heimweg.housing.v1.HomeService/DeleteHome", request, response,
      [this](const Call& call, const v1::DeleteHomeRequest& erase,
             Empty* /*nothing*/,
             const Done& done) { book_.Delete(call, erase, done); });
}

ServerUnaryReactor* HomeService::BatchGetHomes(
    CallbackServerContext* context, const v1::BatchGetHomesRequest* request,
    v1::BatchGetHomesResponse* response) {
  return edge_.Unary(
      context, "heimweg.housing.v1.HomeService/BatchGetHomes", request,
      response,
      [this](const Call& /*call*/, const v1::BatchGetHomesRequest& get,
             v1::BatchGetHomesResponse* homes) {
        return book_.BatchGet(get, homes);
      });
}

grpc::ServerBidiReactor<v1::ImportHomesRequest, v1::ImportHomesResponse>*
HomeService::ImportHomes(CallbackServerContext* context) {
  return edge_.Import<v1::ImportHomesRequest, v1::ImportHomesResponse>(
      context, "heimweg.housing.v1.HomeService/ImportHomes", book_.Import());
}

grpc::ServerWriteReactor<v1::WatchHomesResponse>* HomeService::WatchHomes(
    CallbackServerContext* context, const v1::WatchHomesRequest* request) {
  return edge_.Watch<v1::WatchHomesResponse>(
      context, "heimweg.housing.v1.HomeService/WatchHomes", request,
      [this](const Call& /*call*/, const v1::WatchHomesRequest& watch,
             server::Wake wake) {
        return book_.Watch(watch, std::move(wake));
      });
}

}  // namespace heimweg::housing
