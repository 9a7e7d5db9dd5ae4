// vCard 4.0 (RFC 6350), and 3.0 as far as it says the same: clubs, practices,
// counsellors of an address book. Mapping in MAPPINGS.md.
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "clients/importers/contact_fields.h"
#include "clients/importers/content_lines.h"
#include "clients/importers/draft.h"
#include "clients/importers/field_text.h"
#include "clients/importers/formats.h"
#include "clients/importers/job_fields.h"
#include "clients/importers/language_fields.h"

namespace heimweg::importers {
namespace {

// What a card says, before it is known what it is.
struct Card {
  std::string text;
  int64_t line = 0;
  std::string version, uid, kind, name, organization, title, role, note, url;
  std::string email, phone;
  absl::Time changed = absl::InfinitePast();
  std::vector<std::string> categories;
  std::vector<std::string> languages;
  Address address;
};

// "geo:51.1489,8.2847", or "51.1489;8.2847" of version 3.
void SetGeo(absl::string_view value, Address& address) {
  absl::ConsumePrefix(&value, "geo:");
  const std::vector<absl::string_view> parts =
      absl::StrSplit(value.substr(0, value.find('?')), absl::ByAnyChar(",;"));
  if (parts.size() < 2) return;
  address.latitude = ParseDecimal(parts[0]);
  address.longitude = ParseDecimal(parts[1]);
}

// ";;street;town;region;postcode;country".
void SetAddress(const ContentLine& line, Address& address) {
  std::vector<std::string> parts = SplitEscaped(line.value, ';');
  parts.resize(7);
  if (!address.town.empty() || !address.postal_code.empty()) return;
  address.street = parts[2];
  address.town = parts[3];
  address.postal_code = parts[5];
  address.country = parts[6];
  if (absl::StartsWith(line.Parameter("GEO"), "geo:")) {
    SetGeo(line.Parameter("GEO"), address);
  }
}

void SetOnce(std::string text, std::string& to) {
  if (to.empty()) to = std::move(text);
}

// REV: "20260315T103045Z", "2026-03-15T10:30:45Z".
void SetChanged(absl::string_view value, Card& card) {
  const bool basic = value.size() >= 15 && value[8] == 'T';
  const std::string extended =
      basic ? absl::StrCat(value.substr(0, 4), "-", value.substr(4, 2), "-",
                           value.substr(6, 5), ":", value.substr(11, 2), ":",
                           value.substr(13))
            : std::string(value);
  const auto moment = ParseMoment(extended, absl::UTCTimeZone());
  if (moment.has_value()) card.changed = *moment;
}

void Take(const ContentLine& line, Card& card) {
  const std::string text = UnescapedText(line.value);
  if (line.name == "VERSION") {
    SetOnce(text, card.version);
  } else if (line.name == "UID") {
    SetOnce(text, card.uid);
  } else if (line.name == "KIND") {
    SetOnce(absl::AsciiStrToLower(text), card.kind);
  } else if (line.name == "FN") {
    SetOnce(text, card.name);
  } else if (line.name == "ORG") {
    SetOnce(SplitEscaped(line.value, ';').front(), card.organization);
  } else if (line.name == "TITLE") {
    SetOnce(text, card.title);
  } else if (line.name == "ROLE") {
    SetOnce(text, card.role);
  } else if (line.name == "NOTE") {
    SetOnce(text, card.note);
  } else if (line.name == "URL") {
    SetOnce(text, card.url);
  } else if (line.name == "EMAIL") {
    SetOnce(text, card.email);
  } else if (line.name == "TEL") {
    SetOnce(text, card.phone);
  } else if (line.name == "REV") {
    SetChanged(text, card);
  } else if (line.name == "LANG") {
    card.languages.push_back(text);
  } else if (line.name == "ADR") {
    SetAddress(line, card.address);
  } else if (line.name == "GEO") {
    SetGeo(text, card.address);
  } else if (line.name == "CATEGORIES") {
    for (std::string& word : SplitEscaped(line.value, ',')) {
      card.categories.push_back(std::move(word));
    }
  }
}

// A person is titled by what they do; their name is personal.
void SetWho(const Card& card, Draft& draft) {
  contacts::v1::Contact& contact = draft.contact();
  const bool person = card.kind == "individual" ||
                      (card.kind.empty() && card.name != card.organization &&
                       !card.name.empty() && !card.organization.empty());
  std::vector<std::string> texts = card.categories;
  texts.push_back(card.title);
  texts.push_back(card.role);
  if (person) {
    std::string what = card.title.empty() ? card.role : card.title;
    if (what.empty()) what = card.organization;
    SetContactTitle(what, draft);
    if (!card.organization.empty() && what != card.organization &&
        contact.title().size() + card.organization.size() < 190) {
      contact.set_title(
          absl::StrCat(contact.title(), ", ", OneLine(card.organization)));
    }
  } else {
    SetContactTitle(card.name.empty() ? card.organization : card.name, draft);
    texts.push_back(card.name);
  }
  texts.push_back(card.organization);
  contact.set_organization(draft.Line(200, card.organization, "organization"));
  SetContactPerson(person ? card.name : "", card.email, card.phone, draft);
  contact.set_contact_type(ContactTypeOf(texts));
  if (contact.contact_type() == contacts::v1::CONTACT_TYPE_UNSPECIFIED) {
    draft.Wrong("contact_type",
                "expected CATEGORIES that say what it is, e.g. Verein, Kita, "
                "Schule, Arztpraxis, Coworking, Beratung");
  }
}

absl::Status Give(const Card& card, int64_t number, Sink& sink) {
  const Origin origin{"", card.line, absl::StrCat("VCARD[", number, "]")};
  Draft draft(Kind::kContacts, origin);
  contacts::v1::Contact& contact = draft.contact();
  if (card.version != "4.0" && card.version != "3.0") {
    draft.Wrong("", "expected VERSION 4.0 or 3.0");
    return std::move(draft).Give(card.text, sink);
  }
  if (card.kind == "group") return sink.Skip(origin, "a list of other cards");
  contact.set_state(type::v1::OFFER_STATE_PUBLISHED);
  SetWho(card, draft);
  std::string id = card.uid;
  if (id.empty()) {
    id = ContentId(
        {contact.title(), card.address.postal_code, card.address.town});
    draft.Repaired("id-from-content", "external_id");
  }
  contact.set_external_id(draft.Line(200, id, "external_id"));
  contact.set_description(draft.Lines(20'000, card.note, "description"));
  contact.set_source_uri(draft.Uri(card.url, "source_uri"));
  for (const std::string& topic : card.categories) AddTopic(topic, draft);
  for (const std::string& language : card.languages) {
    AddLanguage(language, "", "languages", *contact.mutable_languages(), draft);
  }
  if (card.changed != absl::InfinitePast()) {
    *contact.mutable_verified_time() = StampOf(card.changed);
  }
  if (!SetContactPlace(card.address, draft)) {
    return sink.Skip(origin, "a contact outside Germany");
  }
  return std::move(draft).Give(card.text, sink);
}

class VCard : public Format {
 public:
  absl::string_view name() const override { return "vcard"; }
  absl::string_view description() const override {
    return "vCard 4.0 and 3.0: clubs, practices, counsellors";
  }
  std::vector<Kind> kinds() const override { return {Kind::kContacts}; }
  std::vector<std::string> extensions() const override { return {".vcf"}; }
  bool Recognizes(absl::string_view head) const override {
    return absl::StartsWithIgnoreCase(absl::StripLeadingAsciiWhitespace(head),
                                      "BEGIN:VCARD");
  }
  absl::Status Read(ByteSource& source, const ReadOptions& options,
                    Sink& sink) const override;
};

absl::Status VCard::Read(ByteSource& source, const ReadOptions& options,
                         Sink& sink) const {
  const auto lines =
      ContentLineReader::Open(source, options.encoding, options.limits);
  if (!lines.ok()) return lines.status();
  SourcedSink sourced(sink, options, name());
  Card card;
  bool open = false;
  for (int64_t number = 0;;) {
    const auto more = (*lines)->Next();
    if (!more.ok()) return more.status();
    if (!*more) break;
    const ContentLine& line = (*lines)->line();
    const bool is_card = absl::EqualsIgnoreCase(line.value, "VCARD");
    if (line.name == "BEGIN" && is_card && !open) {
      card = Card();
      card.line = line.number;
      open = true;
    } else if (!open || line.name == "BEGIN") {
      return absl::InvalidArgumentError(
          absl::StrCat("line ", line.number, ": expected ",
                       open ? "END:VCARD" : "BEGIN:VCARD"));
    }
    absl::StrAppend(&card.text, line.text, "\r\n");
    if (card.text.size() > options.limits.row_bytes) {
      return absl::ResourceExhaustedError(
          absl::StrCat("line ", line.number, ": a card is larger than ",
                       options.limits.row_bytes, " bytes"));
    }
    if (line.name == "END" && is_card) {
      open = false;
      absl::Status status = Give(card, ++number, sourced);
      if (!status.ok()) return status;
    } else {
      Take(line, card);
    }
  }
  return open ? absl::InvalidArgumentError("the file ends inside of a card")
              : absl::OkStatus();
}

}  // namespace

const Format* VCardFormat() {
  static const VCard format;
  return &format;
}

}  // namespace heimweg::importers
