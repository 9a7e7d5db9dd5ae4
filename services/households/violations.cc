#include "services/households/violations.h"

#include <cstdint>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "heimweg/contacts/v1/contact.pb.h"
#include "heimweg/profiles/v1/profile.pb.h"
#include "heimweg/type/v1/date.pb.h"
#include "heimweg/type/v1/weights.pb.h"
#include "services/households/adult.h"
#include "services/households/findings.h"
#include "services/households/housing.h"
#include "services/households/places.h"
#include "services/households/text.h"
#include "services/server/errors.h"

namespace heimweg::households {
namespace {

// Checks the ids of the repeated `field`.
template <typename Members>
void CheckIds(const Members& members, absl::string_view field,
              const Findings& findings) {
  std::set<std::string> ids;
  for (int i = 0; i < members.size(); ++i) {
    const std::string& id = members[i].id();
    const Findings member = findings.In(field, i);
    member.Expect(IsId(id), "id", "must be 1 to 63 of a-z, 0-9 and hyphen");
    member.Expect(ids.insert(id).second || id.empty(), "id",
                  absl::StrCat("must be unique among the ", field));
  }
}

void CheckAdults(const profiles::v1::Profile& profile,
                 const Findings& findings) {
  findings.ExpectAtMost(10, profile.adults_size(), "adults");
  CheckIds(profile.adults(), "adults", findings);
  for (int i = 0; i < profile.adults_size(); ++i) {
    CheckAdult(profile.adults(i), findings.In("adults", i));
  }
}

void CheckChildren(const profiles::v1::Profile& profile, absl::Time now,
                   const Findings& findings) {
  const int64_t next_year =
      absl::ToCivilYear(now, absl::UTCTimeZone()).year() + 1;
  findings.ExpectAtMost(15, profile.children_size(), "children");
  CheckIds(profile.children(), "children", findings);
  for (int i = 0; i < profile.children_size(); ++i) {
    findings.In("children", i)
        .ExpectWithin(1990, next_year, profile.children(i).birth_year(),
                      "birth_year");
  }
}

void CheckAnchor(const profiles::v1::Anchor& anchor, const Findings& findings) {
  CheckPlace(anchor.place(), findings.In("place"));
  if (anchor.has_radius_km()) {
    findings.Expect(0 < anchor.radius_km() && anchor.radius_km() <= 1000,
                    "radius_km", "must be above 0, to 1000");
  }
  if (anchor.has_commute_minutes()) {
    findings.ExpectWithin(1, 600, anchor.commute_minutes(), "commute_minutes");
  }
  findings.ExpectKnown(profiles::v1::CommuteMode_IsValid, anchor.commute_mode(),
                       "commute_mode");
  if (anchor.has_weight()) {
    findings.ExpectWithin(0, 10, anchor.weight(), "weight");
  }
}

void CheckAnchors(const profiles::v1::Profile& profile,
                  const Findings& findings) {
  findings.ExpectAtMost(10, profile.anchors_size(), "anchors");
  CheckIds(profile.anchors(), "anchors", findings);
  for (int i = 0; i < profile.anchors_size(); ++i) {
    CheckAnchor(profile.anchors(i), findings.In("anchors", i));
  }
}

bool IsDay(const type::v1::Date& date) {
  if (date.year() < 1900 || date.year() > 2200) return false;
  // A day that does not exist is carried over into the next month.
  const absl::CivilDay day(date.year(), date.month(), date.day());
  return day.month() == date.month() && day.day() == date.day();
}

void CheckReturnWindow(const profiles::v1::ReturnWindow& window,
                       const Findings& findings) {
  static constexpr absl::string_view kDay =
      "must be a day of the years 1900 to 2200";
  const bool has_days = (!window.has_earliest() || IsDay(window.earliest())) &&
                        (!window.has_latest() || IsDay(window.latest()));
  findings.Expect(!window.has_earliest() || IsDay(window.earliest()),
                  "earliest", kDay);
  findings.Expect(!window.has_latest() || IsDay(window.latest()), "latest",
                  kDay);
  if (!has_days || !window.has_earliest() || !window.has_latest()) return;
  const auto parts = [](const type::v1::Date& date) {
    return std::make_tuple(date.year(), date.month(), date.day());
  };
  findings.Expect(parts(window.earliest()) <= parts(window.latest()), "latest",
                  "must not be before the earliest day");
}

void CheckContacts(const profiles::v1::ContactWish& wish,
                   const Findings& findings) {
  findings.ExpectAllKnown(heimweg::contacts::v1::ContactType_IsValid,
                          wish.contact_types(), "contact_types");
  findings.ExpectTerms(50, 100, wish.interests(), "interests");
  findings.ExpectTerms(50, 100, wish.biography_hooks(), "biography_hooks");
  CheckLanguages(wish.languages(), findings);
}

// Every field of Weights is an optional int32 with the same range.
void CheckWeights(const type::v1::Weights& weights, const Findings& findings) {
  const google::protobuf::Reflection& reflection = *weights.GetReflection();
  std::vector<const google::protobuf::FieldDescriptor*> fields;
  reflection.ListFields(weights, &fields);
  for (const google::protobuf::FieldDescriptor* field : fields) {
    findings.ExpectWithin(0, 10, reflection.GetInt32(weights, field),
                          field->name());
  }
}

void CheckNotifications(const profiles::v1::NotificationSettings& settings,
                        const Findings& findings) {
  findings.ExpectWithin(0, 1'000'000, settings.threshold_millionths(),
                        "threshold_millionths");
  findings.ExpectWithin(0, 100, settings.daily_budget(), "daily_budget");
  findings.ExpectWithin(0, 1'439, settings.quiet_from_minute(),
                        "quiet_from_minute");
  findings.ExpectWithin(0, 1'439, settings.quiet_until_minute(),
                        "quiet_until_minute");
  findings.ExpectWithin(0, 1'000'000, settings.wake_threshold_millionths(),
                        "wake_threshold_millionths");
}

void CheckDismissedOffers(const profiles::v1::Profile& profile,
                          const Findings& findings) {
  findings.ExpectAtMost(1'000, profile.dismissed_offers_size(),
                        "dismissed_offers");
  for (int i = 0; i < profile.dismissed_offers_size(); ++i) {
    findings.Expect(IsOfferName(profile.dismissed_offers(i)),
                    "dismissed_offers", i,
                    "must be networks/{network}/jobs/{job}, "
                    "networks/{network}/homes/{home} or "
                    "networks/{network}/contacts/{contact}");
  }
}

}  // namespace

std::vector<server::Violation> Violations(const profiles::v1::Profile& profile,
                                          absl::Time now) {
  std::vector<server::Violation> violations;
  const Findings findings(violations);
  CheckAdults(profile, findings);
  CheckChildren(profile, now, findings);
  findings.ExpectAllKnown(profiles::v1::Pet_IsValid, profile.pets(), "pets");
  CheckAnchors(profile, findings);
  CheckReturnWindow(profile.return_window(), findings.In("return_window"));
  CheckHousing(profile.housing(), findings.In("housing"));
  CheckContacts(profile.contacts(), findings.In("contacts"));
  CheckWeights(profile.weights(), findings.In("weights"));
  CheckNotifications(profile.notifications(), findings.In("notifications"));
  CheckDismissedOffers(profile, findings);
  return violations;
}

}  // namespace heimweg::households
