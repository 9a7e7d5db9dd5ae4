// XML of any size, a record at a time: libxml2 parses, this keeps only the
// record that is being read, and refuses what a hostile file is made of.
#ifndef HEIMWEG_CLIENTS_IMPORTERS_XML_READER_H_
#define HEIMWEG_CLIENTS_IMPORTERS_XML_READER_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "clients/importers/byte_source.h"
#include "clients/importers/format.h"

namespace heimweg::importers {

// An element with everything in it. Names are local names, without a prefix.
struct XmlElement {
  std::string name;
  int64_t line = 0;
  std::vector<std::pair<std::string, std::string>> attributes;
  // Its own text, CDATA included, without white space at both ends.
  std::string text;
  std::vector<XmlElement> children;

  // The first child of that name; null: none.
  const XmlElement* Child(absl::string_view child) const;
  // The first element at "preise/kaltmiete"; null: none.
  const XmlElement* Find(absl::string_view path) const;
  // The text at a path ("" is this element's); empty: none.
  absl::string_view Text(absl::string_view path) const;
  // The value; empty: none. Of this element, or of the one at a path.
  absl::string_view Attribute(absl::string_view attribute) const;
  absl::string_view Attribute(absl::string_view path,
                              absl::string_view attribute) const;
};

// The element as XML text, of at most about `most` bytes.
std::string ToXml(const XmlElement& element, size_t most = 64 << 10);

// What a format wants of a document. Paths are names with slashes, from the
// root: "openimmo/anbieter/immobilie". An error ends the reading and is
// returned.
class XmlHandler {
 public:
  virtual ~XmlHandler() = default;
  // Whether the element that begins is a record, which Record then gets whole.
  virtual bool IsRecord(absl::string_view path) const = 0;
  // An element outside of records begins; it has its attributes only. By
  // default nothing happens.
  virtual absl::Status Open(absl::string_view path, const XmlElement& element);
  // An element outside of records ends; it has its attributes and text.
  virtual absl::Status Close(absl::string_view path, const XmlElement& element);
  // A record has ended.
  virtual absl::Status Record(absl::string_view path, XmlElement& element) = 0;
};

// Reads a whole document. The encoding is what its declaration says
// (`encoding`, if not empty, overrides it). INVALID_ARGUMENT with the line if
// it is not well-formed, not in its encoding, or has a DOCTYPE: no format of
// partners needs one, and entities come with it. RESOURCE_EXHAUSTED beyond a
// limit. Nothing is ever loaded from elsewhere.
absl::Status ReadXml(ByteSource& source, absl::string_view encoding,
                     const Limits& limits, XmlHandler& handler);

// Name of the root element of a document that begins like `head`, without a
// prefix; empty if it does not begin like XML.
absl::string_view XmlRootName(absl::string_view head);

}  // namespace heimweg::importers

#endif  // HEIMWEG_CLIENTS_IMPORTERS_XML_READER_H_
