// DataSetService on the wire: forwards every method to a DataSetBook.
#ifndef HEIMWEG_SERVICES_REFERENCE_DATA_SET_SERVICE_H_
#define HEIMWEG_SERVICES_REFERENCE_DATA_SET_SERVICE_H_

#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include "heimweg/reference/v1/data_set_service.grpc.pb.h"
#include "services/reference/data_set_book.h"
#include "services/server/edge.h"

namespace heimweg::reference {

// Thread-safe.
class DataSetService final : public v1::DataSetService::CallbackService {
 public:
  // Both outlive this.
  DataSetService(DataSetBook& book, server::Edge& edge)
      : book_(book), edge_(edge) {}

  grpc::ServerUnaryReactor* ListDataSets(
      grpc::CallbackServerContext* context,
      const v1::ListDataSetsRequest* request,
      v1::ListDataSetsResponse* response) override;
  grpc::ServerUnaryReactor* ListDataSetVersions(
      grpc::CallbackServerContext* context,
      const v1::ListDataSetVersionsRequest* request,
      v1::ListDataSetVersionsResponse* response) override;
  grpc::ServerUnaryReactor* CreateDataSetVersion(
      grpc::CallbackServerContext* context,
      const v1::CreateDataSetVersionRequest* request,
      v1::DataSetVersion* response) override;
  grpc::ServerUnaryReactor* UploadDataSetPart(
      grpc::CallbackServerContext* context,
      const v1::UploadDataSetPartRequest* request,
      v1::DataSetVersion* response) override;
  grpc::ServerUnaryReactor* ActivateDataSetVersion(
      grpc::CallbackServerContext* context,
      const v1::ActivateDataSetVersionRequest* request,
      v1::ActivateDataSetVersionResponse* response) override;
  grpc::ServerUnaryReactor* RollBackDataSet(
      grpc::CallbackServerContext* context,
      const v1::RollBackDataSetRequest* request,
      v1::DataSet* response) override;

 private:
  DataSetBook& book_;
  server::Edge& edge_;
};

}  // namespace heimweg::reference

#endif  // HEIMWEG_SERVICES_REFERENCE_DATA_SET_SERVICE_H_
