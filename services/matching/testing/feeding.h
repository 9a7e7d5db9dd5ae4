// Fills an index as the watches of the services would.
#ifndef HEIMWEG_SERVICES_MATCHING_TESTING_FEEDING_H_
#define HEIMWEG_SERVICES_MATCHING_TESTING_FEEDING_H_

#include <cstdint>
#include <string>

#include "services/matching/index.h"

namespace heimweg::matching::testing {

inline void Set(const jobs::v1::Job& job, jobs::v1::JobChange& change) {
  *change.mutable_job() = job;
}
inline void Set(const housing::v1::Home& home,
                housing::v1::HomeChange& change) {
  *change.mutable_home() = home;
}
inline void Set(const contacts::v1::Contact& contact,
                contacts::v1::ContactChange& change) {
  *change.mutable_contact() = contact;
}

// Collects the changes of one store and applies them in responses of a cut.
// The index must outlive it. Thread-compatible.
template <typename Response>
class Feeding {
 public:
  explicit Feeding(Index& index) : index_(index) {}

  template <typename Offer>
  void Put(const Offer& offer) {
    Set(offer, *response_.add_changes());
  }
  void Delete(const std::string& name) {
    response_.add_changes()->set_deleted_name(name);
  }

  // Applies what was collected; `complete` ends the cut at the next revision.
  void Apply(bool complete = true) {
    if (complete) response_.set_revision(++revision_);
    response_.set_complete(complete);
    index_.Apply(response_);
    response_.Clear();
  }

  int pending() const { return response_.changes_size(); }
  uint64_t revision() const { return revision_; }
  void set_revision(uint64_t revision) { revision_ = revision; }

 private:
  Index& index_;
  Response response_;
  uint64_t revision_ = 0;
};

using FeedingJobs = Feeding<jobs::v1::WatchJobsResponse>;
using FeedingHomes = Feeding<housing::v1::WatchHomesResponse>;
using FeedingContacts = Feeding<contacts::v1::WatchContactsResponse>;

}  // namespace heimweg::matching::testing

#endif  // HEIMWEG_SERVICES_MATCHING_TESTING_FEEDING_H_
