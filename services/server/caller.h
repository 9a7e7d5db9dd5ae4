// Caller: who asks, in which role and for which network. Handlers decide by it
// what may be read and written; how it is found out (credentials) is the
// edge's affair, not theirs.
#ifndef HEIMWEG_SERVICES_SERVER_CALLER_H_
#define HEIMWEG_SERVICES_SERVER_CALLER_H_

#include <string>

namespace heimweg::server {

struct Caller {
  enum class Role {
    kOperator,       // Runs the service; may do everything.
    kNetworkEditor,  // Publishes the offers of one network.
    kCounsellor,     // Sees profiles that consented to one network.
    kPartnerApp,     // Acts for the profiles that it created.
    kBatch,          // Ranks and assigns over night.
  };

  // Until there are credentials, whoever reaches the loopback address is the
  // operator.
  Role role = Role::kOperator;

  // The client's pseudonymous id: of a program or an account, never a person's
  // name or address. Appears in logs.
  std::string id = "operator";

  // The network id that the caller is bound to; empty: bound to none.
  std::string network;
};

}  // namespace heimweg::server

#endif  // HEIMWEG_SERVICES_SERVER_CALLER_H_
