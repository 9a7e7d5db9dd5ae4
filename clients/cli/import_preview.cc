#include "clients/cli/import_preview.h"

#include <google/protobuf/util/message_differencer.h>

#include <memory>
#include <utility>

#include "clients/cli/row_fields.h"
#include "heimweg/type/v1/occupation.pb.h"

namespace heimweg::cli {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::util::MessageDifferencer;

// What services fill in.
class IgnoreOutput : public MessageDifferencer::IgnoreCriteria {
 public:
  bool IsIgnored(
      const Message&, const Message& stored, const FieldDescriptor* field,
      const std::vector<MessageDifferencer::SpecificField>&) override {
    if (field->name() == "resolved" || field->name() == "inferred") return true;
    // What was inferred from a title that is the same.
    if (field->containing_type() != type::v1::Occupation::descriptor() ||
        field->name() == "title") {
      return false;
    }
    return static_cast<const type::v1::Occupation&>(stored).inferred();
  }
};

}  // namespace

std::vector<std::string> ChangedFields(const Message& row,
                                       const Message& stored) {
  std::vector<const FieldDescriptor*> set;
  row.GetReflection()->ListFields(row, &set);
  std::vector<std::string> changed;
  for (const FieldDescriptor* field : set) {
    MessageDifferencer differencer;
    differencer.AddIgnoreCriteria(new IgnoreOutput);  // which it owns
    // The service gives a period its end.
    if (field->name() == "validity") {
      differencer.set_scope(MessageDifferencer::PARTIAL);
    }
    if (!differencer.CompareWithFields(row, stored, {field}, {field})) {
      changed.push_back(std::string(field->name()));
    }
  }
  return changed;
}

ImportPreview::ImportPreview(OfferService& service, std::string parent,
                             ImportInput& input, ImportReport& report)
    : service_(service),
      parent_(std::move(parent)),
      input_(input),
      report_(report) {}

absl::Status ImportPreview::Run() {
  while (true) {
    const auto batch = input_.Next();
    if (!batch.ok()) return batch.status();
    if (batch->rows.empty()) return absl::OkStatus();
    for (size_t row = 0; row < batch->rows.size(); ++row) {
      absl::Status status = Compare(*batch, row);
      if (!status.ok()) return status;
    }
  }
}

absl::Status ImportPreview::Compare(const ImportBatch& batch, size_t row) {
  const Message& offer = *batch.rows[row];
  const std::string external_id = TextField(offer, "external_id");
  if (external_id.empty() || TextField(offer, "source").empty()) {
    importers::Rejection rejection;
    rejection.origin = batch.origins[row];
    importers::AddViolation(external_id.empty() ? "external_id" : "source",
                            "is required", rejection.violations);
    report_.AddRejected(rejection);
    return absl::OkStatus();
  }
  const MessagePtr filter =
      FilterByKey(service_.area(), {TextField(offer, "source"), external_id});
  const auto found =
      service_.List(parent_, *filter, type::v1::OFFER_VIEW_FULL, 1, "");
  if (!found.ok()) return found.status();
  report_.AddPreview(
      batch, row,
      found->offers.empty() ? nullptr : found->offers.front().get());
  return absl::OkStatus();
}

}  // namespace heimweg::cli
