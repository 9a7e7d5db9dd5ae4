#include "services/reference/data_set_service.h"

#include <utility>

#include "services/server/call.h"

namespace heimweg::reference {

using ::heimweg::server::Call;
using ::heimweg::server::Done;

grpc::ServerUnaryReactor* DataSetService::ListDataSets(
    grpc::CallbackServerContext* context,
    const v1::ListDataSetsRequest* request,
    v1::ListDataSetsResponse* response) {
  return edge_.Unary(
      context, "heimweg.reference.v1.DataSetService/ListDataSets", request,
      response,
      [this](const Call& call, const v1::ListDataSetsRequest& request,
             v1::ListDataSetsResponse* response) {
        return book_.ListDataSets(call, request, response);
      });
}

grpc::ServerUnaryReactor* DataSetService::ListDataSetVersions(
    grpc::CallbackServerContext* context,
    const v1::ListDataSetVersionsRequest* request,
    v1::ListDataSetVersionsResponse* response) {
  return edge_.Unary(
      context, "heimweg.reference.v1.DataSetService/ListDataSetVersions",
      request, response,
      [this](const Call& call, const v1::ListDataSetVersionsRequest& request,
             v1::ListDataSetVersionsResponse* response) {
        return book_.ListVersions(call, request, response);
      });
}

grpc::ServerUnaryReactor* DataSetService::CreateDataSetVersion(
    grpc::CallbackServerContext* context,
    const v1::CreateDataSetVersionRequest* request,
    v1::DataSetVersion* response) {
  return edge_.Unary(
      context, "heimweg.reference.v1.DataSetService/CreateDataSetVersion",
      request, response,
      [this](const Call& call, const v1::CreateDataSetVersionRequest& request,
             v1::DataSetVersion* response, Done done) {
        book_.CreateVersion(call, request, response, std::move(done));
      });
}

grpc::ServerUnaryReactor* DataSetService::UploadDataSetPart(
    grpc::CallbackServerContext* context,
    const v1::UploadDataSetPartRequest* request, v1::DataSetVersion* response) {
  return edge_.Unary(
      context, "heimweg.reference.v1.DataSetService/UploadDataSetPart", request,
      response,
      [this](const Call& call, const v1::UploadDataSetPartRequest& request,
             v1::DataSetVersion* response, Done done) {
        book_.UploadPart(call, request, response, std::move(done));
      });
}

grpc::ServerUnaryReactor* DataSetService::ActivateDataSetVersion(
    grpc::CallbackServerContext* context,
    const v1::ActivateDataSetVersionRequest* request,
    v1::ActivateDataSetVersionResponse* response) {
  return edge_.Unary(
      context, "heimweg.reference.v1.DataSetService/ActivateDataSetVersion",
      request, response,
      [this](const Call& call, const v1::ActivateDataSetVersionRequest& request,
             v1::ActivateDataSetVersionResponse* response, Done done) {
        book_.Activate(call, request, response, std::move(done));
      });
}

grpc::ServerUnaryReactor* DataSetService::RollBackDataSet(
    grpc::CallbackServerContext* context,
    const v1::RollBackDataSetRequest* request, v1::DataSet* response) {
  return edge_.Unary(
      context, "heimweg.reference.v1.DataSetService/RollBackDataSet", request,
      response,
      [this](const Call& call, const v1::RollBackDataSetRequest& request,
             v1::DataSet* response, Done done) {
        book_.RollBack(call, request, response, std::move(done));
      });
}

}  // namespace heimweg::reference
