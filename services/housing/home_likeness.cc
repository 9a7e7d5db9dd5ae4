// When two homes are likely one (HomeKind::BlocksOf, HomeKind::Likeness).
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/housing/home_kind.h"
#include "services/offers/likeness.h"

namespace heimweg::housing {
namespace {

using offers::kNeverOne;
using type::v1::Answer;
using v1::Home;

// Areas that are less than this apart may be one, rounded differently.
constexpr int64_t kAreaTolerance = 100;  // Hundredths of a square metre.
constexpr int64_t kAreaInterval = 800;
constexpr int64_t kRoundCents = 500;  // Rents and prices are, by most.

// Numbers that nearly every offer of a home names.
struct Figures {
  char what = '-';      // Of the amount: cold rent, warm rent, price.
  int64_t cents = 0;    // The amount.
  int64_t area = 0;     // Hundredths of a square metre.
  int64_t halves = -1;  // Of rooms; -1: not said.
};

// nullopt if the home does not name amount, area and postcode.
std::optional<Figures> FiguresOf(const Home& home) {
  Figures figures;
  if (home.has_monthly_cold_rent_cents()) {
    figures.what = 'c';
    figures.cents = home.monthly_cold_rent_cents();
  } else if (home.has_monthly_warm_rent_cents()) {
    figures.what = 'w';
    figures.cents = home.monthly_warm_rent_cents();
  } else if (home.has_price_cents()) {
    figures.what = 'p';
    figures.cents = home.price_cents();
  }
  const double area = home.has_living_area_sqm() ? home.living_area_sqm()
                                                 : home.plot_area_sqm();
  figures.area = std::llround(area * 100);
  if (home.has_rooms()) figures.halves = std::llround(home.rooms() * 2);
  if (figures.cents <= 0 || figures.area <= 0 ||
      offers::PostalCode(home.place()).empty()) {
    return std::nullopt;
  }
  return figures;
}

// 0 if one says nothing.
template <typename Value>
int Compare(Value a, Value b, Value unknown, int same, int different) {
  if (a == unknown || b == unknown) return 0;
  return a == b ? same : different;
}

int AreaPoints(int64_t a, int64_t b) {
  if (a != b) return 0;
  return a % 100 == 0 ? 2 : 5;
}

int AmountPoints(int64_t a, int64_t b) {
  if (a != b) return 0;
  return a % kRoundCents == 0 ? 2 : 4;
}

// Of an amount that follows from the first one more or less.
int SecondAmountPoints(bool both, int64_t a, int64_t b, int same) {
  if (!both) return 0;
  return a == b ? same : -3;
}

int TitlePoints(const Home& a, const Home& b) {
  const std::vector<std::string> one = offers::FoldedWords(a.title());
  const std::vector<std::string> other = offers::FoldedWords(b.title());
  const int percent = offers::CommonPercent(one, other);
  if (percent == 100 && one.size() >= 3) return 4;
  if (percent >= 50) return 2;
  return 0;
}

int DayPoints(const Home& a, const Home& b) {
  if (!a.has_available_from() || !b.has_available_from()) return 0;
  const auto& one = a.available_from();
  const auto& other = b.available_from();
  if (one.SerializeAsString() == other.SerializeAsString()) return 2;
  const int months =
      12 * (one.year() - other.year()) + one.month() - other.month();
  return std::abs(months) >= 2 ? -3 : 0;
}

int AnswerPoints(const Home& a, const Home& b) {
  const auto points = [](Answer one, Answer other) {
    return Compare(one, other, type::v1::ANSWER_UNSPECIFIED, 0, -2);
  };
  return points(a.wbs_required(), b.wbs_required()) +
         points(a.pets_allowed(), b.pets_allowed()) +
         points(a.furnished(), b.furnished()) + points(a.garden(), b.garden()) +
         points(a.fitted_kitchen(), b.fitted_kitchen()) +
         points(a.parking(), b.parking());
}

int OtherPoints(const Home& a, const Home& b) {
  const bool warm =
      a.has_monthly_cold_rent_cents() && a.has_monthly_warm_rent_cents() &&
      b.has_monthly_cold_rent_cents() && b.has_monthly_warm_rent_cents();
  const bool plot = a.has_living_area_sqm() && a.has_plot_area_sqm() &&
                    b.has_living_area_sqm() && b.has_plot_area_sqm();
  return SecondAmountPoints(warm, a.monthly_warm_rent_cents(),
                            b.monthly_warm_rent_cents(), 4) +
         SecondAmountPoints(a.has_deposit_cents() && b.has_deposit_cents(),
                            a.deposit_cents(), b.deposit_cents(), 1) +
         SecondAmountPoints(plot, std::llround(a.plot_area_sqm()),
                            std::llround(b.plot_area_sqm()), 4) +
         Compare(a.energy_class(), b.energy_class(),
                 v1::ENERGY_CLASS_UNSPECIFIED, 2, -4) +
         Compare(a.broadband_mbps(), b.broadband_mbps(), 0, 1, -1) +
         DayPoints(a, b) + AnswerPoints(a, b);
}

}  // namespace

offers::Blocks HomeKind::BlocksOf(const Offer& home) {
  offers::Blocks blocks;
  const std::optional<Figures> figures = FiguresOf(home);
  if (!figures.has_value()) return blocks;
  const std::string same =
      absl::StrCat(home.tenure(), "|", offers::PostalCode(home.place()), "|",
                   figures->halves, "|", std::string(1, figures->what));
  const offers::Interval area =
      offers::LinearInterval(figures->area, kAreaTolerance, kAreaInterval);
  const offers::Interval cents = offers::RelativeInterval(figures->cents);
  const auto block = [&](int64_t of_area, int64_t of_cents) {
    return offers::BlockOf(absl::StrCat(same, "|", of_area, "|", of_cents));
  };
  blocks.own = block(area.own, cents.own);
  if (area.other) blocks.near.push_back(block(*area.other, cents.own));
  if (cents.other) blocks.near.push_back(block(area.own, *cents.other));
  if (area.other && cents.other) {
    blocks.near.push_back(block(*area.other, *cents.other));
  }
  return blocks;
}

int HomeKind::Likeness(const Offer& a, const Offer& b) {
  const std::optional<Figures> one = FiguresOf(a);
  const std::optional<Figures> other = FiguresOf(b);
  if (!one.has_value() || !other.has_value() || a.tenure() != b.tenure() ||
      offers::PostalCode(a.place()) != offers::PostalCode(b.place()) ||
      one->halves != other->halves || one->what != other->what ||
      std::abs(one->area - other->area) > kAreaTolerance ||
      !offers::WithinOnePercent(one->cents, other->cents) ||
      Compare(a.home_type(), b.home_type(), v1::HOME_TYPE_UNSPECIFIED, 0, 1) !=
          0) {
    return kNeverOne;
  }
  return std::max(
      kNeverOne,
      offers::PlacePoints(a.place(), b.place()) +
          AreaPoints(one->area, other->area) +
          AmountPoints(one->cents, other->cents) + TitlePoints(a, b) +
          offers::NumberPoints(a.title(), b.title()) +
          offers::DescriptionPoints(a.description(), b.description()) +
          OtherPoints(a, b));
}

}  // namespace heimweg::housing
