#include "services/matching/common_columns.h"

#include <array>
#include <chrono>
#include <cmath>
#include <utility>

#include "absl/time/civil_time.h"

namespace heimweg::matching {

uint32_t Seconds(const google::protobuf::Timestamp& time) {
  return static_cast<uint32_t>(
      std::clamp<int64_t>(time.seconds(), 0, kEndOfTime));
}

int32_t DayNumber(const type::v1::Date& date) {
  if (date.year() < 1900 || date.year() > 2200) return kNoDay;
  const absl::CivilDay day(date.year(), date.month(), date.day());
  if (day.month() != date.month() || day.day() != date.day()) return kNoDay;
  return static_cast<int32_t>(day - absl::CivilDay(1970, 1, 1));
}

std::string DayText(int32_t day) {
  // By hand: every match of an answer may name one.
  const std::chrono::year_month_day civil =
      std::chrono::sys_days(std::chrono::days(day));
  std::string text = "0000-00-00";
  const auto write = [&text](int64_t number, size_t first, size_t digits) {
    for (size_t i = first + digits; i-- > first; number /= 10) {
      text[i] = static_cast<char>('0' + number % 10);
    }
  };
  write(int{civil.year()}, 0, 4);
  write(unsigned{civil.month()}, 5, 2);
  write(unsigned{civil.day()}, 8, 2);
  return text;
}

int32_t Scaled(double value, int32_t scale, int32_t most) {
  const double scaled = std::floor(value * scale + 0.5);
  if (!(scaled > 0)) return 0;
  return scaled >= most ? most : static_cast<int32_t>(scaled);
}

AgsCode AgsCode::Of(absl::string_view text) {
  AgsCode code;
  if (text.size() < 2 || text.size() > 8) return code;
  for (size_t i = 0; i < 8; ++i) {
    if (i < text.size() && (text[i] < '0' || text[i] > '9')) return {};
    code.digits = code.digits * 10 +
                  static_cast<uint32_t>(i < text.size() ? text[i] - '0' : 0);
  }
  code.length = static_cast<uint32_t>(text.size());
  return code;
}

uint32_t AgsCode::Leading(uint32_t count) const {
  constexpr std::array<uint32_t, 9> kBelow = {
      100'000'000, 10'000'000, 1'000'000, 100'000, 10'000, 1'000, 100, 10, 1};
  return digits / kBelow[count];
}

places::GeoPoint PointOf(const type::v1::Place& place) {
  const bool resolved = place.resolved().has_location();
  if (!resolved && !place.has_location()) return {};
  const type::v1::LatLng& location =
      resolved ? place.resolved().location() : place.location();
  const places::LatLng degrees{location.latitude(), location.longitude()};
  return places::IsOnEarth(degrees) ? places::ToGeoPoint(degrees)
                                    : places::GeoPoint{};
}

absl::string_view AgsOf(const type::v1::Place& place) {
  return place.resolved().ags().empty() ? place.ags() : place.resolved().ags();
}

absl::string_view MunicipalityOf(const type::v1::Place& place) {
  return place.resolved().municipality().empty()
             ? place.municipality()
             : place.resolved().municipality();
}

absl::string_view PostalCodeOf(const type::v1::Place& place) {
  return place.resolved().postal_code().empty()
             ? place.postal_code()
             : place.resolved().postal_code();
}

absl::string_view NetworkOf(absl::string_view name) {
  const size_t first = name.find('/');
  if (first == absl::string_view::npos) return name;
  return name.substr(0, name.find('/', first + 1));
}

void CommonColumns::AppendFrom(const CommonColumns& other, uint32_t row) {
  const auto found = other.repeats.find(row);
  if (found != other.repeats.end()) {
    repeats[static_cast<uint32_t>(rows())] = found->second;
  }
  const auto capacity = other.capacities.find(row);
  if (capacity != other.capacities.end()) {
    capacities[static_cast<uint32_t>(rows())] = capacity->second;
  }
  const auto visibility = other.visibilities.find(row);
  if (visibility != other.visibilities.end()) {
    visibilities[static_cast<uint32_t>(rows())] = visibility->second;
  }
  point.push_back(other.point[row]);
  ags.push_back(other.ags[row]);
  network.push_back(other.network[row]);
  valid_from.push_back(other.valid_from[row]);
  valid_until.push_back(other.valid_until[row]);
  fresh.push_back(other.fresh[row]);
  state.push_back(other.state[row]);
}

int32_t CommonColumns::CapacityOf(uint32_t row) const {
  const auto found = capacities.find(row);
  return found == capacities.end() ? 1 : found->second;
}

type::v1::Visibility CommonColumns::VisibilityOf(uint32_t row) const {
  const auto found = visibilities.find(row);
  return found == visibilities.end() ? type::v1::VISIBILITY_PUBLIC
                                     : found->second;
}

void CommonColumns::Reserve(size_t rows) {
  point.reserve(rows);
  ags.reserve(rows);
  network.reserve(rows);
  valid_from.reserve(rows);
  valid_until.reserve(rows);
  fresh.reserve(rows);
  state.reserve(rows);
}

int64_t CommonColumns::Bytes() const {
  return BytesOf(point) + BytesOf(ags) + BytesOf(network) +
         BytesOf(valid_from) + BytesOf(valid_until) + BytesOf(fresh) +
         BytesOf(state) +
         static_cast<int64_t>(repeats.capacity() *
                              sizeof(std::pair<uint32_t, Repeats>)) +
         static_cast<int64_t>(capacities.capacity() *
                              sizeof(std::pair<uint32_t, int32_t>)) +
         static_cast<int64_t>(visibilities.capacity() *
                              sizeof(std::pair<uint32_t, int32_t>));
}

}  // namespace heimweg::matching
