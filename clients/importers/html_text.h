// HTML as partners put it into descriptions, and whole pages: text for people,
// and the data that a page carries for machines. libxml2's HTML parser reads,
// through callbacks, so that no tree grows with the input.
#ifndef HEIMWEG_CLIENTS_IMPORTERS_HTML_TEXT_H_
#define HEIMWEG_CLIENTS_IMPORTERS_HTML_TEXT_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace heimweg::importers {

// Whether there is a tag or a character reference in it.
bool LooksLikeHtml(absl::string_view text);

// The text of UTF-8 HTML: paragraphs and line breaks on lines of their own,
// list items behind "- ", no scripts, styles or comments. What is no HTML comes
// out as it is.
std::string HtmlText(absl::string_view html);

// The contents of <script type="application/ld+json"> of a page in UTF-8, in
// their order.
std::vector<std::string> JsonLdScripts(absl::string_view html);

}  // namespace heimweg::importers

#endif  // HEIMWEG_CLIENTS_IMPORTERS_HTML_TEXT_H_
