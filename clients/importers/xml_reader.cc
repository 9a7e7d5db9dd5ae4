#include "clients/importers/xml_reader.h"

#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlerror.h>

#include <algorithm>
#include <cstring>
#include <memory>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace heimweg::importers {
namespace {

constexpr int kXmlBlock = 64 << 10;

absl::string_view View(const xmlChar* text) {
  return text == nullptr
             ? absl::string_view()
             : absl::string_view(reinterpret_cast<const char*>(text));
}

struct FreeContext {
  void operator()(xmlParserCtxt* context) const {
    if (context->myDoc != nullptr) xmlFreeDoc(context->myDoc);
    xmlFreeParserCtxt(context);
  }
};

// One document on its way through libxml2's callbacks.
class Reading {
 public:
  Reading(const Limits& limits, XmlHandler& handler)
      : limits_(limits), handler_(handler) {}

  absl::Status Run(ByteSource& source, absl::string_view encoding);

 private:
  static Reading& Of(void* self) {
    auto* context = static_cast<xmlParserCtxt*>(self);
    return *static_cast<Reading*>(context->_private);
  }
  static void OnStart(void* self, const xmlChar* name, const xmlChar* prefix,
                      const xmlChar* uri, int namespaces, const xmlChar** ns,
                      int attributes, int defaulted, const xmlChar** values);
  static void OnEnd(void* self, const xmlChar* name, const xmlChar* prefix,
                    const xmlChar* uri);
  static void OnText(void* self, const xmlChar* text, int size);
  static void OnDoctype(void* self, const xmlChar* name, const xmlChar* id,
                        const xmlChar* system);

  void Start(absl::string_view name, int attributes, const xmlChar** values);
  void End();
  void Text(absl::string_view text);
  void Stop(absl::Status status);
  void StopAtLimit(absl::string_view what);
  int64_t Line() const { return xmlSAX2GetLineNumber(context_.get()); }
  absl::Status Broken() const;
  bool Open(ByteSource& source, absl::string_view encoding,
            const std::string& head);

