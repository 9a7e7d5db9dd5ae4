#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "clients/exporters/folded_lines.h"
#include "clients/exporters/offer_writer.h"
#include "clients/exporters/written_place.h"
#include "clients/importers/content_lines.h"
#include "heimweg/contacts/v1/contact.pb.h"

namespace heimweg::exporters {
namespace {

using contacts::v1::Contact;

// What the importer knows each type by.
std::string TypeWord(contacts::v1::ContactType type) {
  switch (type) {
    case contacts::v1::CONTACT_TYPE_COUNSELLOR:
      return "Beratung";
    case contacts::v1::CONTACT_TYPE_MENTOR:
      return "Mentoring";
    case contacts::v1::CONTACT_TYPE_CLUB:
      return "Verein";
    case contacts::v1::CONTACT_TYPE_CHILDCARE:
      return "Kita";
    case contacts::v1::CONTACT_TYPE_SCHOOL:
      return "Schule";
    case contacts::v1::CONTACT_TYPE_DOCTOR:
      return "Arztpraxis";
    case contacts::v1::CONTACT_TYPE_COWORKING:
      return "Coworking";
    default:
      return "";
  }
}

void AppendAddress(const type::v1::Place& place, std::string& text) {
  const WrittenPlace where(place);
  AppendLine(
      absl::StrCat("ADR:;;", importers::EscapedText(place.street_address()),
                   ";", importers::EscapedText(where.town), ";",
                   importers::EscapedText(place.resolved().state()), ";",
                   importers::EscapedText(where.postal_code), ";Deutschland"),
      text);
  if (where.location != nullptr) {
    AppendLine(absl::StrFormat("GEO:geo:%.6f,%.6f", where.location->latitude(),
                               where.location->longitude()),
               text);
  }
}

std::string Card(const Contact& contact) {
  std::string text;
  AppendLine("BEGIN:VCARD", text);
  AppendLine("VERSION:4.0", text);
  AppendText(
      "UID",
      contact.external_id().empty() ? contact.name() : contact.external_id(),
      text);
  AppendLine("KIND:org", text);
  AppendText("FN", contact.title(), text);
  AppendText("ORG", contact.organization(), text);
  std::vector<std::string> categories(contact.topics().begin(),
                                      contact.topics().end());
  const std::string type = TypeWord(contact.contact_type());
  if (!type.empty()) categories.insert(categories.begin(), type);
  AppendList("CATEGORIES", categories, text);
  AppendAddress(contact.place(), text);
  AppendText("EMAIL", contact.contact_person().email(), text);
  AppendText("TEL", contact.contact_person().phone_number(), text);
  AppendUri("URL", contact.source_uri(), text);
  for (const type::v1::LanguageSkill& language : contact.languages()) {
    AppendText("LANG", language.language_code(), text);
  }
  AppendText("NOTE", contact.description(), text);
  if (contact.has_verified_time()) {
    AppendLine(absl::StrCat("REV:", UtcText(TimeOf(contact.verified_time()))),
               text);
  }
  AppendLine("END:VCARD", text);
  return text;
}

class CardWriter : public OfferWriter {
 public:
  std::string Begin() override { return ""; }
  std::string Offer(const google::protobuf::Message& offer) override {
    const auto& contact = static_cast<const Contact&>(offer);
    return contact.has_schedule() ? "" : Card(contact);
  }
  bool IsForEverybody() const override { return true; }
  std::string End() override { return ""; }
};

}  // namespace

std::unique_ptr<OfferWriter> NewCardWriter() {
  return std::make_unique<CardWriter>();
}

}  // namespace heimweg::exporters
