// Offers of any kind as JSON lines and as CSV.
#include <google/protobuf/descriptor.h>

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "clients/exporters/csv_columns.h"
#include "clients/exporters/offer_writer.h"
#include "clients/importers/message_json.h"

namespace heimweg::exporters {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::Message;

class JsonLinesWriter : public OfferWriter {
 public:
  std::string Begin() override { return ""; }
  std::string Offer(const Message& offer) override {
    return absl::StrCat(importers::MessageJson(offer), "\n");
  }
  bool IsForEverybody() const override { return false; }
  std::string End() override { return ""; }
};

class CsvWriter : public OfferWriter {
 public:
  explicit CsvWriter(const Descriptor& type) : columns_(type) {}
  std::string Begin() override { return CsvRow(columns_.Names()); }
  std::string Offer(const Message& offer) override {
    return CsvRow(columns_.Cells(offer));
  }
  bool IsForEverybody() const override { return false; }
  std::string End() override { return ""; }

 private:
  const CsvColumns columns_;
};

}  // namespace

std::unique_ptr<OfferWriter> NewJsonLinesWriter() {
  return std::make_unique<JsonLinesWriter>();
}

std::unique_ptr<OfferWriter> NewCsvWriter(const Descriptor& type) {
  return std::make_unique<CsvWriter>(type);
}

}  // namespace heimweg::exporters