  const Limits& limits_;
  XmlHandler& handler_;
  std::unique_ptr<xmlParserCtxt, FreeContext> context_;
  absl::Status status_;
  std::string path_;
  // Elements that are open; from record_depth_ on they are a record's.
  std::vector<XmlElement> open_;
  size_t record_depth_ = 0;  // 0: none
  size_t record_bytes_ = 0;
};

void Reading::Stop(absl::Status status) {
  if (status_.ok()) status_ = std::move(status);
  xmlStopParser(context_.get());
}

void Reading::StopAtLimit(absl::string_view what) {
  Stop(absl::ResourceExhaustedError(absl::StrCat("line ", Line(), ": ", what)));
}

void Reading::Start(absl::string_view name, int attributes,
                    const xmlChar** values) {
  if (open_.size() >= static_cast<size_t>(limits_.depth)) {
    return StopAtLimit(
        absl::StrCat("elements are nested more than ", limits_.depth, " deep"));
  }
  XmlElement element;
  element.name = std::string(name);
  element.line = Line();
  size_t bytes = name.size() + sizeof(XmlElement);
  for (int i = 0; i < attributes; ++i) {
    const xmlChar* const* attribute = values + static_cast<ptrdiff_t>(5) * i;
    const auto size = static_cast<size_t>(attribute[4] - attribute[3]);
    if (size > limits_.field_bytes)
      return StopAtLimit("an attribute is too large");
    element.attributes.emplace_back(
        std::string(View(attribute[0])),
        std::string(reinterpret_cast<const char*>(attribute[3]), size));
    bytes += size + 2 * sizeof(std::string);
  }
  absl::StrAppend(&path_, path_.empty() ? "" : "/", name);
  const bool inside = record_depth_ > 0;
  if (!inside && handler_.IsRecord(path_)) {
    record_depth_ = open_.size() + 1;
    record_bytes_ = 0;
  }
  record_bytes_ += bytes;
  if (record_depth_ > 0 && record_bytes_ > limits_.row_bytes) {
    return StopAtLimit(
        absl::StrCat("a record is larger than ", limits_.row_bytes, " bytes"));
  }
  open_.push_back(std::move(element));
  if (record_depth_ > 0) return;
  absl::Status status = handler_.Open(path_, open_.back());
  if (!status.ok()) Stop(std::move(status));
}

void Reading::Text(absl::string_view text) {
  if (open_.empty()) return;
  std::string& kept = open_.back().text;
  if (kept.empty()) text = absl::StripLeadingAsciiWhitespace(text);
  record_bytes_ += text.size();
  if (kept.size() + text.size() > limits_.field_bytes) {
    return StopAtLimit(
        absl::StrCat("a text is larger than ", limits_.field_bytes, " bytes"));
  }
  if (record_depth_ > 0 && record_bytes_ > limits_.row_bytes) {
    return StopAtLimit(
        absl::StrCat("a record is larger than ", limits_.row_bytes, " bytes"));
  }
  kept.append(text.data(), text.size());
}

void Reading::End() {
  XmlElement element = std::move(open_.back());
  open_.pop_back();
  absl::StripTrailingAsciiWhitespace(&element.text);
  absl::Status status;
  const size_t depth = open_.size() + 1;
  if (record_depth_ > 0 && depth > record_depth_) {
    open_.back().children.push_back(std::move(element));
  } else if (record_depth_ == depth) {
    record_depth_ = 0;
    status = handler_.Record(path_, element);
  } else {
    status = handler_.Close(path_, element);
  }
  path_.resize(path_.rfind('/') == std::string::npos ? 0 : path_.rfind('/'));
  if (!status.ok()) Stop(std::move(status));
}

void Reading::OnStart(void* self, const xmlChar* name, const xmlChar*,
                      const xmlChar*, int, const xmlChar**, int attributes, int,
                      const xmlChar** values) {
  Reading& reading = Of(self);
  if (reading.status_.ok()) reading.Start(View(name), attributes, values);
}

void Reading::OnEnd(void* self, const xmlChar*, const xmlChar*,
                    const xmlChar*) {
  Reading& reading = Of(self);
  if (reading.status_.ok() && !reading.open_.empty()) reading.End();
}

void Reading::OnText(void* self, const xmlChar* text, int size) {
  Reading& reading = Of(self);
  if (!reading.status_.ok()) return;
  reading.Text(
      {reinterpret_cast<const char*>(text), static_cast<size_t>(size)});
}

void Reading::OnDoctype(void* self, const xmlChar*, const xmlChar*,
                        const xmlChar*) {
  Reading& reading = Of(self);
  reading.Stop(absl::InvalidArgumentError(
      absl::StrCat("line ", reading.Line(),
                   ": a DOCTYPE is not accepted; entities and other files "
                   "could come with it")));
}

absl::Status Reading::Broken() const {
  const xmlError* error = xmlCtxtGetLastError(context_.get());
  std::string message = "it is not well-formed XML";
  int64_t line = Line();
  if (error != nullptr) {
    line = error->line;
    switch (error->code) {
      case XML_ERR_INVALID_CHAR:
      case XML_ERR_INVALID_ENCODING:
      case XML_I18N_CONV_FAILED:
        message =
            "a byte is not in the encoding of the file; --encoding "
            "names another, e.g. windows-1252";
        break;
      case XML_ERR_UNSUPPORTED_ENCODING:
      case XML_ERR_UNKNOWN_ENCODING:
        message =
            "the encoding that the file declares is not known; "
            "--encoding names another";
        break;
      case XML_ERR_UNDECLARED_ENTITY:
      case XML_WAR_UNDECLARED_ENTITY:
        message = "an entity is not declared";
        break;
      case XML_ERR_TAG_NAME_MISMATCH:
        message = "an end tag does not fit its start tag";
        break;
      case XML_ERR_DOCUMENT_EMPTY:
        message = "it is empty or no XML";
        break;
      case XML_ERR_DOCUMENT_END:
      case XML_ERR_TAG_NOT_FINISHED:
        message = "the file ends before its root element does";
        break;
      default:
        absl::StrAppend(&message, " (libxml2 error ", error->code, ")");
    }
  }
  return absl::InvalidArgumentError(absl::StrCat("line ", line, ": ", message));
}

bool Reading::Open(ByteSource&, absl::string_view encoding,
                   const std::string& head) {
  xmlSAXHandler sax;
  std::memset(&sax, 0, sizeof sax);
  sax.initialized = XML_SAX2_MAGIC;
  sax.startElementNs = OnStart;
  sax.endElementNs = OnEnd;
  sax.characters = OnText;
  sax.cdataBlock = OnText;
  sax.ignorableWhitespace = OnText;
  sax.internalSubset = OnDoctype;
  sax.serror = [](void*, xmlErrorPtr) {};
  context_.reset(xmlCreatePushParserCtxt(
      &sax, nullptr, head.data(), static_cast<int>(head.size()), nullptr));
  if (context_ == nullptr) return false;
  context_->_private = this;
  xmlCtxtUseOptions(context_.get(), XML_PARSE_NONET | XML_PARSE_NOCDATA |
                                        XML_PARSE_NOERROR |
                                        XML_PARSE_NOWARNING);
  if (!encoding.empty()) {
    xmlCharEncodingHandler* decoder =
        xmlFindCharEncodingHandler(std::string(encoding).c_str());
    if (decoder == nullptr) {
      status_ = absl::InvalidArgumentError(
          absl::StrCat("there is no encoding \"", encoding, "\""));
      return false;
    }
    xmlSwitchToEncoding(context_.get(), decoder);
    context_->options |= XML_PARSE_IGNORE_ENC;
  }
  return true;
}

absl::Status Reading::Run(ByteSource& source, absl::string_view encoding) {
  // libxml2 looks at the first four bytes to know what it is about to read.
  std::string head(4, '\0');
  size_t size = 0;
  while (size < head.size()) {
    const auto count = source.Read(&head[size], head.size() - size);
    if (!count.ok()) return count.status();
    if (*count == 0) break;
    size += *count;
  }
  head.resize(size);
  if (!Open(source, encoding, head)) {
    return status_.ok() ? absl::InternalError("no memory for XML") : status_;
  }
  std::vector<char> block(kXmlBlock);
  while (status_.ok()) {
    const auto count = source.Read(block.data(), block.size());
    if (!count.ok()) return count.status();
    const bool at_end = *count == 0;
    const int error = xmlParseChunk(context_.get(), block.data(),
                                    static_cast<int>(*count), at_end ? 1 : 0);
    if (!status_.ok()) return status_;
    if (error != 0 && context_->wellFormed == 0) return Broken();
    if (at_end) break;
  }
  return status_;
}

}  // namespace

absl::Status XmlHandler::Open(absl::string_view, const XmlElement&) {
  return absl::OkStatus();
}

absl::Status XmlHandler::Close(absl::string_view, const XmlElement&) {
  return absl::OkStatus();
}

absl::Status ReadXml(ByteSource& source, absl::string_view encoding,
                     const Limits& limits, XmlHandler& handler) {
  return Reading(limits, handler).Run(source, encoding);
}

}  // namespace heimweg::importers
