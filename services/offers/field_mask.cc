#include "services/offers/field_mask.h"

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/field_mask.pb.h"
#include "google/protobuf/message.h"
#include "services/server/errors.h"

namespace heimweg::offers {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::FieldMask;
using google::protobuf::Message;

constexpr absl::string_view kAll = "*";
constexpr size_t kQuotedPathLength = 100;

// The paths of a mask; `whole` ends one.
struct Node {
  bool whole = false;
  std::map<std::string, Node> parts;
};

void Insert(absl::string_view path, Node& node) {
  Node* at = &node;
  for (const absl::string_view part : absl::StrSplit(path, '.')) {
    if (at->whole) return;
    at = &at->parts[std::string(part)];
  }
  at->whole = true;
  at->parts.clear();
}

bool IsFixed(absl::string_view path, FixedFields fixed) {
  return std::any_of(fixed.begin(), fixed.end(),
                     [path](absl::string_view field) {
                       absl::string_view rest = path;
                       return absl::ConsumePrefix(&rest, field) &&
                              (rest.empty() || rest.front() == '.');
                     });
}

bool IsField(const Descriptor& type, absl::string_view path) {
  const Descriptor* message = &type;
  for (const absl::string_view part : absl::StrSplit(path, '.')) {
    if (message == nullptr) return false;
    const FieldDescriptor* field = message->FindFieldByName(std::string(part));
    if (field == nullptr) return false;
    message = field->is_repeated() ? nullptr : field->message_type();
  }
  return true;
}

// Clears what is named.
void Clear(const Node& node, Message& message) {
  for (const auto& [name, part] : node.parts) {
    const FieldDescriptor* field =
        message.GetDescriptor()->FindFieldByName(name);
    if (part.whole) {
      message.GetReflection()->ClearField(&message, field);
    } else if (message.GetReflection()->HasField(message, field)) {
      Clear(part, *message.GetReflection()->MutableMessage(&message, field));
    }
  }
}

// Clears what is not named.
void Keep(const Node& node, Message& message) {
  std::vector<const FieldDescriptor*> fields;
  message.GetReflection()->ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    const auto part = node.parts.find(field->name());
    if (part != node.parts.end() && part->second.whole) continue;
    if (part != node.parts.end()) {
      Message* inner = message.GetReflection()->MutableMessage(&message, field);
      Keep(part->second, *inner);
      if (inner->ByteSizeLong() > 0) continue;
    }
    message.GetReflection()->ClearField(&message, field);
  }
}

Node Paths(const FieldMask& mask, FixedFields fixed, const Message& from) {
  Node root;
  if (mask.paths_size() > 0 && mask.paths(0) != kAll) {
    for (const std::string& path : mask.paths()) Insert(path, root);
    return root;
  }
  const Descriptor& type = *from.GetDescriptor();
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor* field = type.field(i);
    if (IsFixed(field->name(), fixed)) continue;
    const bool set = field->is_repeated()
                         ? from.GetReflection()->FieldSize(from, field) > 0
                         : from.GetReflection()->HasField(from, field);
    if (set || mask.paths_size() > 0) Insert(field->name(), root);
  }
  return root;
}

// The short way for the many rows of an import, which have no mask: replaces
// what is set in `from`. False, and nothing done, if a fixed field is set.
bool ReplaceSet(FixedFields fixed, const Message& from, Message& to) {
  std::vector<const FieldDescriptor*> fields;
  from.GetReflection()->ListFields(from, &fields);
  for (const FieldDescriptor* field : fields) {
    if (IsFixed(field->name(), fixed)) return false;
  }
  for (const FieldDescriptor* field : fields) {
    to.GetReflection()->ClearField(&to, field);
  }
  to.MergeFrom(from);
  return true;
}

}  // namespace

std::vector<server::Violation> MaskViolations(const Descriptor& type,
                                              const FieldMask& mask,
                                              FixedFields fixed) {
  std::vector<server::Violation> violations;
  const auto add = [&violations](const std::string& path,
                                 absl::string_view expected) {
    violations.push_back(
        {"update_mask", absl::StrCat("\"", path.substr(0, kQuotedPathLength),
                                     "\" ", expected)});
  };
  for (const std::string& path : mask.paths()) {
    if (path == kAll) {
      if (mask.paths_size() > 1) add(path, "must stand alone");
    } else if (!IsField(type, path)) {
      add(path, "is no field of the resource");
    } else if (IsFixed(path, fixed)) {
      add(path, "cannot be changed");
    }
  }
  return violations;
}

void ReplaceFields(const FieldMask& mask, FixedFields fixed,
                   const Message& from, Message& to) {
  if (mask.paths().empty() && ReplaceSet(fixed, from, to)) return;
  const Node paths = Paths(mask, fixed, from);
  const std::unique_ptr<Message> kept(from.New());
  kept->CopyFrom(from);
  Keep(paths, *kept);
  Clear(paths, to);
  to.MergeFrom(*kept);
}

}  // namespace heimweg::offers
