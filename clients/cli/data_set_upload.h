// Imports of whole files into the target `reference`, for every data set alike.
#ifndef HEIMWEG_CLIENTS_CLI_DATA_SET_UPLOAD_H_
#define HEIMWEG_CLIENTS_CLI_DATA_SET_UPLOAD_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "clients/cli/program.h"

namespace heimweg::cli {

struct DataSetUpload {
  std::string data_set;  // "geonames"
  // One file; or a folder or several files, whose *.csv and *.tsv are uploaded
  // as one ZIP.
  std::vector<std::string> paths;
  bool folders = false;  // whether a folder may be uploaded
  // What a path should be, for errors: "a file like DE.txt".
  std::string expected;
  std::string source;    // where it is from, in the operator's words
  bool dry_run = false;  // check only
};

// Uploads it as a new version and activates it; prints what it holds.
absl::StatusOr<ExitCode> UploadDataSet(const DataSetUpload& upload,
                                       Session& session);

struct DataSetHelp {
  std::string data_set;
  std::string description;
  std::string example;  // a file: "DE.txt"
  // Whether it may be a folder or several files.
  bool several = false;
  std::string file_help = "The file as downloaded";
};

// "import <data set> FILE" for each, `list_name` and "rollback", below `group`.
void AddDataSetCommands(CLI::App& group, Program& program,
                        const std::string& list_name,
                        const std::vector<DataSetHelp>& data_sets);

}  // namespace heimweg::cli

#endif  // HEIMWEG_CLIENTS_CLI_DATA_SET_UPLOAD_H_
