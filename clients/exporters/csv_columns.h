// Our messages as rows of CSV for spreadsheets: a column for each field, named
// by its path ("place.postal_code"); semicolons, decimal commas, line ends of
// CR LF. Amounts in cents are written as euros, moments in UTC, enums by name;
// several values are separated by "|"; a field that is not set is empty.
#ifndef HEIMWEG_CLIENTS_EXPORTERS_CSV_COLUMNS_H_
#define HEIMWEG_CLIENTS_EXPORTERS_CSV_COLUMNS_H_

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <string>
#include <vector>

namespace heimweg::exporters {

// Thread-safe.
class CsvColumns {
 public:
  // All fields of the type, but for those of the outermost message that are
  // named in `left_out`.
  explicit CsvColumns(const google::protobuf::Descriptor& type,
                      const std::vector<std::string>& left_out = {});

  // Paths, in the order of the fields.
  std::vector<std::string> Names() const;

  // The texts of a message of the type, one for each name.
  std::vector<std::string> Cells(
      const google::protobuf::Message& message) const;

 private:
  // A way from the message to one of its fields.
  struct Column {
    std::string path;
    std::vector<const google::protobuf::FieldDescriptor*> way;
  };

  void Add(const google::protobuf::FieldDescriptor& field, Column above);
  static std::string CellText(const google::protobuf::Message& message,
                              const Column& column);

  std::vector<Column> columns_;
};

// The cells as a row with its line end, in quotes where that is needed.
std::string CsvRow(const std::vector<std::string>& cells);

}  // namespace heimweg::exporters

#endif  // HEIMWEG_CLIENTS_EXPORTERS_CSV_COLUMNS_H_
