#include "clients/generator/world.h"

#include "absl/time/civil_time.h"

namespace heimweg::generator {
namespace {

constexpr absl::string_view kFirstNames[] = {
    "Alex", "Chris", "Dominique", "Eike",   "Gerrit", "Jona",   "Kaya",
    "Kim",  "Luca",  "Mika",      "Nikola", "Robin",  "Sascha", "Toni"};
constexpr absl::string_view kFamilyNames[] = {
    "Birkhahn",   "Eschenbach", "Fichtner",    "Haselstrauch", "Kornblum",
    "Lindenhain", "Moosgrund",  "Quellwasser", "Rotdorn",      "Seerose",
    "Tannenhain", "Uferschilf", "Wacholder",   "Weidenkorb",   "Zaunkönig"};

constexpr absl::string_view kTopics[] = {"fußball",
                                         "handball",
                                         "volleyball",
                                         "turnen",
                                         "laufen",
                                         "radfahren",
                                         "reiten",
                                         "schwimmen",
                                         "klettern",
                                         "skifahren",
                                         "langlauf",
                                         "wandern",
                                         "angeln",
                                         "jagd",
                                         "imkern",
                                         "garten",
                                         "obstbau",
                                         "feuerwehr",
                                         "rettungsdienst",
                                         "thw",
                                         "blasmusik",
                                         "chor",
                                         "band",
                                         "theater",
                                         "karneval",
                                         "schützen",
                                         "heimatverein",
                                         "geschichte",
                                         "denkmalpflege",
                                         "dorfladen",
                                         "naturschutz",
                                         "vogelkunde",
                                         "energie",
                                         "gründung",
                                         "nachfolge",
                                         "digitalisierung",
                                         "coworking",
                                         "programmieren",
                                         "fotografie",
                                         "töpfern",
                                         "nähen",
                                         "holzwerkstatt",
                                         "modellbau",
                                         "oldtimer",
                                         "motorrad",
                                         "kochen",
                                         "brauen",
                                         "wein",
                                         "lesen",
                                         "sprachen",
                                         "schach",
                                         "brettspiele",
                                         "yoga",
                                         "tanzen",
                                         "eltern",
                                         "krabbelgruppe",
                                         "jugend",
                                         "senioren",
                                         "pflege",
                                         "inklusion",
                                         "kirche",
                                         "partnerschaften",
                                         "kommunalpolitik",
                                         "rückkehr"};

constexpr absl::string_view kSchools[] = {"Gymnasium", "Oberschule",
                                          "Gesamtschule", "Berufsschule"};
constexpr absl::string_view kCities[] = {
    "Berlin", "Hamburg",   "München",   "Köln",  "Leipzig", "Dresden",
    "Wien",   "Frankfurt", "Stuttgart", "Essen", "Zürich",  "Hannover"};

}  // namespace

google::protobuf::Timestamp ToTimestamp(absl::Time time) {
  google::protobuf::Timestamp made;
  made.set_seconds(absl::ToUnixSeconds(time));
  return made;
}

type::v1::Date DayAfter(absl::Time from, int64_t days) {
  const absl::CivilDay day = absl::ToCivilDay(from, absl::UTCTimeZone()) + days;
  type::v1::Date made;
  made.set_year(static_cast<int32_t>(day.year()));
  made.set_month(day.month());
  made.set_day(day.day());
  return made;
}

type::v1::Answer DrawAnswer(int yes, int no, Random& random) {
  const int64_t drawn = random.Below(100);
  if (drawn < yes) return type::v1::ANSWER_YES;
  return drawn < yes + no ? type::v1::ANSWER_NO : type::v1::ANSWER_UNSPECIFIED;
}

type::v1::OfferState DrawState(Random& random) {
  const int64_t drawn = random.Below(100);
  if (drawn < 93) return type::v1::OFFER_STATE_PUBLISHED;
  if (drawn < 95) return type::v1::OFFER_STATE_DRAFT;
  if (drawn < 97) return type::v1::OFFER_STATE_RESERVED;
  return drawn < 98 ? type::v1::OFFER_STATE_FILLED
                    : type::v1::OFFER_STATE_WITHDRAWN;
}

type::v1::Visibility DrawVisibility(Random& random) {
  const int64_t drawn = random.Below(100);
  if (drawn < 92) return type::v1::VISIBILITY_PUBLIC;
  return drawn < 97 ? type::v1::VISIBILITY_NETWORK
                    : type::v1::VISIBILITY_COUNSELLORS;
}

type::v1::ContactPerson DrawContactPerson(Random& random) {
  const absl::string_view first = random.Pick(kFirstNames);
  const absl::string_view family = random.Pick(kFamilyNames);
  const int64_t number = random.Below(1000);
  type::v1::ContactPerson person;
  person.set_display_name(absl::StrCat(first, " ", family));
  person.set_email(absl::StrCat("kontakt-", number, "@example.org"));
  person.set_phone_number(
      absl::StrCat("+49 30 23125 ", absl::Dec(number, absl::kZeroPad3)));
  return person;
}

absl::Duration DrawAge(Random& random) {
  const int64_t drawn = random.Below(100);
  const int64_t days = drawn < 50 ? 30 : drawn < 85 ? 180 : 720;
  return absl::Hours(random.Below(24 * days));
}

absl::string_view DrawTopic(Random& random) { return random.Pick(kTopics); }

std::string DrawBiographyHook(const Town& town, Random& random) {
  if (random.Percent(50)) return std::string(random.Pick(kCities));
  const absl::string_view school = random.Pick(kSchools);
  return absl::StrCat(school, " ", town.name);
}

}  // namespace heimweg::generator
