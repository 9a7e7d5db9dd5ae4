// The columns that all kinds of offers have, and the conversions into them.
// One row an offer; scoring reads nothing else of it.
#ifndef HEIMWEG_SERVICES_MATCHING_COMMON_COLUMNS_H_
#define HEIMWEG_SERVICES_MATCHING_COMMON_COLUMNS_H_

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/timestamp.pb.h"
#include "heimweg/type/v1/date.pb.h"
#include "heimweg/type/v1/offer.pb.h"
#include "heimweg/type/v1/place.pb.h"
#include "services/matching/prefetch.h"
#include "services/matching/terms.h"
#include "services/places/distance.h"

namespace heimweg::matching {

// Days since 1970-01-01 for offers that do not name one.
inline constexpr int32_t kNoDay = INT32_MIN;

// Seconds since 1970 cut to 32 bits, up to the year 2106. Evaluation times end
// in 2100, so that a time that was cut compares and decays as the real one.
uint32_t Seconds(const google::protobuf::Timestamp& time);
inline constexpr uint32_t kEndOfTime = UINT32_MAX;

// Days since 1970-01-01; kNoDay if the date is not valid.
int32_t DayNumber(const type::v1::Date& date);
// "2027-08-01".
std::string DayText(int32_t day);

// round(value x scale), 0 to `most`; 0 for what is no positive number.
int32_t Scaled(double value, int32_t scale, int32_t most);

// An AGS of 2 to 8 digits as a number whose order of digits can be compared.
struct AgsCode {
  uint32_t digits = 0;  // zeros appended up to eight
  uint32_t length = 0;  // 0: none

  // Anything but 2 to 8 digits is none.
  static AgsCode Of(absl::string_view text);
  uint32_t Packed() const { return digits * 16 + length; }
  static AgsCode Unpacked(uint32_t packed) {
    return {packed / 16, packed % 16};
  }
  // Its first `count` digits as a number; count is 1 to 8.
  uint32_t Leading(uint32_t count) const;
};

// The point from which distances are computed: the resolved one, else the given
// one; (0, 0, 0) if there is none.
places::GeoPoint PointOf(const type::v1::Place& place);
inline bool IsKnown(places::GeoPoint point) {
  return (point.x | point.y | point.z) != 0;
}
// Resolved, else as given.
absl::string_view AgsOf(const type::v1::Place& place);
absl::string_view MunicipalityOf(const type::v1::Place& place);
absl::string_view PostalCodeOf(const type::v1::Place& place);

// "networks/x" of "networks/x/jobs/y".
absl::string_view NetworkOf(absl::string_view name);

// What a duplicate says of the offer that it repeats (duplicate_of).
struct Repeats {
  uint32_t until = 0;    // Seconds; when that one ends
  uint32_t network = 0;  // its number
};

// Thread-compatible.
struct CommonColumns {
  std::vector<places::GeoPoint> point;  // (0, 0, 0): not known
  std::vector<uint32_t> ags;            // AgsCode::Packed; 0: not known
  std::vector<uint32_t> network;        // number of "networks/x"
  std::vector<uint32_t> valid_from;     // Seconds, inside
  std::vector<uint32_t> valid_until;    // Seconds, outside; kEndOfTime: none
  std::vector<uint32_t> fresh;          // verified or changed; 0: not known
  std::vector<uint8_t> state;           // OfferState
  // By row, for the few that repeat another one.
  absl::flat_hash_map<uint32_t, Repeats> repeats;
  // By row, of those that name a capacity other than 1.
  absl::flat_hash_map<uint32_t, int32_t> capacities;
  // By row, of those that are not public.
  absl::flat_hash_map<uint32_t, type::v1::Visibility> visibilities;

  template <typename Offer>
  void Append(const Offer& offer, Dictionaries& terms) {
    if (offer.has_duplicate_of()) {
      const type::v1::DuplicateLink& link = offer.duplicate_of();
      repeats[static_cast<uint32_t>(rows())] = {
          link.has_end_time() ? Seconds(link.end_time()) : kEndOfTime,
          terms.networks.Intern(NetworkOf(link.offer()))};
    }
    if (offer.has_capacity() && offer.capacity() != 1) {
      capacities[static_cast<uint32_t>(rows())] = offer.capacity();
    }
    if (offer.visibility() > type::v1::VISIBILITY_PUBLIC) {
      visibilities[static_cast<uint32_t>(rows())] = offer.visibility();
    }
    point.push_back(PointOf(offer.place()));
    ags.push_back(AgsCode::Of(AgsOf(offer.place())).Packed());
    network.push_back(terms.networks.Intern(NetworkOf(offer.name())));
    valid_from.push_back(offer.validity().has_start_time()
                             ? Seconds(offer.validity().start_time())
                             : Seconds(offer.create_time()));
    valid_until.push_back(offer.validity().has_end_time()
                              ? Seconds(offer.validity().end_time())
                              : kEndOfTime);
    fresh.push_back(
        std::max(Seconds(offer.verified_time()), Seconds(offer.update_time())));
    state.push_back(static_cast<uint8_t>(offer.state()));
  }
  void AppendFrom(const CommonColumns& other, uint32_t row);
  // How many people the offer of a row takes.
  int32_t CapacityOf(uint32_t row) const;
  // Who may see it.
  type::v1::Visibility VisibilityOf(uint32_t row) const;
  void Reserve(size_t rows);
  // For a row whose distance is measured soon.
  void PrefetchPoint(uint32_t row) const {
    Prefetch(&point[row]);
    Prefetch(&point[row].z);
  }
  // For a row of which is asked soon whether it is shown.
  void PrefetchState(uint32_t row) const {
    Prefetch(&state[row]);
    Prefetch(&valid_from[row]);
    Prefetch(&valid_until[row]);
  }
  size_t rows() const { return point.size(); }
  // The greatest of `fresh`; 0 if none is known.
  uint32_t Freshest() const {
    return fresh.empty() ? 0 : *std::max_element(fresh.begin(), fresh.end());
  }
  int64_t Bytes() const;
};

template <typename T>
int64_t BytesOf(const std::vector<T>& column) {
  return static_cast<int64_t>(column.capacity() * sizeof(T));
}

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_COMMON_COLUMNS_H_
