// Wish: what a household and a request ask of offers, in the whole numbers
// that scoring compares. It knows no index: query files bind it to one.
//
// Amounts: metres, minutes, euro cents, halves of a room, hundredths of a
// square metre, days since 1970-01-01 (UTC), seconds since then.
#ifndef HEIMWEG_SERVICES_MATCHING_WISH_H_
#define HEIMWEG_SERVICES_MATCHING_WISH_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "heimweg/contacts/v1/contact.pb.h"
#include "heimweg/housing/v1/home.pb.h"
#include "heimweg/jobs/v1/job.pb.h"
#include "heimweg/matching/v1/matching_service.pb.h"
#include "heimweg/profiles/v1/profile.pb.h"
#include "heimweg/type/v1/offer.pb.h"
#include "heimweg/type/v1/weights.pb.h"
#include "services/matching/occupation_code.h"
#include "services/matching/pay.h"
#include "services/places/commute.h"
#include "services/places/distance.h"
#include "services/server/field_checks.h"

namespace heimweg::matching {

struct Anchor {
  enum class Limit : uint8_t { kNone, kRadius, kMinutes };

  std::string id;
  places::GeoPoint point;
  Limit limit = Limit::kNone;
  int32_t radius_m = 0;  // with kRadius
  int32_t minutes = 0;   // with kMinutes
  places::CommuteMode mode = places::CommuteMode::kCar;
  int32_t weight = 5;
  bool required = false;
  // An offer is inside exactly if its squared chord is at most this. With a
  // limit only.
  int64_t chord_within = 0;
};

// What limits an anchor: its chord_within for a limit of `radius_m` metres or
// `minutes` minutes.
int64_t ChordWithinRadius(int32_t radius_m);
int64_t ChordWithinMinutes(int32_t minutes, places::CommuteMode mode);

// By car if it is not said.
places::CommuteMode CommuteModeOf(profiles::v1::CommuteMode mode);

// Resolved, or with coordinates.
Anchor AnchorOf(const profiles::v1::Anchor& given);

struct SpokenLanguage {
  std::string code;
  type::v1::CefrLevel level = type::v1::CEFR_LEVEL_UNSPECIFIED;
};

// An adult who looks for a job.
struct JobSeeker {
  std::string id;
  std::vector<OccupationCode> codes;
  std::vector<std::string> esco_uris;
  std::vector<std::string> skills;  // as written
  WeeklyMinutes weekly;
  Pay floor;
  bool floor_required = false;
  std::vector<SpokenLanguage> languages;  // empty: not said
  std::optional<uint16_t> licences;       // licences.h; nullopt: not said
  bool remote_welcome = false;
  std::vector<std::string> excluded_employers;  // case-folded
  uint32_t employment_types = 0;                // bit by enum; 0: all
  bool no_temp_agency = false;
};

struct HomeWish {
  uint32_t tenures = 0;     // bit by enum; 0: all
  uint32_t home_types = 0;  // bit by enum; 0: all
  std::optional<int64_t> max_rent_cents;
  std::optional<int64_t> max_price_cents;
  std::optional<int32_t> min_room_halves;
  std::optional<int64_t> area_centi_sqm;
  uint32_t accessibility = 0;  // bit by enum
  type::v1::Answer has_wbs = type::v1::ANSWER_UNSPECIFIED;
  uint32_t equipment = 0;  // bit by enum
  std::optional<int32_t> broadband_mbps;
  bool pets = false;
  std::vector<std::string> excluded_landlords;  // case-folded
  int32_t people = 0;                           // of the household; 0: not said
};

struct ContactWish {
  uint32_t types = 0;                  // bit by enum; 0: all
  std::vector<std::string> interests;  // as written
  std::vector<std::string> hooks;      // as written
  bool step_free = false;
  std::vector<int32_t> childcare_birth_years;
  std::vector<int32_t> school_birth_years;
};

struct Wish {
  type::v1::OfferKind kind = type::v1::OFFER_KIND_UNSPECIFIED;
  int64_t evaluation_seconds = 0;
  int32_t evaluation_day = 0;
  int32_t evaluation_year = 1970;
  type::v1::Weights weights;              // all of them set
  std::vector<std::string> ags_prefixes;  // empty: everywhere
  std::vector<std::string> networks;      // "networks/x"; empty: all
  std::vector<Anchor> anchors;
  int32_t earliest_day = 0;  // the evaluation day if the household said none
  std::optional<int32_t> latest_day;
  std::vector<std::string> dismissed;
  std::vector<JobSeeker> seekers;  // kind job: at least one, as in the profile
  HomeWish home;
  ContactWish contact;
};

// What a request asks besides the profile.
struct Question {
  type::v1::OfferKind kind = type::v1::OFFER_KIND_UNSPECIFIED;
  std::vector<std::string> ags_prefixes;
  std::vector<std::string> networks;
  std::string adult;
  type::v1::Weights weights;
  std::optional<google::protobuf::Timestamp> evaluation_time;
  // Paths in violations: of the fields that say the kind and the networks, and
  // what stands before those of the profile's fields.
  const char* kind_path = "kind";
  const char* networks_path = "networks";
  const char* profile_path = "profile";
};
Question QuestionOf(const v1::RankOffersRequest& request);
// The kind is that of the offer's name; unspecified if the name is none.
Question QuestionOf(const v1::ExplainMatchRequest& request);

// The kind of the offer that bears this name, networks/{network}/jobs/{job} and
// so on; unspecified if it is none.
type::v1::OfferKind KindOfName(absl::string_view name);

// `checks` hold what is known to be wrong with the request so far. The profile
// keeps the rules of households/violations.h. INVALID_ARGUMENT with every wrong
// field (server::ViolationsOf) if there are such, the question breaks a rule of
// wish_rules.h, or an anchor is not resolved (place.resolved.location or
// place.location).
absl::Status CheckWish(const Question& question,
                       const profiles::v1::Profile& profile,
                       server::FieldChecks checks = {});

// Of what passes CheckWish, if with another kind. `now` is the evaluation time
// of a question that names none, cut to seconds. FAILED_PRECONDITION if jobs
// are asked for and the adult named, or any if none is, seeks none.
absl::StatusOr<Wish> CompileChecked(const Question& question,
                                    const profiles::v1::Profile& profile,
                                    absl::Time now);

// Both.
absl::StatusOr<Wish> CompileWish(const Question& question,
                                 const profiles::v1::Profile& profile,
                                 absl::Time now,
                                 server::FieldChecks checks = {});

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_WISH_H_
