#include "clients/cli/terms.h"

#include <algorithm>
#include <iterator>

#include "absl/strings/match.h"

namespace heimweg::cli {
namespace {

struct Entry {
  absl::string_view name;
  absl::string_view english;
  absl::string_view german;
};

constexpr Entry kTerms[] = {
    {"OFFER_STATE_DRAFT", "draft", "Entwurf"},
    {"OFFER_STATE_PUBLISHED", "published", "veröffentlicht"},
    {"OFFER_STATE_RESERVED", "reserved", "reserviert"},
    {"OFFER_STATE_FILLED", "filled", "vergeben"},
    {"OFFER_STATE_WITHDRAWN", "withdrawn", "zurückgezogen"},
    {"MATCH_STATE_NEW", "new", "neu"},
    {"MATCH_STATE_SEEN", "seen", "gesehen"},
    {"MATCH_STATE_SAVED", "saved", "gemerkt"},
    {"MATCH_STATE_DISMISSED", "dismissed", "verworfen"},
    {"MATCH_STATE_PROPOSED", "proposed", "vorgeschlagen"},
    {"MATCH_STATE_ACCEPTED", "accepted", "angenommen"},
    {"MATCH_STATE_DECLINED", "declined", "abgelehnt"},
    {"MATCH_STATE_WITHDRAWN", "withdrawn", "zurückgezogen"},
    {"MATCH_STATE_REASON_TOO_FAR", "too far", "zu weit"},
    {"MATCH_STATE_REASON_MONEY", "money", "Geld"},
    {"MATCH_STATE_REASON_TIME", "time", "Zeit"},
    {"MATCH_STATE_REASON_OTHER_KIND", "another kind", "andere Art"},
    {"MATCH_STATE_REASON_FOUND_ELSEWHERE", "found elsewhere",
     "anderswo gefunden"},
    {"MATCH_STATE_REASON_OTHER", "another reason", "anderer Grund"},
    {"MATCH_STATE_REASON_HOLD_ENDED", "hold ended", "Vormerkung abgelaufen"},
    {"MATCH_STATE_REASON_OFFER_GONE", "offer gone", "Angebot weg"},
    {"MATCH_STANDING_FITS", "fits", "passt"},
    {"MATCH_STANDING_FITS_NO_MORE", "fits no more", "passt nicht mehr"},
    {"MATCH_STANDING_OFFER_GONE", "offer gone", "Angebot weg"},
    {"FEEDBACK_KIND_SAVE", "saved", "gemerkt"},
    {"FEEDBACK_KIND_DISMISS", "dismissed", "verworfen"},
    {"FEEDBACK_KIND_BLOCK_EMPLOYER", "employer blocked",
     "Arbeitgeber ausgeschlossen"},
    {"FEEDBACK_KIND_BLOCK_LANDLORD", "landlord blocked",
     "Vermieter ausgeschlossen"},
    {"FEEDBACK_KIND_MORE_LIKE_THIS", "more like this", "mehr davon"},
    {"EMPLOYMENT_TYPE_EMPLOYEE", "employee", "Anstellung"},
    {"EMPLOYMENT_TYPE_APPRENTICESHIP", "apprenticeship", "Ausbildung"},
    {"EMPLOYMENT_TYPE_INTERNSHIP", "internship", "Praktikum"},
    {"EMPLOYMENT_TYPE_SELF_EMPLOYED", "self-employed", "selbständig"},
    {"EMPLOYMENT_TYPE_MARGINAL", "marginal", "Minijob"},
    {"TENURE_RENT", "rent", "Miete"},
    {"TENURE_BUY", "for sale", "Kauf"},
    {"TENURE_PLOT", "plot", "Grundstück"},
    {"TENURE_TRIAL", "trial living", "Probewohnen"},
    {"HOME_TYPE_FLAT", "flat", "Wohnung"},
    {"HOME_TYPE_DETACHED", "detached house", "Einfamilienhaus"},
    {"HOME_TYPE_SEMI_DETACHED", "semi-detached house", "Doppelhaushälfte"},
    {"HOME_TYPE_TERRACED", "terraced house", "Reihenhaus"},
    {"HOME_TYPE_FARMHOUSE", "farmhouse", "Bauernhaus"},
    {"HOME_TYPE_ROOM", "room", "Zimmer"},
    {"HOME_TYPE_PLOT", "plot", "Grundstück"},
    {"CONTACT_TYPE_COUNSELLOR", "counsellor", "Rückkehrberatung"},
    {"CONTACT_TYPE_MENTOR", "mentor", "Mentorin oder Mentor"},
    {"CONTACT_TYPE_CLUB", "club", "Verein"},
    {"CONTACT_TYPE_CHILDCARE", "childcare", "Kinderbetreuung"},
    {"CONTACT_TYPE_SCHOOL", "school", "Schule"},
    {"CONTACT_TYPE_DOCTOR", "doctor", "Arztpraxis"},
    {"CONTACT_TYPE_COWORKING", "coworking space", "Coworking"},
    {"CONTACT_TYPE_EMPLOYER_MEETUP", "employers' meeting", "Arbeitgebertreff"},
    {"CONTACT_TYPE_EVENT", "event", "Veranstaltung"},
    {"COMMUTE_MODE_CAR", "by car", "mit dem Auto"},
    {"COMMUTE_MODE_TRANSIT", "by bus and train", "mit Bus und Bahn"},
    {"COMMUTE_MODE_BICYCLE", "by bicycle", "mit dem Fahrrad"},
    {"COMMUTE_MODE_WALK", "on foot", "zu Fuß"},
    {"EQUIPMENT_FURNISHED", "furnished", "möbliert"},
    {"EQUIPMENT_GARDEN", "garden", "Garten"},
    {"EQUIPMENT_FITTED_KITCHEN", "fitted kitchen", "Einbauküche"},
    {"EQUIPMENT_PARKING", "parking", "Stellplatz"},
    {"EQUIPMENT_BROADBAND", "fast internet", "schnelles Internet"},
    {"OUTCOME_MET", "met", "erfüllt"},
    {"OUTCOME_FAILED", "failed", "nicht erfüllt"},
    {"OUTCOME_OPEN", "open", "offen"},
    {"CONSTRAINT_STATE", "state", "Stand des Angebots"},
    {"CONSTRAINT_NETWORK", "network", "Netzwerk"},
    {"CONSTRAINT_REGION", "region", "Region"},
    {"CONSTRAINT_AREA", "distance to the anchors", "Entfernung zu den Ankern"},
    {"CONSTRAINT_DATES", "dates", "Termine"},
    {"CONSTRAINT_DISMISSED", "dismissed", "abgelehnt"},
    {"CONSTRAINT_EMPLOYER", "employer", "Arbeitgeber"},
    {"CONSTRAINT_EMPLOYMENT", "type of employment", "Art der Beschäftigung"},
    {"CONSTRAINT_LANGUAGE", "languages", "Sprachen"},
    {"CONSTRAINT_LICENCE", "driving licence", "Führerschein"},
    {"CONSTRAINT_SALARY", "salary", "Gehalt"},
    {"CONSTRAINT_HOURS", "weekly hours", "Wochenstunden"},
    {"CONSTRAINT_TYPE", "type", "Art"},
    {"CONSTRAINT_BUDGET", "budget", "Budget"},
    {"CONSTRAINT_ROOMS", "rooms", "Zimmer"},
    {"CONSTRAINT_OCCUPANTS", "occupants", "Bewohnerzahl"},
    {"CONSTRAINT_PETS", "pets", "Haustiere"},
    {"CONSTRAINT_ACCESSIBILITY", "accessibility", "Barrierefreiheit"},
    {"CONSTRAINT_WBS", "WBS certificate", "Wohnberechtigungsschein"},
    {"CONSTRAINT_AGES", "ages", "Alter der Kinder"},
    {"CONSTRAINT_LANDLORD", "landlord", "Vermieter"},
    {"FEATURE_OCCUPATION", "occupation", "Beruf"},
    {"FEATURE_SKILLS", "skills", "Fähigkeiten"},
    {"FEATURE_HOURS", "weekly hours", "Wochenstunden"},
    {"FEATURE_SALARY", "salary", "Gehalt"},
    {"FEATURE_DISTANCE", "distance", "Entfernung"},
    {"FEATURE_DATES", "dates", "Termine"},
    {"FEATURE_PRICE", "price", "Preis"},
    {"FEATURE_SPACE", "space", "Platz"},
    {"FEATURE_EQUIPMENT", "equipment", "Ausstattung"},
    {"FEATURE_PEOPLE", "interests and biography", "Interessen und Biografie"},
    {"FEATURE_FRESHNESS", "freshness", "Aktualität"},
};

}  // namespace

std::string Term(absl::string_view enum_name, Language language) {
  if (absl::EndsWith(enum_name, "_UNSPECIFIED")) return "";
  const Entry* entry =
      std::find_if(std::begin(kTerms), std::end(kTerms),
                   [&](const Entry& e) { return e.name == enum_name; });
  if (entry == std::end(kTerms)) return std::string(enum_name);
  return std::string(In(language, entry->english, entry->german));
}

}  // namespace heimweg::cli
