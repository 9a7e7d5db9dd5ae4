// ContactLosses: what a contact loses at least against the best that there
// could be, by all features but DISTANCE, from tables by its code.
#ifndef HEIMWEG_SERVICES_MATCHING_CONTACT_LOSSES_H_
#define HEIMWEG_SERVICES_MATCHING_CONTACT_LOSSES_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "services/matching/contact_code.h"
#include "services/matching/contact_query.h"
#include "services/matching/plane_losses.h"
#include "services/matching/quick_distance.h"
#include "services/matching/time_step.h"

namespace heimweg::matching {

// Thread-compatible. See HomeLosses.
class ContactLosses {
 public:
  using Block = ContactCode::Planes::Block;

  explicit ContactLosses(const ContactQuery& query);

  static constexpr int32_t kFails = QuickDistance::kFails;

  void EnterNewest(int64_t newest);
  void Fit(int64_t budget);
  uint64_t Filter(const Block& block, int64_t budget) const;
  int64_t Of(const Block& block, uint32_t place) const;

 private:
  using ByByte = std::array<int32_t, 256>;
  using Weights = std::array<int32_t, ContactQuery::kFeatures.size()>;

  // Points by the half bytes of a plane of topics.
  struct Topics {
    size_t plane = 0;
    HalfTables points;
  };

  ContactLosses(const ContactQuery& query, const Weights& weights);

  void FillTopics(const ContactQuery& query);
  void FillHooks(const ContactQuery& query);
  void FillPeople(bool names_terms, int32_t weight);
  void FillEvents(int64_t newest);
  ByByte& At(ContactCode::Byte byte) { return losses_[byte]; }
  void Scale(size_t byte) { scaled_[byte].Scale(losses_[byte], unit_); }

  const DecayLosses date_;
  const DecayLosses fresh_;
  std::optional<int64_t> newest_;
  LossUnit unit_;
  // All but topics and hooks, and the same in the unit.
  std::array<ByByte, ContactCode::kTopics> losses_{};
  std::array<ScaledLosses, ContactCode::kTopics> scaled_{};
  std::vector<Topics> topics_;  // of planes with interests of the household
  ScaledLosses hooks_;          // points by the byte of a hook
  int32_t unsaid_people_ = 0;
  std::array<int32_t, PointLosses::kMost + 1> people_{};  // by points
  PointLosses scaled_people_;
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_CONTACT_LOSSES_H_
