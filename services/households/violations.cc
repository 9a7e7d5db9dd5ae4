#include "services/households/violations.h"

#include <cstdint>
#include <set>
#include <string>
#include <tuple>
#include <utility>
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
#include "services/households/housing.h"
#include "services/households/text.h"
#include "services/server/errors.h"
#include "services/server/field_checks.h"

namespace heimweg::households {
namespace {

// Checks the ids of the repeated `field`.
template <typename Members>
void CheckIds(const Members& members, absl::string_view field,
              server::FieldChecks& checks) {
  std::set<std::string> ids;
  for (int i = 0; i < members.size(); ++i) {
    const std::string& id = members[i].id();
    const server::Field path(field, i, "id");
    checks.Expect(IsId(id), path, "must be 1 to 63 of a-z, 0-9 and hyphen");
    if (!ids.insert(id).second && !id.empty()) {
      checks.Add(path, absl::StrCat("must be unique among the ", field));
    }
  }
}

void CheckAdults(const profiles::v1::Profile& profile,
                 server::FieldChecks& checks) {
  checks.Count("adults", profile.adults_size(), 10);
  CheckIds(profile.adults(), "adults", checks);
  for (int i = 0; i < profile.adults_size(); ++i) {
    CheckAdult(profile.adults(i), checks.In(server::Field("adults", i)));
  }
}

void CheckChildren(const profiles::v1::Profile& profile, absl::Time now,
                   server::FieldChecks& checks) {
  const int64_t next_year =
      absl::ToCivilYear(now, absl::UTCTimeZone()).year() + 1;
  checks.Count("children", profile.children_size(), 15);
  CheckIds(profile.children(), "children", checks);
  for (int i = 0; i < profile.children_size(); ++i) {
    checks.Range<int64_t>(server::Field("children", i, "birth_year"),
                          profile.children(i).birth_year(), 1990, next_year);
  }
}

void CheckAnchor(const profiles::v1::Anchor& anchor,
                 server::FieldChecks checks) {
  places::CheckPlace(anchor.place(), checks.In("place"));
  if (anchor.has_radius_km()) {
    checks.Expect(0 < anchor.radius_km() && anchor.radius_km() <= 1000,
                  "radius_km", "must be above 0, to 1000");
  }
  if (anchor.has_commute_minutes()) {
    checks.Range("commute_minutes", anchor.commute_minutes(), 1, 600);
  }
  checks.Known("commute_mode", anchor.commute_mode(),
               profiles::v1::CommuteMode_IsValid);
  if (anchor.has_weight()) checks.Range("weight", anchor.weight(), 0, 10);
}

void CheckAnchors(const profiles::v1::Profile& profile,
                  server::FieldChecks& checks) {
  checks.Count("anchors", profile.anchors_size(), 10);
  CheckIds(profile.anchors(), "anchors", checks);
  for (int i = 0; i < profile.anchors_size(); ++i) {
    CheckAnchor(profile.anchors(i), checks.In(server::Field("anchors", i)));
  }
}

void CheckReturnWindow(const profiles::v1::ReturnWindow& window,
                       server::FieldChecks checks) {
  server::FieldChecks days;
  if (window.has_earliest()) days.Day("earliest", window.earliest());
  if (window.has_latest()) days.Day("latest", window.latest());
  const auto parts = [](const type::v1::Date& date) {
    return std::make_tuple(date.year(), date.month(), date.day());
  };
  if (days.ok() && window.has_earliest() && window.has_latest()) {
    days.Expect(parts(window.earliest()) <= parts(window.latest()), "latest",
                "must not be before the earliest day");
  }
  checks.AddAll(std::move(days).Take());
}

void CheckContacts(const profiles::v1::ContactWish& wish,
                   server::FieldChecks checks) {
  checks.EachKnown("contact_types", wish.contact_types(),
                   heimweg::contacts::v1::ContactType_IsValid);
  checks.EachText("interests", wish.interests(), 50, 100);
  checks.EachText("biography_hooks", wish.biography_hooks(), 50, 100);
  checks.Languages("languages", wish.languages());
}

void CheckNotifications(const profiles::v1::NotificationSettings& settings,
                        server::FieldChecks checks) {
  checks.Range("threshold_millionths", settings.threshold_millionths(), 0,
               1'000'000);
  checks.Range("daily_budget", settings.daily_budget(), 0, 100);
  checks.Range("quiet_from_minute", settings.quiet_from_minute(), 0, 1'439);
  checks.Range("quiet_until_minute", settings.quiet_until_minute(), 0, 1'439);
  checks.Range("wake_threshold_millionths",
               settings.wake_threshold_millionths(), 0, 1'000'000);
}

void CheckDismissedOffers(const profiles::v1::Profile& profile,
                          server::FieldChecks& checks) {
  checks.Count("dismissed_offers", profile.dismissed_offers_size(), 1'000);
  for (int i = 0; i < profile.dismissed_offers_size(); ++i) {
    checks.Expect(IsOfferName(profile.dismissed_offers(i)),
                  server::Field("dismissed_offers", i),
                  "must be networks/{network}/jobs/{job}, "
                  "networks/{network}/homes/{home} or "
                  "networks/{network}/contacts/{contact}");
  }
}

}  // namespace

// Every field of Weights is an optional int32 with the same range.
void CheckWeights(const type::v1::Weights& weights,
                  server::FieldChecks checks) {
  const google::protobuf::Reflection& reflection = *weights.GetReflection();
  std::vector<const google::protobuf::FieldDescriptor*> fields;
  reflection.ListFields(weights, &fields);
  for (const google::protobuf::FieldDescriptor* field : fields) {
    checks.Range(field->name().c_str(), reflection.GetInt32(weights, field), 0,
                 10);
  }
}

std::vector<server::Violation> Violations(const profiles::v1::Profile& profile,
                                          absl::Time now) {
  server::FieldChecks checks;
  CheckAdults(profile, checks);
  CheckChildren(profile, now, checks);
  checks.EachKnown("pets", profile.pets(), profiles::v1::Pet_IsValid);
  CheckAnchors(profile, checks);
  CheckReturnWindow(profile.return_window(), checks.In("return_window"));
  CheckHousing(profile.housing(), checks.In("housing"));
  CheckContacts(profile.contacts(), checks.In("contacts"));
  CheckWeights(profile.weights(), checks.In("weights"));
  CheckNotifications(profile.notifications(), checks.In("notifications"));
  CheckDismissedOffers(profile, checks);
  return std::move(checks).Take();
}

}  // namespace heimweg::households
