// Update masks (AIP-134): which fields of a stored message a request replaces.
#ifndef HEIMWEG_SERVICES_OFFERS_FIELD_MASK_H_
#define HEIMWEG_SERVICES_OFFERS_FIELD_MASK_H_

#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/field_mask.pb.h"
#include "google/protobuf/message.h"
#include "services/server/errors.h"

namespace heimweg::offers {

// Fields that no client changes, as paths.
using FixedFields = absl::Span<const absl::string_view>;

// One violation of "update_mask" for each path that is unknown, leads through a
// repeated field, or names something fixed; "*" has to stand alone.
std::vector<server::Violation> MaskViolations(
    const google::protobuf::Descriptor& type,
    const google::protobuf::FieldMask& mask, FixedFields fixed);

// Makes the fields of `to` that the mask names the same as those of `from`;
// what is unset in `from` is cleared. An empty mask means every top-level
// field that is set in `from`, "*" all fields; both leave out the fixed
// top-level ones. Both messages are of one type for which the mask has no
// violations.
void ReplaceFields(const google::protobuf::FieldMask& mask, FixedFields fixed,
                   const google::protobuf::Message& from,
                   google::protobuf::Message& to);

}  // namespace heimweg::offers

#endif  // HEIMWEG_SERVICES_OFFERS_FIELD_MASK_H_
