#include "clients/digest/digest.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"

namespace heimweg::digest {
namespace {

using cli::In;
using cli::Language;

constexpr size_t kLineWidth = 78;

std::string Escaped(absl::string_view text) {
  return absl::StrReplaceAll(
      text, {{"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}, {"\"", "&quot;"}});
}

// Breaks `text` between words; every line begins with `indent`.
void AppendWrapped(absl::string_view first_indent, absl::string_view indent,
                   absl::string_view text, std::string& out) {
  std::string line(first_indent);
  bool empty = true;
  for (absl::string_view word :
       absl::StrSplit(text, absl::ByAnyChar(" \n\r\t"), absl::SkipEmpty())) {
    if (!empty && line.size() + 1 + word.size() > kLineWidth) {
      absl::StrAppend(&out, line, "\n");
      line = std::string(indent);
      empty = true;
    }
    absl::StrAppend(&line, empty ? "" : " ", word);
    empty = false;
  }
  absl::StrAppend(&out, line, "\n");
}

std::string Greeting(const Digest& digest) {
  const auto hello = In(digest.language, "Hello", "Guten Tag");
  return digest.recipient_name.empty()
             ? absl::StrCat(hello, ",")
             : absl::StrCat(hello, " ", digest.recipient_name, ",");
}

absl::string_view Introduction(const Digest& digest) {
  if (digest.unsubscribe_url.empty()) {
    return In(digest.language,
              "these offers are new for households that have allowed you to "
              "see their matches.",
              "diese Angebote sind neu für Haushalte, die Ihnen erlaubt haben, "
              "ihre Treffer zu sehen.");
  }
  return In(digest.language,
            "these offers are new and fit what you are looking for.",
            "diese Angebote sind neu und passen zu dem, was Sie suchen.");
}

// "04910 Elsterwerda, 12.3 km, 87.3 of 100 points".
std::string Facts(const DigestOffer& offer, Language language) {
  std::string facts = offer.place;
  for (const std::string& next :
       {offer.distance,
        offer.score.empty()
            ? std::string()
            : absl::StrCat(offer.score, In(language, " of 100 points",
                                           " von 100 Punkten"))}) {
    if (!next.empty()) absl::StrAppend(&facts, facts.empty() ? "" : ", ", next);
  }
  return facts;
}

void AppendPlain(const DigestOffer& offer, Language language,
                 std::string& out) {
  AppendWrapped("* ", "  ", offer.title, out);
  const std::string facts = Facts(offer, language);
  if (!facts.empty()) AppendWrapped("  ", "  ", facts, out);
  for (const std::string& reason : offer.reasons) {
    AppendWrapped("  - ", "    ", reason, out);
  }
  if (!offer.url.empty()) absl::StrAppend(&out, "  ", offer.url, "\n");
  if (!offer.dismiss_url.empty()) {
    absl::StrAppend(&out, "  ",
                    In(language, "Not for us: ", "Nichts für uns: "),
                    offer.dismiss_url, "\n");
  }
  out += "\n";
}

std::string Link(absl::string_view url, absl::string_view text) {
  return absl::StrCat("<a href=\"", Escaped(url), "\">", Escaped(text), "</a>");
}

void AppendHtml(const DigestOffer& offer, Language language, std::string& out) {
  absl::StrAppend(
      &out, "<li>\n<h3>",
      offer.url.empty() ? Escaped(offer.title) : Link(offer.url, offer.title),
      "</h3>\n");
  const std::string facts = Facts(offer, language);
  if (!facts.empty()) absl::StrAppend(&out, "<p>", Escaped(facts), "</p>\n");
  if (!offer.reasons.empty()) {
    out += "<ul>\n";
    for (const std::string& reason : offer.reasons) {
      absl::StrAppend(&out, "<li>", Escaped(reason), "</li>\n");
    }
    out += "</ul>\n";
  }
  if (!offer.dismiss_url.empty()) {
    // The title is in the link's text, as one hears links alone.
    absl::StrAppend(
        &out, "<p>",
        Link(offer.dismiss_url,
             absl::StrCat(In(language, "Not for us: ", "Nichts für uns: "),
                          offer.title)),
        "</p>\n");
  }
  out += "</li>\n";
}

absl::string_view WhyYou(const Digest& digest) {
  return In(digest.language,
            "You get this message because you agreed to it. One click ends it:",
            "Sie erhalten diese Nachricht, weil Sie zugestimmt haben. Ein "
            "Klick beendet sie:");
}

}  // namespace

int Digest::offers() const {
  size_t sum = 0;
  for (const DigestSection& section : sections) sum += section.offers.size();
  return static_cast<int>(sum);
}

std::string Subject(const Digest& digest) {
  const int count = digest.offers();
  if (digest.unsubscribe_url.empty()) {
    return absl::StrCat(
        count, In(digest.language, count == 1 ? " new match" : " new matches",
                  count == 1 ? " neuer Treffer" : " neue Treffer"));
  }
  return absl::StrCat(count,
                      In(digest.language,
                         count == 1 ? " new offer for your way home"
                                    : " new offers for your way home",
                         count == 1 ? " neues Angebot für Ihren Heimweg"
                                    : " neue Angebote für Ihren Heimweg"));
}

std::string PlainText(const Digest& digest) {
  std::string out = absl::StrCat(Greeting(digest), "\n\n");
  AppendWrapped("", "", Introduction(digest), out);
  for (const DigestSection& section : digest.sections) {
    absl::StrAppend(&out, "\n", section.heading, "\n\n");
    for (const DigestOffer& offer : section.offers) {
      AppendPlain(offer, digest.language, out);
    }
  }
  absl::StrAppend(&out, digest.sender_name, "\n");
  if (!digest.unsubscribe_url.empty()) {
    out += "\n";
    AppendWrapped("", "", WhyYou(digest), out);
    absl::StrAppend(&out, digest.unsubscribe_url, "\n");
  }
  return out;
}

std::string Html(const Digest& digest) {
  const std::string title = Escaped(Subject(digest));
  std::string out = absl::StrCat(
      "<!doctype html>\n<html lang=\"", In(digest.language, "en", "de"),
      "\">\n<head>\n<meta charset=\"utf-8\">\n<title>", title,
      "</title>\n</head>\n<body>\n<h1>", title, "</h1>\n<p>",
      Escaped(Greeting(digest)), "</p>\n<p>", Escaped(Introduction(digest)),
      "</p>\n");
  for (const DigestSection& section : digest.sections) {
    absl::StrAppend(&out, "<h2>", Escaped(section.heading), "</h2>\n<ol>\n");
    for (const DigestOffer& offer : section.offers) {
      AppendHtml(offer, digest.language, out);
    }
    out += "</ol>\n";
  }
  absl::StrAppend(&out, "<p>", Escaped(digest.sender_name), "</p>\n");
  if (!digest.unsubscribe_url.empty()) {
    absl::StrAppend(&out, "<p>", Escaped(WhyYou(digest)), " ",
                    Link(digest.unsubscribe_url,
                         In(digest.language, "unsubscribe", "abbestellen")),
                    "</p>\n");
  }
  return absl::StrCat(out, "</body>\n</html>\n");
}

}  // namespace heimweg::digest
