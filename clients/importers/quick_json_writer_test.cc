// What is written fast is what protobuf writes, byte for byte.
#include <gmock/gmock.h>
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "clients/importers/quick_json.h"
#include "heimweg/contacts/v1/contact.pb.h"
#include "heimweg/housing/v1/home.pb.h"
#include "heimweg/jobs/v1/job.pb.h"
#include "heimweg/matching/v1/matching_service.pb.h"
#include "heimweg/profiles/v1/profile_service.pb.h"

namespace heimweg::importers {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;
using google::protobuf::Timestamp;

// Whether it was written, and then what protobuf makes of it.
bool WritesAlike(const Message& message) {
  std::string quick;
  if (!WritePlainJson(message, quick)) return false;
  std::string slow;
  const auto status =
      google::protobuf::util::MessageToJsonString(message, &slow);
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_EQ(quick, slow);
  return true;
}

// Fills messages of any type at random. Thread-compatible.
class Filler {
 public:
  explicit Filler(unsigned seed) : random_(seed) {}

  void Fill(Message& message, int depth) {
    if (auto* time = dynamic_cast<Timestamp*>(&message)) {
      time->set_seconds(Pick<int64_t>(
          {0, 1, -1, 1'798'761'600, -62'135'596'800, 253'402'300'799}));
      time->set_nanos(Pick<int>({0, 0, 0, 120'000'000, 1'000, 7, 999'999'999}));
      return;
    }
    const auto& type = *message.GetDescriptor();
    for (int i = 0; i < type.field_count(); ++i) {
      const FieldDescriptor& field = *type.field(i);
      if (Below(3) == 0 || (depth > 4 && field.message_type() != nullptr)) {
        continue;
      }
      const int count = field.is_repeated() ? static_cast<int>(Below(3)) : 1;
      for (int k = 0; k < count; ++k) Add(message, field, depth);
    }
  }

 private:
  size_t Below(size_t bound) {
    return std::uniform_int_distribution<size_t>(0, bound - 1)(random_);
  }
  template <typename T>
  T Pick(const std::vector<T>& values) {
    return values[Below(values.size())];
  }
  std::string Text() {
    const std::vector<std::string> pieces = {
        "a", "Köchin", " – ",    "„So“", "…",   "€",  "\"", "\\",
        "/", "\n",     "\r",     "\t",   "<b>", "&",  "'",  "é",
        "ő", "ж",      "\u00a0", "²",    "0",   "{}", ","};
    std::string text;
    for (size_t i = Below(5); i > 0; --i) text += Pick(pieces);
    return text;
  }

  void Add(Message& message, const FieldDescriptor& field, int depth) {
    const Reflection& how = *message.GetReflection();
    const bool many = field.is_repeated();
    switch (field.cpp_type()) {
      case FieldDescriptor::CPPTYPE_STRING:
        return many ? how.AddString(&message, &field, Text())
                    : how.SetString(&message, &field, Text());
      case FieldDescriptor::CPPTYPE_MESSAGE:
        return Fill(many ? *how.AddMessage(&message, &field)
                         : *how.MutableMessage(&message, &field),
                    depth + 1);
      case FieldDescriptor::CPPTYPE_ENUM: {
        const auto* value = field.enum_type()->value(
            static_cast<int>(Below(field.enum_type()->value_count())));
        return many ? how.AddEnum(&message, &field, value)
                    : how.SetEnum(&message, &field, value);
      }
      case FieldDescriptor::CPPTYPE_BOOL:
        return many ? how.AddBool(&message, &field, Below(2) == 0)
                    : how.SetBool(&message, &field, Below(2) == 0);
      default:
        if (!many) SetNumber(message, field);
    }
  }

  void SetNumber(Message& message, const FieldDescriptor& field) {
    const Reflection& how = *message.GetReflection();
    switch (field.cpp_type()) {
      case FieldDescriptor::CPPTYPE_DOUBLE:
        return how.SetDouble(
            &message, &field,
            Pick<double>({0, 0.1, 0.1 + 0.2, 51.4617423, -13, 1e21, 1e-7, 40,
                          1.0 / 3, 123456789012345678.0, 5e-324}));
      case FieldDescriptor::CPPTYPE_INT32:
        return how.SetInt32(&message, &field,
                            Pick<int32_t>({0, 1, -1, 1'000'000}));
      case FieldDescriptor::CPPTYPE_UINT32:
        return how.SetUInt32(&message, &field, 4'000'000'000U);
      case FieldDescriptor::CPPTYPE_INT64:
        return how.SetInt64(
            &message, &field,
            Pick<int64_t>({0, -5, std::numeric_limits<int64_t>::max()}));
      case FieldDescriptor::CPPTYPE_UINT64:
        return how.SetUInt64(&message, &field,
                             std::numeric_limits<uint64_t>::max());
      default:
        return;
    }
  }

  std::mt19937 random_;
};

TEST(QuickJsonWriterTest, WritesWhatProtobufWrites) {
  Filler filler(7);
  const jobs::v1::Job job;
  const housing::v1::Home home;
  const contacts::v1::Contact contact;
  const profiles::v1::Profile profile;
  const matching::v1::RankOffersResponse ranking;
  for (const Message* type :
       std::vector<const Message*>{&job, &home, &contact, &profile, &ranking}) {
    int written = 0;
    for (int round = 0; round < 300; ++round) {
      const std::unique_ptr<Message> message(type->New());
      filler.Fill(*message, 0);
      written += WritesAlike(*message) ? 1 : 0;
    }
    EXPECT_GT(written, 250) << type->GetTypeName();
  }
}

TEST(QuickJsonWriterTest, EveryCharacterIsWrittenAlikeOrLeft) {
  int written = 0;
  for (char32_t code = 1; code < 0x11000; ++code) {
    if (code >= 0xd800 && code < 0xe000) continue;
    std::string text;
    if (code < 0x80) {
      text = {static_cast<char>(code)};
    } else if (code < 0x800) {
      text = {static_cast<char>(0xc0 | code >> 6),
              static_cast<char>(0x80 | (code & 0x3f))};
    } else if (code < 0x10000) {
      text = {static_cast<char>(0xe0 | code >> 12),
              static_cast<char>(0x80 | (code >> 6 & 0x3f)),
              static_cast<char>(0x80 | (code & 0x3f))};
    } else {
      text = {static_cast<char>(0xf0 | code >> 18),
              static_cast<char>(0x80 | (code >> 12 & 0x3f)),
              static_cast<char>(0x80 | (code >> 6 & 0x3f)),
              static_cast<char>(0x80 | (code & 0x3f))};
    }
    jobs::v1::Job job;
    job.set_title("a" + text + "b");
    written += WritesAlike(job) ? 1 : 0;
  }
  EXPECT_GT(written, 1'000);
}

TEST(QuickJsonWriterTest, LeavesTheRestToProtobuf) {
  std::string json;
  jobs::v1::Job job;
  job.set_state(static_cast<type::v1::OfferState>(77));
  EXPECT_FALSE(WritePlainJson(job, json));
  job.Clear();
  job.mutable_create_time()->set_seconds(int64_t{1} << 40);
  EXPECT_FALSE(WritePlainJson(job, json));
  job.Clear();
  job.set_title("soft\u00adhyphen");
  EXPECT_FALSE(WritePlainJson(job, json));
  job.Clear();
  job.mutable_place()->mutable_location()->set_latitude(-0.0);
  EXPECT_FALSE(WritePlainJson(job, json));
  job.mutable_place()->mutable_location()->set_latitude(
      std::numeric_limits<double>::quiet_NaN());
  EXPECT_FALSE(WritePlainJson(job, json));
  profiles::v1::ErasureReceipt receipt;
  (*receipt.mutable_erased_records())["a"] = 1;
  EXPECT_FALSE(WritePlainJson(receipt, json));
}

}  // namespace
}  // namespace heimweg::importers
