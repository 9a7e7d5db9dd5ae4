// HomeService: heimweg.housing.v1.HomeService over gRPC. It only forwards; what
// the methods do is OfferBook's.
#ifndef HEIMWEG_SERVICES_HOUSING_HOME_SERVICE_H_
#define HEIMWEG_SERVICES_HOUSING_HOME_SERVICE_H_

#include "google/protobuf/empty.pb.h"
#include "heimweg/housing/v1/home_service.grpc.pb.h"
#include "services/housing/home_kind.h"
#include "services/offers/offer_book.h"
#include "services/server/edge.h"

namespace heimweg::housing {

using HomeBook = offers::OfferBook<HomeKind>;

// Thread-safe.
class HomeService : public v1::HomeService::CallbackService {
 public:
  // Both must outlive this.
  HomeService(HomeBook& book, server::Edge& edge) : book_(book), edge_(edge) {}

  grpc::ServerUnaryReactor* CreateHome(grpc::CallbackServerContext* context,
                                       const v1::CreateHomeRequest* request,
                                       v1::Home* response) override;
  grpc::ServerUnaryReactor* GetHome(grpc::CallbackServerContext* context,
                                    const v1::GetHomeRequest* request,
                                    v1::Home* response) override;
  grpc::ServerUnaryReactor* ListHomes(grpc::CallbackServerContext* context,
                                      const v1::ListHomesRequest* request,
                                      v1::ListHomesResponse* response) override;
  grpc::ServerUnaryReactor* UpdateHome(grpc::CallbackServerContext* context,
                                       const v1::UpdateHomeRequest* request,
                                       v1::Home* response) override;
  grpc::ServerUnaryReactor* DeleteHome(
      grpc::CallbackServerContext* context,
      const v1::DeleteHomeRequest* request,
      google::protobuf::Empty* response) override;
  grpc::ServerUnaryReactor* BatchGetHomes(
      grpc::CallbackServerContext* context,
      const v1::BatchGetHomesRequest* request,
      v1::BatchGetHomesResponse* response) override;
  grpc::ServerBidiReactor<v1::ImportHomesRequest, v1::ImportHomesResponse>*
  ImportHomes(grpc::CallbackServerContext* context) override;
  grpc::ServerWriteReactor<v1::WatchHomesResponse>* WatchHomes(
      grpc::CallbackServerContext* context,
      const v1::WatchHomesRequest* request) override;

 private:
  HomeBook& book_;
  server::Edge& edge_;
};

}  // namespace heimweg::housing

#endif  // HEIMWEG_SERVICES_HOUSING_HOME_SERVICE_H_
