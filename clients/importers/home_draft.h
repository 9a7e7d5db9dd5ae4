// A Home that is being made of a partner's fields, with what was put right and
// what is wrong. What formats of homes share.
#ifndef HEIMWEG_CLIENTS_IMPORTERS_HOME_DRAFT_H_
#define HEIMWEG_CLIENTS_IMPORTERS_HOME_DRAFT_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "clients/importers/format.h"
#include "heimweg/housing/v1/home.pb.h"

namespace heimweg::importers {

// What a file says a rent is made of, in cents; what is 0 is not said.
struct RentParts {
  std::optional<int64_t> net_cold;  // Nettokaltmiete
  // Kaltmiete: by OpenImmo's schema with running costs but without heating;
  // many senders write the net cold rent into it.
  std::optional<int64_t> cold;
  std::optional<int64_t> warm;       // Warmmiete
  std::optional<int64_t> running;    // Nebenkosten
  std::optional<int64_t> heating;    // Heizkosten
  std::optional<int64_t> flat_rate;  // Pauschalmiete: everything in it
};

// Thread-compatible.
class HomeDraft {
 public:
  HomeDraft() : home_(std::make_unique<housing::v1::Home>()) {}

  housing::v1::Home& home() { return *home_; }
  const housing::v1::Home& home() const { return *home_; }
  bool ok() const { return violations_.empty(); }

  void Repaired(absl::string_view name, absl::string_view field);
  void Wrong(absl::string_view field, absl::string_view description);

  // Values as texts; nothing if they say nothing: empty, or 0 where that is no
  // value. A decimal comma is repaired; what is no number is Wrong.
  std::optional<double> Number(absl::string_view field, absl::string_view text);
  std::optional<int64_t> Cents(absl::string_view field, absl::string_view text);

  void SetTitle(absl::string_view text, absl::string_view otherwise);
  // Paragraphs, empty ones left out.
  void SetDescription(const std::vector<absl::string_view>& paragraphs);
  // `country` is ISO 3166-1 alpha-2 or alpha-3, or empty for Germany; a home
  // elsewhere is Wrong. Coordinates as texts, may be empty.
  void SetPlace(absl::string_view country, absl::string_view postcode,
                absl::string_view town, absl::string_view latitude,
                absl::string_view longitude);
  // Only if the address may be shown; otherwise the coordinates, which would
  // tell it, go as well.
  void SetStreet(bool released, absl::string_view street,
                 absl::string_view number);
  // Cold and warm rent of what there is; see RentParts.
  void SetRent(const RentParts& parts);
  void SetRooms(absl::string_view text);
  void SetLivingArea(absl::string_view text);
  void SetPlotArea(absl::string_view text);
  // A date, or "sofort" and the like: then `as_of`, when that was said.
  void SetAvailableFrom(absl::string_view text, absl::string_view as_of);
  void SetEnergyClass(absl::string_view text);
  void SetContactPerson(absl::string_view first_name, absl::string_view name,
                        absl::string_view email, absl::string_view phone);

  // To the sink: accepted, or rejected with `element` as text.
  absl::Status Give(Origin origin, const std::string& text, Sink& sink) &&;

 private:
  void SetColdOfKaltmiete(const RentParts& parts);
  void SetWarm(const RentParts& parts);

  std::unique_ptr<housing::v1::Home> home_;
  std::vector<Repair> repairs_;
  Violations violations_;
};

// Midnight in Germany as a timestamp's seconds, of "2026-03-27" or a moment;
// nothing if it is neither.
std::optional<int64_t> UnixSeconds(absl::string_view text);

}  // namespace heimweg::importers

#endif  // HEIMWEG_CLIENTS_IMPORTERS_HOME_DRAFT_H_
