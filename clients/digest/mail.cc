#include "clients/digest/mail.h"

#include <gmime/gmime.h>

#include <memory>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace heimweg::digest {
namespace {

struct Unref {
  void operator()(void* object) const { g_object_unref(object); }
};
template <typename T>
using Owned = std::unique_ptr<T, Unref>;

void InitializeOnce() {
  static const bool initialized = [] {
    g_mime_init();
    return true;
  }();
  (void)initialized;
}

// Line ends that no header may hold are blanks in names and subjects.
std::string OneLine(absl::string_view text) {
  std::string line(text);
  for (char& c : line) {
    if (absl::ascii_iscntrl(static_cast<unsigned char>(c))) c = ' ';
  }
  return line;
}

Owned<GMimeObject> TextPart(const char* subtype, const std::string& text) {
  Owned<GMimeObject> part(
      GMIME_OBJECT(g_mime_text_part_new_with_subtype(subtype)));
  g_mime_text_part_set_text(GMIME_TEXT_PART(part.get()), text.c_str());
  g_mime_part_set_content_encoding(GMIME_PART(part.get()),
                                   GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
  return part;
}

Owned<GMimeMultipart> Alternatives(const Mail& mail) {
  Owned<GMimeMultipart> parts(g_mime_multipart_new_with_subtype("alternative"));
  // Of the message's id, so that a repetition has the same bytes. "=_" stands
  // in no quoted-printable text.
  g_mime_multipart_set_boundary(
      parts.get(),
      absl::StrCat("=_", mail.message_id.substr(0, mail.message_id.find('@')))
          .c_str());
  g_mime_multipart_add(parts.get(), TextPart("plain", mail.plain).get());
  g_mime_multipart_add(parts.get(), TextPart("html", mail.html).get());
  return parts;
}

// As it is: GMime would encode long words, which no reader of these decodes.
void SetAscii(GMimeMessage* message, const char* name,
              const std::string& value) {
  GMimeHeaderList* headers =
      g_mime_object_get_header_list(GMIME_OBJECT(message));
  g_mime_header_list_append(headers, name, "", nullptr);
  g_mime_header_set_raw_value(g_mime_header_list_get_header(headers, name),
                              absl::StrCat(" ", value, "\n").c_str());
}

void SetHeaders(const Mail& mail, GMimeMessage* message) {
  g_mime_message_add_mailbox(message, GMIME_ADDRESS_TYPE_FROM,
                             OneLine(mail.from_name).c_str(),
                             mail.from_address.c_str());
  g_mime_message_add_mailbox(
      message, GMIME_ADDRESS_TYPE_TO,
      mail.to_name.empty() ? nullptr : OneLine(mail.to_name).c_str(),
      mail.to_address.c_str());
  g_mime_message_set_subject(message, OneLine(mail.subject).c_str(), "utf-8");
  GDateTime* date =
      g_date_time_new_from_unix_utc(absl::ToUnixSeconds(mail.date));
  g_mime_message_set_date(message, date);
  g_date_time_unref(date);
  g_mime_message_set_message_id(message, mail.message_id.c_str());
  // No answers from machines (RFC 3834).
  SetAscii(message, "Auto-Submitted", "auto-generated");
  if (mail.unsubscribe_url.empty()) return;
  SetAscii(message, "List-Unsubscribe",
           absl::StrCat("<", mail.unsubscribe_url, ">"));
  SetAscii(message, "List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
}

}  // namespace

absl::Status CheckAddress(absl::string_view address) {
  const size_t at = address.rfind('@');
  bool good = address.size() <= 254 && at != absl::string_view::npos &&
              at > 0 && at + 1 < address.size();
  for (const char c : address) {
    good = good && absl::ascii_isgraph(static_cast<unsigned char>(c)) &&
           !absl::StrContains("<>()[]\\,;:\"", c);
  }
  if (good) return absl::OkStatus();
  return absl::InvalidArgumentError(
      "expected one e-mail address, local@domain in ASCII, at most 254 "
      "characters");
}

absl::StatusOr<std::string> Compose(const Mail& mail) {
  for (const std::string* address : {&mail.from_address, &mail.to_address}) {
    const absl::Status status = CheckAddress(*address);
    if (!status.ok()) return status;
  }
  InitializeOnce();
  const Owned<GMimeMessage> message(g_mime_message_new(TRUE));
  SetHeaders(mail, message.get());
  const Owned<GMimeMultipart> parts = Alternatives(mail);
  g_mime_message_set_mime_part(message.get(), GMIME_OBJECT(parts.get()));
  GMimeFormatOptions* format = g_mime_format_options_new();
  g_mime_format_options_set_newline_format(format, GMIME_NEWLINE_FORMAT_DOS);
  char* text = g_mime_object_to_string(GMIME_OBJECT(message.get()), format);
  std::string bytes(text);
  g_free(text);
  g_mime_format_options_free(format);
  return bytes;
}

}  // namespace heimweg::digest
