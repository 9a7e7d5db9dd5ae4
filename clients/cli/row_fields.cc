#include "clients/cli/row_fields.h"

#include "clients/cli/offer_service.h"

namespace heimweg::cli {

std::string TextField(const google::protobuf::Message& message,
                      const char* field) {
  const auto* descriptor = message.GetDescriptor()->FindFieldByName(field);
  if (descriptor == nullptr) return "";
  return message.GetReflection()->GetString(message, descriptor);
}

void SetTextField(google::protobuf::Message& message, const char* field,
                  const std::string& text) {
  const auto* descriptor = message.GetDescriptor()->FindFieldByName(field);
  if (descriptor == nullptr) return;
  message.GetReflection()->SetString(&message, descriptor, text);
}

MessagePtr FilterByKey(Area area, const ExternalKey& key) {
  MessagePtr filter = NewOfferFilter(area);
  SetTextField(*filter, "source", key.first);
  SetTextField(*filter, "external_id", key.second);
  filter->GetReflection()->SetBool(
      filter.get(), filter->GetDescriptor()->FindFieldByName("include_expired"),
      true);
  return filter;
}

}  // namespace heimweg::cli
