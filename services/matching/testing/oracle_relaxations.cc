#include "services/matching/testing/oracle_relaxations.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <utility>

#include "services/matching/testing/oracle_facts.h"

namespace heimweg::matching::testing {
namespace {

using profiles::v1::Adult;
using profiles::v1::Profile;

// As short as possible, at most three decimals, cut.
std::string Number(int64_t thousandths) {
  char text[32];
  std::snprintf(text, sizeof(text), "%lld.%03lld",
                static_cast<long long>(thousandths / 1000),
                static_cast<long long>(thousandths % 1000));
  std::string number = text;
  number.erase(number.find_last_not_of('0') + 1);
  if (number.back() == '.') number.pop_back();
  return number;
}

std::string HourNumbers(std::pair<int64_t, int64_t> minutes) {
  const std::string low = Number(minutes.first * 1000 / 60);
  const std::string high = Number(minutes.second * 1000 / 60);
  return minutes.first == minutes.second ? high : low + "-" + high;
}

class Relaxer {
 public:
  explicit Relaxer(const v1::RankOffersRequest& request)
      : request_(request), profile_(request.inline_profile()) {}

  std::vector<RelaxedProfile> All() {
    const bool job = request_.kind() == type::v1::OFFER_KIND_JOB;
    const bool home = request_.kind() == type::v1::OFFER_KIND_HOME;
    for (int i = 0; i < profile_.anchors_size(); ++i) Widen(i);
    if (job || home) Later();
    if (job) {
      ForAdults([this](int i) { CheaperBy(i); });
      ForAdults([this](int i) { HoursBy(i); });
    }
    if (home) {
      RentBy();
      PriceBy();
      FewerRooms();
    }
    return std::move(relaxed_);
  }

 private:
  template <typename Do>
  void ForAdults(Do act) {
    for (int i = 0; i < profile_.adults_size(); ++i) {
      const Adult& adult = profile_.adults(i);
      if (!adult.seeks_job()) continue;
      if (!request_.adult().empty() && request_.adult() != adult.id()) continue;
      act(i);
    }
  }

  void Add(v1::Constraint constraint, const std::string& from,
           const std::string& to, const char* unit, const std::string& anchor,
           const std::string& adult, const Profile& profile) {
    if (from == to) return;
    RelaxedProfile relaxed;
    relaxed.text.set_constraint(constraint);
    relaxed.text.set_from(from);
    relaxed.text.set_to(to);
    relaxed.text.set_unit(unit);
    relaxed.text.set_anchor(anchor);
    relaxed.adult = adult;
    relaxed.profile = profile;
    // The second step may have been stopped where the first one was.
    if (!relaxed_.empty() && last_of_ == current_of_ &&
        relaxed_.back().text.to() == to) {
      return;
    }
    last_of_ = current_of_;
    relaxed_.push_back(relaxed);
  }

  void Widen(int i) {
    ++current_of_;
    const profiles::v1::Anchor& anchor = profile_.anchors(i);
    for (int step = 1; step <= 2; ++step) {
      Profile changed = profile_;
      if (anchor.has_radius_km()) {
        const int64_t meters = std::llround(anchor.radius_km() * 1000);
        // Up to whole hundreds of metres.
        int64_t hundreds = 0;
        while (hundreds * 100 * 3 < meters * (3 + step)) ++hundreds;
        const int64_t wider = std::min<int64_t>(hundreds * 100, 1'000'000);
        changed.mutable_anchors(i)->set_radius_km(static_cast<double>(wider) /
                                                  1000);
        Add(v1::CONSTRAINT_AREA, Number(meters), Number(wider), "km",
            anchor.id(), "", changed);
      } else if (anchor.has_commute_minutes()) {
        int minutes = anchor.commute_minutes();
        while (minutes * 3 < anchor.commute_minutes() * (3 + step)) ++minutes;
        minutes = std::min(minutes, 600);
        changed.mutable_anchors(i)->set_commute_minutes(minutes);
        Add(v1::CONSTRAINT_AREA, std::to_string(anchor.commute_minutes()),
            std::to_string(minutes), "minutes", anchor.id(), "", changed);
      }
    }
  }

