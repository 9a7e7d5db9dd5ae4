#include "clients/importers/html_text.h"

#include <libxml/HTMLparser.h>

#include <algorithm>
#include <array>
#include <memory>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "clients/importers/field_text.h"

namespace heimweg::importers {
namespace {

// Parts that libxml2 gets: it must never see a text of 2^31 bytes.
constexpr size_t kHtmlBlock = 64 << 10;

constexpr std::array<absl::string_view, 20> kBlocks = {
    "p",  "div", "ul", "ol", "h1",      "h2",        "h3",
    "h4", "h5",  "h6", "tr", "table",   "section",   "article",
    "dl", "dt",  "dd", "hr", "address", "blockquote"};
constexpr std::array<absl::string_view, 4> kSilent = {"script", "style",
                                                      "title", "template"};

template <typename List>
bool Has(const List& list, absl::string_view text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

absl::string_view View(const xmlChar* text) {
  return text == nullptr
             ? absl::string_view()
             : absl::string_view(reinterpret_cast<const char*>(text));
}

// What the parser calls back to.
class Listener {
 public:
  virtual ~Listener() = default;
  virtual void Start(absl::string_view name, const xmlChar** attributes) = 0;
  virtual void End(absl::string_view name) = 0;
  virtual void Text(absl::string_view text) = 0;
};

void OnStart(void* self, const xmlChar* name, const xmlChar** attributes) {
  static_cast<Listener*>(self)->Start(View(name), attributes);
}
void OnEnd(void* self, const xmlChar* name) {
  static_cast<Listener*>(self)->End(View(name));
}
void OnText(void* self, const xmlChar* text, int size) {
  static_cast<Listener*>(self)->Text(
      {reinterpret_cast<const char*>(text), static_cast<size_t>(size)});
}

struct FreeContext {
  void operator()(htmlParserCtxt* context) const {
    if (context->myDoc != nullptr) xmlFreeDoc(context->myDoc);
    htmlFreeParserCtxt(context);
  }
};

void Parse(absl::string_view html, Listener& listener) {
  htmlSAXHandler handler = {};
  handler.startElement = OnStart;
  handler.endElement = OnEnd;
  handler.characters = OnText;
  handler.ignorableWhitespace = OnText;
  handler.cdataBlock = OnText;
  const std::unique_ptr<htmlParserCtxt, FreeContext> context(
      htmlCreatePushParserCtxt(&handler, &listener, nullptr, 0, nullptr,
                               XML_CHAR_ENCODING_UTF8));
  if (context == nullptr) return;
  htmlCtxtUseOptions(context.get(), HTML_PARSE_RECOVER | HTML_PARSE_NOERROR |
                                        HTML_PARSE_NOWARNING |
                                        HTML_PARSE_NONET);
  for (size_t at = 0; at < html.size(); at += kHtmlBlock) {
    const absl::string_view part = html.substr(at, kHtmlBlock);
    htmlParseChunk(context.get(), part.data(), static_cast<int>(part.size()),
                   0);
  }
  htmlParseChunk(context.get(), nullptr, 0, 1);
}

class TextListener : public Listener {
 public:
  std::string Take() { return ManyLines(text_); }

  void Start(absl::string_view name, const xmlChar**) override {
    if (Has(kSilent, name)) ++silent_;
    if (name == "li") {
      NewLine();
      text_ += "- ";
    } else if (name == "br") {
      text_ += '\n';
    } else if (Has(kBlocks, name)) {
      NewLine();
    }
  }
  void End(absl::string_view name) override {
    if (Has(kSilent, name) && silent_ > 0) --silent_;
    if (name == "li" || Has(kBlocks, name)) NewLine();
  }
  void Text(absl::string_view text) override {
    if (silent_ > 0) return;
    for (const char c : text) {
      if (!absl::ascii_isspace(static_cast<unsigned char>(c))) {
        text_ += c;
      } else if (!text_.empty() && text_.back() != ' ' &&
                 text_.back() != '\n') {
        text_ += ' ';
      }
    }
  }

 private:
  void NewLine() {
    while (!text_.empty() && text_.back() == ' ') text_.pop_back();
    if (!text_.empty() && text_.back() != '\n') text_ += '\n';
  }

  std::string text_;
  int silent_ = 0;
};

class ScriptListener : public Listener {
 public:
  std::vector<std::string> Take() { return std::move(scripts_); }

  void Start(absl::string_view name, const xmlChar** attributes) override {
    inside_ = false;
    if (name != "script" || attributes == nullptr) return;
    for (; *attributes != nullptr; attributes += 2) {
      const absl::string_view type =
          absl::StripAsciiWhitespace(View(attributes[1]));
      if (View(attributes[0]) == "type" &&
          absl::StartsWithIgnoreCase(type, "application/ld+json")) {
        inside_ = true;
        scripts_.emplace_back();
      }
    }
  }
  void End(absl::string_view) override { inside_ = false; }
  void Text(absl::string_view text) override {
    if (inside_) absl::StrAppend(&scripts_.back(), text);
  }

 private:
  bool inside_ = false;
  std::vector<std::string> scripts_;
};

}  // namespace

bool LooksLikeHtml(absl::string_view text) {
  for (size_t at = text.find_first_of("<&"); at != absl::string_view::npos;
       at = text.find_first_of("<&", at + 1)) {
    const char next = at + 1 < text.size() ? text[at + 1] : ' ';
    const bool letter = absl::ascii_isalpha(static_cast<unsigned char>(next));
    if (text[at] == '<' && (letter || next == '/' || next == '!')) {
      if (text.find('>', at) != absl::string_view::npos) return true;
    } else if (text[at] == '&' && (letter || next == '#')) {
      const size_t end = text.substr(at, 12).find(';');
      if (end != absl::string_view::npos) return true;
    }
  }
  return false;
}

std::string HtmlText(absl::string_view html) {
  TextListener listener;
  // Without it, libxml2 looks for another encoding in what follows.
  Parse(absl::StrCat("<meta charset=\"utf-8\">", html), listener);
  return listener.Take();
}

std::vector<std::string> JsonLdScripts(absl::string_view html) {
  ScriptListener listener;
  Parse(html, listener);
  return listener.Take();
}

}  // namespace heimweg::importers
