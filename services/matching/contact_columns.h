// The columns of contacts.
#ifndef HEIMWEG_SERVICES_MATCHING_CONTACT_COLUMNS_H_
#define HEIMWEG_SERVICES_MATCHING_CONTACT_COLUMNS_H_

#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "heimweg/contacts/v1/contact_service.pb.h"
#include "services/matching/cards.h"
#include "services/matching/cell_grid.h"
#include "services/matching/common_columns.h"
#include "services/matching/contact_code.h"
#include "services/matching/terms.h"

namespace heimweg::matching {

struct ContactSummary;

// Thread-compatible.
class ContactColumns {
 public:
  using Offer = contacts::v1::Contact;
  using Change = contacts::v1::ContactChange;
  using WatchResponse = contacts::v1::WatchContactsResponse;
  using Summary = ContactSummary;

  // Ties are broken by a NameOrder.
  static constexpr bool kOrdersNames = true;

  static const Offer* OfferOf(const Change& change) {
    return change.has_contact() ? &change.contact() : nullptr;
  }
  static Card CardOf(const Offer& contact);

  void Append(const Offer& contact, Dictionaries& terms);
  void AppendFrom(const ContactColumns& other, uint32_t row);
  void Reserve(size_t rows, size_t listed);
  // Rows in this order lie near those that are like them.
  uint64_t PlaceInOrder(uint32_t row) const;
  void Seal();
  size_t rows() const { return common.rows(); }
  size_t listed() const { return lists_.size(); }
  int64_t Bytes() const;

  // Numbers of the folded terms of a row, each once.
  absl::Span<const uint32_t> Topics(uint32_t row) const {
    return {lists_.data() + begin_[row], topic_count_[row]};
  }
  absl::Span<const uint32_t> Hooks(uint32_t row) const {
    return {Topics(row).end(), hook_count_[row]};
  }

  // By where they are; the label is the type.
  const CellGrid& grid() const { return grid_; }
  // Of ContactCode, once sealed, against the AgeByte::Newest of all rows.
  const ContactCode::Planes& planes() const { return planes_; }
  int64_t newest() const { return newest_; }

  static constexpr uint8_t kNoAgeLimit = 255;

  CommonColumns common;
  std::vector<uint8_t> contact_type;
  std::vector<uint8_t> youngest;   // years; 0 if not said
  std::vector<uint8_t> oldest;     // years; kNoAgeLimit if not said
  std::vector<uint32_t> start;     // Seconds of an event; 0: not said
  std::vector<uint32_t> last;      // Seconds of its last moment
  std::vector<uint8_t> recurs;     // 1: with a recurrence rule
  std::vector<uint8_t> step_free;  // Answer

 private:
  ContactCode::Bytes CodeOf(uint32_t row) const;

  std::vector<uint32_t> begin_;  // of a row's lists
  std::vector<uint8_t> topic_count_;
  std::vector<uint8_t> hook_count_;
  std::vector<uint32_t> lists_;
  CellGrid grid_;
  ContactCode::Planes planes_;
  int64_t newest_ = 0;
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_CONTACT_COLUMNS_H_