  void Later() {
    ++current_of_;
    if (!profile_.return_window().has_latest()) return;
    const int64_t latest = DaysOf(profile_.return_window().latest());
    for (const int days : {90, 180}) {
      Profile changed = profile_;
      *changed.mutable_return_window()->mutable_latest() =
          DateOf(latest + days);
      Add(v1::CONSTRAINT_DATES, DateText(latest), DateText(latest + days), "",
          "", "", changed);
    }
  }

  void CheaperBy(int i) {
    ++current_of_;
    const Adult& adult = profile_.adults(i);
    if (!adult.has_salary() || !adult.salary().required()) return;
    const int64_t floor = adult.salary().floor_cents();
    for (const int64_t percent : {90, 80}) {
      const int64_t lower = floor * percent / 100;
      if (lower < 1) continue;
      Profile changed = profile_;
      changed.mutable_adults(i)->mutable_salary()->set_floor_cents(lower);
      Add(v1::CONSTRAINT_SALARY, std::to_string(floor), std::to_string(lower),
          "cents", "", adult.id(), changed);
    }
  }

  void HoursBy(int i) {
    ++current_of_;
    const Adult& adult = profile_.adults(i);
    if (!adult.has_weekly_hours()) return;
    const auto [low, high] = MinuteRange(adult.weekly_hours());
    for (const int64_t more : {300, 600}) {
      const int64_t lower = std::max<int64_t>(low - more, 30);
      const int64_t higher = std::min<int64_t>(high + more, 4800);
      Profile changed = profile_;
      jobs::v1::WeeklyHours& hours =
          *changed.mutable_adults(i)->mutable_weekly_hours();
      hours.set_minimum(static_cast<double>(lower) / 60);
      hours.set_maximum(static_cast<double>(higher) / 60);
      Add(v1::CONSTRAINT_HOURS, HourNumbers({low, high}),
          HourNumbers({lower, higher}), "hours", "", adult.id(), changed);
    }
  }

  static int64_t Raised(int64_t cents, int64_t tenths, int64_t most) {
    return std::min((cents * (10 + tenths) + 9) / 10, most);
  }

  void RentBy() {
    ++current_of_;
    if (!profile_.housing().has_max_monthly_warm_rent_cents()) return;
    const int64_t rent = profile_.housing().max_monthly_warm_rent_cents();
    for (const int tenths : {1, 2}) {
      const int64_t raised = Raised(rent, tenths, 10'000'000);
      Profile changed = profile_;
      changed.mutable_housing()->set_max_monthly_warm_rent_cents(raised);
      Add(v1::CONSTRAINT_BUDGET, std::to_string(rent), std::to_string(raised),
          "cents", "", "", changed);
    }
  }

  void PriceBy() {
    ++current_of_;
    if (!profile_.housing().has_max_price_cents()) return;
    const int64_t price = profile_.housing().max_price_cents();
    for (const int tenths : {1, 2}) {
      const int64_t raised = Raised(price, tenths, 100'000'000'000);
      Profile changed = profile_;
      changed.mutable_housing()->set_max_price_cents(raised);
      Add(v1::CONSTRAINT_BUDGET, std::to_string(price), std::to_string(raised),
          "cents", "", "", changed);
    }
  }

  void FewerRooms() {
    ++current_of_;
    const double rooms = profile_.housing().min_rooms();
    if (rooms <= 1) return;
    Profile changed = profile_;
    changed.mutable_housing()->set_min_rooms(rooms - 1);
    Add(v1::CONSTRAINT_ROOMS, Number(std::llround(rooms * 1000)),
        Number(std::llround((rooms - 1) * 1000)), "rooms", "", "", changed);
  }

  const v1::RankOffersRequest& request_;
  const Profile& profile_;
  std::vector<RelaxedProfile> relaxed_;
  int current_of_ = 0;
  int last_of_ = -1;
};

}  // namespace

std::vector<RelaxedProfile> RelaxedProfiles(
    const v1::RankOffersRequest& request) {
  return Relaxer(request).All();
}

}  // namespace heimweg::matching::testing
