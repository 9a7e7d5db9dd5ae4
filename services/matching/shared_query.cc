#include "services/matching/shared_query.h"

namespace heimweg::matching {

SharedQuery::SharedQuery(const Wish& wish, const Dictionaries& terms)
    : wish_(wish) {
  for (const std::string& network : wish.networks) {
    networks_.push_back(terms.networks.Find(network));
  }
  for (const std::string& prefix : wish.ags_prefixes) {
    prefixes_.push_back(AgsCode::Of(prefix));
  }
}

}  // namespace heimweg::matching
