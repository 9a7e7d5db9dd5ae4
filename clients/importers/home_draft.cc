#include "clients/importers/home_draft.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "clients/importers/field_text.h"

namespace heimweg::importers {
namespace {

using housing::v1::Home;

constexpr size_t kMostTitle = 200;
constexpr size_t kMostDescription = 20'000;
// Sums of a rent's parts are rounded by senders.
constexpr int64_t kSameRentCents = 100;

bool Same(int64_t a, int64_t b) { return std::abs(a - b) <= kSameRentCents; }

bool IsGermany(absl::string_view country) {
  for (const absl::string_view name :
       {"", "DE", "DEU", "D", "Deutschland", "Germany"}) {
    if (absl::EqualsIgnoreCase(country, name)) return true;
  }
  return false;
}

bool SaysNow(absl::string_view text) {
  const std::string lower = absl::AsciiStrToLower(text);
  return absl::StrContains(lower, "sofort") ||
         absl::StrContains(lower, "bezugsfrei") ||
         absl::StrContains(lower, "immediately");
}

}  // namespace

std::optional<int64_t> UnixSeconds(absl::string_view text) {
  const auto moment = ParseMoment(text, Berlin());
  if (!moment.has_value()) return std::nullopt;
  return absl::ToUnixSeconds(*moment);
}

void HomeDraft::Repaired(absl::string_view name, absl::string_view field) {
  repairs_.push_back({std::string(name), std::string(field)});
}

void HomeDraft::Wrong(absl::string_view field, absl::string_view description) {
  AddViolation(field, description, violations_);
}

std::optional<double> HomeDraft::Number(absl::string_view field,
                                        absl::string_view text) {
  text = absl::StripAsciiWhitespace(text);
  if (text.empty()) return std::nullopt;
  const std::optional<double> value = ParseDecimal(text, '.');
  if (!value.has_value() || *value < 0) {
    Wrong(field, "a number was expected, e.g. 68.5");
    return std::nullopt;
  }
  if (*value == 0) {
    Repaired("zero-is-not-said", field);
    return std::nullopt;
  }
  if (absl::StrContains(text, ",")) Repaired("decimal-comma", field);
  return value;
}

std::optional<int64_t> HomeDraft::Cents(absl::string_view field,
                                        absl::string_view text) {
  const std::optional<double> value = Number(field, text);
  if (!value.has_value()) return std::nullopt;
  if (*value > 1e11) {
    Wrong(field, "an amount of at most 100,000,000,000 was expected");
    return std::nullopt;
  }
  return std::llround(*value * 100);
}

void HomeDraft::SetTitle(absl::string_view text, absl::string_view otherwise) {
  std::string title = OneLine(text);
  if (title.empty()) {
    title = OneLine(otherwise);
    Repaired("title-made", "title");
  }
  if (CutTo(kMostTitle, title)) Repaired("title-cut", "title");
  home_->set_title(title);
}

void HomeDraft::SetDescription(
    const std::vector<absl::string_view>& paragraphs) {
  std::string description;
  for (const absl::string_view paragraph : paragraphs) {
    const std::string lines = ManyLines(paragraph);
    if (lines.empty()) continue;
    absl::StrAppend(&description, description.empty() ? "" : "\n\n", lines);
  }
  if (CutTo(kMostDescription, description)) {
    Repaired("description-cut", "description");
  }
  if (!description.empty()) home_->set_description(description);
}

void HomeDraft::SetPlace(absl::string_view country, absl::string_view postcode,
                         absl::string_view town, absl::string_view latitude,
                         absl::string_view longitude) {
  if (!IsGermany(absl::StripAsciiWhitespace(country))) {
    Wrong("place", "a home in Germany was expected");
    return;
  }
  type::v1::Place& place = *home_->mutable_place();
  bool repaired = false;
  const auto code = ParsePostcode(postcode, repaired);
  if (code.has_value()) {
    place.set_postal_code(*code);
    if (repaired) Repaired("postcode-zero-or-country", "place.postal_code");
  } else if (!absl::StripAsciiWhitespace(postcode).empty()) {
    Wrong("place.postal_code", "5 digits were expected");
  } else if (!town.empty()) {
    // Beside a postcode the town's name adds nothing but spellings of it.
    place.set_municipality(OneLine(town));
  }
  const auto north = ParseDecimal(latitude, '.');
  const auto east = ParseDecimal(longitude, '.');
  // Senders that know no coordinates write 0.
  if (!north.has_value() || !east.has_value() || (*north == 0 && *east == 0)) {
    return;
  }
  place.mutable_location()->set_latitude(*north);
  place.mutable_location()->set_longitude(*east);
}

void HomeDraft::SetStreet(bool released, absl::string_view street,
                          absl::string_view number) {
  type::v1::Place& place = *home_->mutable_place();
  if (!released) {
    Repaired("address-withheld", "place.street_address");
    if (!place.postal_code().empty() || !place.municipality().empty()) {
      place.clear_location();
    }
    return;
  }
  const std::string address = OneLine(absl::StrCat(street, " ", number));
  if (!address.empty()) place.set_street_address(address);
}

void HomeDraft::SetColdOfKaltmiete(const RentParts& parts) {
  const int64_t cold = *parts.cold;
  const int64_t running = parts.running.value_or(0);
  const int64_t heating = parts.heating.value_or(0);
  // As the schema says only if the warm rent proves it.
  if (parts.warm.has_value() && running > 0 && running < cold && heating > 0 &&
      Same(cold + heating, *parts.warm) &&
      !Same(cold + running + heating, *parts.warm)) {
    home_->set_monthly_cold_rent_cents(cold - running);
    Repaired("cold-rent-without-running-costs", "monthly_cold_rent_cents");
    return;
  }
  home_->set_monthly_cold_rent_cents(cold);
  Repaired("cold-rent-from-kaltmiete", "monthly_cold_rent_cents");
}

void HomeDraft::SetWarm(const RentParts& parts) {
  if (parts.warm.has_value()) {
    home_->set_monthly_warm_rent_cents(*parts.warm);
    return;
  }
  if (parts.flat_rate.has_value()) {
    home_->set_monthly_warm_rent_cents(*parts.flat_rate);
    Repaired("warm-rent-from-flat-rate", "monthly_warm_rent_cents");
    return;
  }
  if (!home_->has_monthly_cold_rent_cents() || !parts.running.has_value() ||
      !parts.heating.has_value()) {
    return;
  }
  home_->set_monthly_warm_rent_cents(home_->monthly_cold_rent_cents() +
                                     *parts.running + *parts.heating);
  Repaired("warm-rent-computed", "monthly_warm_rent_cents");
}

void HomeDraft::SetRent(const RentParts& parts) {
  if (parts.net_cold.has_value()) {
    home_->set_monthly_cold_rent_cents(*parts.net_cold);
  } else if (parts.cold.has_value()) {
    SetColdOfKaltmiete(parts);
  }
  SetWarm(parts);
}

void HomeDraft::SetRooms(absl::string_view text) {
  const auto rooms = Number("rooms", text);
  if (!rooms.has_value()) return;
  const double halves = std::round(*rooms * 2) / 2;
  if (halves != *rooms) Repaired("rooms-in-halves", "rooms");
  home_->set_rooms(halves);
}

void HomeDraft::SetLivingArea(absl::string_view text) {
  const auto area = Number("living_area_sqm", text);
  if (area.has_value()) home_->set_living_area_sqm(*area);
}

void HomeDraft::SetPlotArea(absl::string_view text) {
  const auto area = Number("plot_area_sqm", text);
  if (area.has_value()) home_->set_plot_area_sqm(*area);
}

void HomeDraft::SetAvailableFrom(absl::string_view text,
                                 absl::string_view as_of) {
  auto date = ParseDate(text);
  if (!date.has_value() && SaysNow(text)) {
    date = ParseDate(as_of);
    if (date.has_value()) Repaired("available-now", "available_from");
  }
  if (date.has_value()) *home_->mutable_available_from() = *date;
}

void HomeDraft::SetEnergyClass(absl::string_view text) {
  const std::string name =
      absl::AsciiStrToUpper(absl::StripAsciiWhitespace(text));
  if (name.empty()) return;
  housing::v1::EnergyClass energy;
  const std::string value = absl::StrCat(
      "ENERGY_CLASS_", name == "A+" || name == "APLUS" ? "A_PLUS" : name);
  if (housing::v1::EnergyClass_Parse(value, &energy)) {
    home_->set_energy_class(energy);
  } else {
    Repaired("energy-class-unknown", "energy_class");
  }
}

void HomeDraft::SetContactPerson(absl::string_view first_name,
                                 absl::string_view name,
                                 absl::string_view email,
                                 absl::string_view phone) {
  const std::string full = OneLine(absl::StrCat(first_name, " ", name));
  const std::string address = OneLine(email);
  const std::string number = OneLine(phone);
  if (full.empty() && address.empty() && number.empty()) return;
  type::v1::ContactPerson& person = *home_->mutable_contact_person();
  if (!full.empty()) person.set_display_name(full);
  if (!address.empty()) person.set_email(address);
  if (!number.empty()) person.set_phone_number(number);
}

absl::Status HomeDraft::Give(Origin origin, const std::string& text,
                             Sink& sink) && {
  if (!violations_.empty()) {
    return sink.Reject(
        {std::move(origin), std::move(violations_), std::move(home_), text});
  }
  return sink.Accept({Record::Action::kUpsert, std::move(home_),
                      std::move(repairs_), std::move(origin)});
}

}  // namespace heimweg::importers
