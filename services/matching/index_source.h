// IndexSource: the index as those see it who answer from it, whichever one
// answers at the time.
#ifndef HEIMWEG_SERVICES_MATCHING_INDEX_SOURCE_H_
#define HEIMWEG_SERVICES_MATCHING_INDEX_SOURCE_H_

#include <string>
#include <vector>

#include "heimweg/matching/v1/feedback.pb.h"
#include "services/matching/snapshot.h"

namespace heimweg::matching {

// Thread-safe.
class IndexSource {
 public:
  virtual ~IndexSource() = default;

  // What is indexed now. It waits for no change longer than it takes to copy
  // pointers. The revisions of later ones are never lower, unless a store's
  // own is.
  virtual Snapshot snapshot() const = 0;

  // See ProfileShelf::SetFeedback.
  virtual void SetFeedback(const std::string& profile,
                           std::vector<v1::Feedback> feedback) = 0;
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_INDEX_SOURCE_H_
