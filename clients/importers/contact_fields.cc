#include "clients/importers/contact_fields.h"

#include <array>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"

namespace heimweg::importers {
namespace {

using contacts::v1::ContactType;

struct TypeWord {
  absl::string_view part;  // of a word in lower case
  ContactType type;
};

// Looked for in this order: a "Schulverein" is a club, a "Tanzschule" is not
// among them on purpose.
constexpr std::array<TypeWord, 40> kTypes = {{
    {"kindertages", contacts::v1::CONTACT_TYPE_CHILDCARE},
    {"kindergarten", contacts::v1::CONTACT_TYPE_CHILDCARE},
    {"kita", contacts::v1::CONTACT_TYPE_CHILDCARE},
    {"tagesmutter", contacts::v1::CONTACT_TYPE_CHILDCARE},
    {"tagespflege", contacts::v1::CONTACT_TYPE_CHILDCARE},
    {"childcare", contacts::v1::CONTACT_TYPE_CHILDCARE},
    {"child care", contacts::v1::CONTACT_TYPE_CHILDCARE},
    {"coworking", contacts::v1::CONTACT_TYPE_COWORKING},
    {"co-working", contacts::v1::CONTACT_TYPE_COWORKING},
    {"rückkehr", contacts::v1::CONTACT_TYPE_COUNSELLOR},
    {"lotse", contacts::v1::CONTACT_TYPE_COUNSELLOR},
    {"lotsin", contacts::v1::CONTACT_TYPE_COUNSELLOR},
    {"willkommensagentur", contacts::v1::CONTACT_TYPE_COUNSELLOR},
    {"mentor", contacts::v1::CONTACT_TYPE_MENTOR},
    {"verein", contacts::v1::CONTACT_TYPE_CLUB},
    {"feuerwehr", contacts::v1::CONTACT_TYPE_CLUB},
    {"ehrenamt", contacts::v1::CONTACT_TYPE_CLUB},
    {"e.v.", contacts::v1::CONTACT_TYPE_CLUB},
    {"e. v.", contacts::v1::CONTACT_TYPE_CLUB},
    {"club", contacts::v1::CONTACT_TYPE_CLUB},
    {"chor", contacts::v1::CONTACT_TYPE_CLUB},
    {"sports", contacts::v1::CONTACT_TYPE_CLUB},
    {"volunteer", contacts::v1::CONTACT_TYPE_CLUB},
    {"arztpraxis", contacts::v1::CONTACT_TYPE_DOCTOR},
    {"hausarzt", contacts::v1::CONTACT_TYPE_DOCTOR},
    {"hausärzt", contacts::v1::CONTACT_TYPE_DOCTOR},
    {"zahnarzt", contacts::v1::CONTACT_TYPE_DOCTOR},
    {"kinderarzt", contacts::v1::CONTACT_TYPE_DOCTOR},
    {"ärztin", contacts::v1::CONTACT_TYPE_DOCTOR},
    {"klinik", contacts::v1::CONTACT_TYPE_DOCTOR},
    {"physician", contacts::v1::CONTACT_TYPE_DOCTOR},
    {"hebamme", contacts::v1::CONTACT_TYPE_DOCTOR},
    {"grundschule", contacts::v1::CONTACT_TYPE_SCHOOL},
    {"oberschule", contacts::v1::CONTACT_TYPE_SCHOOL},
    {"gesamtschule", contacts::v1::CONTACT_TYPE_SCHOOL},
    {"gymnasium", contacts::v1::CONTACT_TYPE_SCHOOL},
    {"schule", contacts::v1::CONTACT_TYPE_SCHOOL},
    {"school", contacts::v1::CONTACT_TYPE_SCHOOL},
    {"beratung", contacts::v1::CONTACT_TYPE_COUNSELLOR},
    {"counsel", contacts::v1::CONTACT_TYPE_COUNSELLOR},
}};

constexpr std::array<absl::string_view, 6> kEmployerWords = {
    "jobmesse",         "jobbörse",         "job fair",
    "arbeitgebertreff", "arbeitgeberabend", "karrieremesse"};

std::string Lower(absl::string_view text) {
  return absl::StrReplaceAll(absl::AsciiStrToLower(text),
                             {{"Ä", "ä"}, {"Ö", "ö"}, {"Ü", "ü"}, {"É", "é"}});
}

}  // namespace

ContactType ContactTypeOf(const std::vector<std::string>& texts) {
  for (const std::string& text : texts) {
    const std::string lower = Lower(text);
    for (const TypeWord& known : kTypes) {
      if (absl::StrContains(lower, known.part)) return known.type;
    }
    if (lower == "mentoring") return contacts::v1::CONTACT_TYPE_MENTOR;
  }
  return contacts::v1::CONTACT_TYPE_UNSPECIFIED;
}

ContactType EventTypeOf(const std::vector<std::string>& texts) {
  for (const std::string& text : texts) {
    const std::string lower = Lower(text);
    for (const absl::string_view word : kEmployerWords) {
      if (absl::StrContains(lower, word)) {
        return contacts::v1::CONTACT_TYPE_EMPLOYER_MEETUP;
      }
    }
  }
  return contacts::v1::CONTACT_TYPE_EVENT;
}

void AddTopic(absl::string_view topic, Draft& draft) {
  draft.AddTo(*draft.contact().mutable_topics(), 30, Lower(topic), "topics");
}

void SetContactTitle(absl::string_view title, Draft& draft) {
  draft.contact().set_title(draft.Line(200, title, "title"));
  if (draft.contact().title().empty()) draft.Wrong("title", "expected a title");
}

bool SetContactPlace(const Address& address, Draft& draft) {
  type::v1::Place place;
  switch (SetPlace(address, place, draft)) {
    case Where::kAbroad:
      return false;
    case Where::kUnknown:
      draft.Wrong("place",
                  "expected a postcode, a town or coordinates in Germany");
      return true;
    case Where::kGermany:
      *draft.contact().mutable_place() = std::move(place);
      return true;
  }
  return true;
}

void SetContactPerson(absl::string_view name, absl::string_view email,
                      absl::string_view phone, Draft& draft) {
  absl::ConsumePrefix(&phone, "tel:");
  type::v1::ContactPerson person;
  person.set_display_name(draft.Line(200, name, "contact_person.display_name"));
  person.set_email(draft.Line(254, email, "contact_person.email"));
  person.set_phone_number(draft.Line(40, phone, "contact_person.phone_number"));
  if (person.ByteSizeLong() > 0) {
    *draft.contact().mutable_contact_person() = std::move(person);
  }
}

}  // namespace heimweg::importers
