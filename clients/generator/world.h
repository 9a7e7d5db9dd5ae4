// What the makers of items share: the tables to draw from, and the fields that
// all kinds of offers have.
#ifndef HEIMWEG_CLIENTS_GENERATOR_WORLD_H_
#define HEIMWEG_CLIENTS_GENERATOR_WORLD_H_

#include <cstdint>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "clients/generator/generator.h"
#include "clients/generator/occupations.h"
#include "clients/generator/random.h"
#include "clients/generator/skills.h"
#include "clients/generator/towns.h"
#include "google/protobuf/timestamp.pb.h"
#include "heimweg/type/v1/answer.pb.h"
#include "heimweg/type/v1/date.pb.h"
#include "heimweg/type/v1/offer.pb.h"

namespace heimweg::generator {

// Immutable. Thread-safe.
struct World {
  explicit World(Towns where) : towns(std::move(where)) {}

  Towns towns;
  Occupations occupations;
  Skills skills{Occupations::GroupCount()};
};

// What one item is made with. Borrows all of it.
struct Setting {
  const World& world;
  const GeneratorOptions& options;
  const std::string& id;  // of the item
};

// Of one kind of offer each, but for the common fields below.
void FillJob(const Setting& setting, Random& random, jobs::v1::Job& job);
void FillHome(const Setting& setting, Random& random, housing::v1::Home& home);
void FillContact(const Setting& setting, Random& random,
                 contacts::v1::Contact& contact);
// The whole profile but for its name.
void FillProfile(const Setting& setting, Random& random,
                 profiles::v1::Profile& profile);

google::protobuf::Timestamp ToTimestamp(absl::Time time);

// The day `days` after `from`, in UTC.
type::v1::Date DayAfter(absl::Time from, int64_t days);

// Yes in `yes` and no in `no` of 100 cases, otherwise not said.
type::v1::Answer DrawAnswer(int yes, int no, Random& random);

type::v1::OfferState DrawState(Random& random);
type::v1::Visibility DrawVisibility(Random& random);

// Nobody real: mail to a reserved domain, a number that the Bundesnetzagentur
// keeps for films.
type::v1::ContactPerson DrawContactPerson(Random& random);

// How long ago somebody made sure of an offer: half of them within a month.
absl::Duration DrawAge(Random& random);

// A topic that people share: a sport, a craft, a cause.
absl::string_view DrawTopic(Random& random);

// A school of the town, or a city where people lived in the meantime.
std::string DrawBiographyHook(const Town& town, Random& random);

// Fields 1 to 19 but for title, description and place.
template <typename Offer>
void FillCommonFields(const Setting& setting, absl::string_view collection,
                      Random& random, Offer& offer) {
  const absl::Time now = setting.options.reference_time;
  offer.set_name(absl::StrCat("networks/", setting.options.network, "/",
                              collection, "/", setting.id));
  offer.set_state(DrawState(random));
  const absl::Duration age = DrawAge(random);
  const absl::Duration older = absl::Hours(random.Below(24 * 60));
  const absl::Duration open = absl::Hours(24 * random.Between(60, 1500));
  const google::protobuf::Timestamp verified = ToTimestamp(now - age);
  *offer.mutable_validity()->mutable_start_time() =
      ToTimestamp(now - age - older);
  *offer.mutable_validity()->mutable_end_time() = ToTimestamp(now + open);
  offer.set_source("generate");
  offer.set_external_id(setting.id);
  if (random.Percent(80)) *offer.mutable_verified_time() = verified;
  if (random.Percent(15)) {
    offer.set_capacity(static_cast<int32_t>(random.Between(2, 12)));
  }
  offer.set_visibility(DrawVisibility(random));
  if (random.Percent(60)) {
    *offer.mutable_contact_person() = DrawContactPerson(random);
  }
  if (setting.options.as_stored) {
    *offer.mutable_create_time() = offer.validity().start_time();
    *offer.mutable_update_time() = verified;
  }
}

}  // namespace heimweg::generator

#endif  // HEIMWEG_CLIENTS_GENERATOR_WORLD_H_
