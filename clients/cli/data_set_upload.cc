#include "clients/cli/data_set_upload.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <sstream>
#include <utility>

#include "absl/strings/str_cat.h"
#include "clients/cli/ask.h"
#include "clients/cli/output.h"
#include "clients/importers/byte_source.h"
#include "heimweg/reference/v1/data_set_service.grpc.pb.h"
#include "services/occupations/named_files.h"

namespace heimweg::cli {
namespace {

using reference::v1::DataSetService;

constexpr size_t kPartBytes = 1 << 20;

// Uploads all parts of `in`; the version's name.
absl::StatusOr<std::string> Upload(const DataSetUpload& upload,
                                   const std::string& file_name,
                                   std::istream& in, Session& session) {
  reference::v1::CreateDataSetVersionRequest create;
  create.set_parent(absl::StrCat("dataSets/", upload.data_set));
  create.mutable_version()->set_file_name(file_name);
  create.mutable_version()->set_source(upload.source);
  const auto version = AskReference<DataSetService>(
      session, create, &DataSetService::Stub::CreateDataSetVersion);
  if (!version.ok()) return version.status();
  reference::v1::UploadDataSetPartRequest part;
  part.set_name(version->name());
  std::string bytes(kPartBytes, '\0');
  while (in) {
    in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    if (in.gcount() == 0) break;
    part.set_content(bytes.data(), static_cast<size_t>(in.gcount()));
    const auto stored = AskReference<DataSetService>(
        session, part, &DataSetService::Stub::UploadDataSetPart);
    if (!stored.ok()) return stored.status();
    part.set_part(part.part() + 1);
  }
  if (in.bad()) {
    return absl::UnknownError(absl::StrCat("cannot read ", file_name));
  }
  return version->name();
}

// The tables of a folder, or of several files, go as one ZIP.
absl::StatusOr<std::string> UploadPacked(const DataSetUpload& upload,
                                         Session& session) {
  std::vector<occupations::NamedFile> tables;
  for (const std::string& path : upload.paths) {
    std::error_code error;
    if (!std::filesystem::exists(path, error)) {
      return importers::CannotRead(path, upload.expected);
    }
    auto read = occupations::ReadNamedFiles(path);
    if (!read.ok()) return read.status();
    std::move(read->begin(), read->end(), std::back_inserter(tables));
  }
  if (tables.empty()) {
    return absl::InvalidArgumentError(absl::StrCat(
        upload.paths.front(), ": expected a folder with *.csv or *.tsv"));
  }
  auto packed = occupations::PackNamedFiles(tables);
  if (!packed.ok()) return packed.status();
  std::istringstream in(*std::move(packed));
  return Upload(upload, absl::StrCat(upload.data_set, ".zip"), in, session);
}

absl::StatusOr<std::string> Upload(const DataSetUpload& upload,
                                   Session& session) {
  const std::string& path = upload.paths.front();
  std::error_code error;
  if (upload.paths.size() > 1 ||
      (upload.folders && std::filesystem::is_directory(path, error))) {
    return UploadPacked(upload, session);
  }
  std::ifstream in(path, std::ios::binary);
  if (!in || (in.peek(), in.bad())) {
    return importers::CannotRead(path, upload.expected);
  }
  in.clear();
  return Upload(upload, std::filesystem::path(path).filename().string(), in,
                session);
}

absl::StatusOr<ExitCode> ListImports(const std::vector<std::string>& names,
                                     Session& session) {
  const auto response = AskReference<DataSetService>(
      session, reference::v1::ListDataSetsRequest(),
      &DataSetService::Stub::ListDataSets);
  if (!response.ok()) return response.status();
  const Language language = session.language();
  Table table;
  table.AddColumn(In(language, "Version", "Version"));
  table.AddColumn(In(language, "State", "Zustand"));
  table.AddColumn(In(language, "File", "Datei"), Table::Align::kLeft, true);
  table.AddColumn(In(language, "Bytes", "Bytes"), Table::Align::kRight);
  table.AddColumn(In(language, "Contents", "Inhalt"), Table::Align::kLeft,
                  true);
  for (const reference::v1::DataSet& data_set : response->data_sets()) {
    const std::string id =
        data_set.name().substr(data_set.name().find('/') + 1);
    if (std::find(names.begin(), names.end(), id) == names.end()) continue;
    if (session.json()) PrintMessage(data_set, session);
    reference::v1::ListDataSetVersionsRequest request;
    request.set_parent(data_set.name());
    const auto versions = AskReference<DataSetService>(
        session, request, &DataSetService::Stub::ListDataSetVersions);
    if (!versions.ok()) return versions.status();
    for (const reference::v1::DataSetVersion& version : versions->versions()) {
      if (session.json()) PrintMessage(version, session);
      const bool active = version.name() == data_set.active_version();
      const bool uploading =
          version.state() == reference::v1::DataSetVersion::STATE_UPLOADING;
      table.AddRow(
          {version.name(),
           std::string(active      ? In(language, "active", "aktiv")
                       : uploading ? In(language, "not active", "nicht aktiv")
                                   : In(language, "earlier", "früher aktiv")),
           version.file_name(), FormatCount(version.size_bytes(), language),
           version.summary()});
    }
  }
  if (session.json()) return ExitCode::kOk;
  if (!table.empty()) {
    PrintTable(table, session);
    return ExitCode::kOk;
  }
  session.console().out << In(
      language, "Nothing was imported: set-up's own data answer.\n",
      "Nichts wurde importiert: Die mitgelieferten Daten antworten.\n");
  return ExitCode::kOk;
}

absl::StatusOr<ExitCode> RollBack(const std::string& data_set,
                                  Session& session) {
  reference::v1::RollBackDataSetRequest request;
  request.set_name(absl::StrCat("dataSets/", data_set));
  const auto response = AskReference<DataSetService>(
      session, request, &DataSetService::Stub::RollBackDataSet);
  if (!response.ok()) return response.status();
  if (session.json()) {
    PrintMessage(*response, session);
    return ExitCode::kOk;
  }
  const Language language = session.language();
  session.console().out << (response->active_version().empty()
                                ? std::string(In(language, "set-up's own data",
                                                 "die mitgelieferten Daten"))
                                : response->active_version())
                        << In(language, " answers now\n", " gelten jetzt\n");
  return ExitCode::kOk;
}

}  // namespace

absl::StatusOr<ExitCode> UploadDataSet(const DataSetUpload& upload,
                                       Session& session) {
  const auto name = Upload(upload, session);
  if (!name.ok()) return name.status();
  reference::v1::ActivateDataSetVersionRequest request;
  request.set_name(*name);
  request.set_validate_only(upload.dry_run);
  const auto response = AskReference<DataSetService>(
      session, request, &DataSetService::Stub::ActivateDataSetVersion);
  if (!response.ok()) return response.status();
  if (session.json()) {
    PrintMessage(*response, session);
    return ExitCode::kOk;
  }
  std::ostream& out = session.console().out;
  const Language language = session.language();
  out << response->version().name() << ": " << response->version().summary()
      << "\n";
  for (const std::string& remark : response->version().remarks()) {
    out << "  " << remark << "\n";
  }
  out << (upload.dry_run ? In(language, "Checked only; nothing was changed.\n",
                              "Nur geprüft; nichts wurde geändert.\n")
                         : In(language, "It answers from now on.\n",
                              "Diese Version antwortet ab jetzt.\n"));
  return ExitCode::kOk;
}

void AddDataSetCommands(CLI::App& group, Program& program,
                        const std::string& list_name,
                        const std::vector<DataSetHelp>& data_sets) {
  const std::string area = group.get_name();
  CLI::App* imports = AddCommandGroup(
      group, "import", "Import a file whole; it can be rolled back");
  std::vector<std::string> names;
  for (const DataSetHelp& help : data_sets) {
    names.push_back(help.data_set);
    CLI::App* command = AddCommand(
        *imports, help.data_set, help.description,
        {absl::StrCat(area, " import ", help.data_set, " ", help.example)});
    auto upload = std::make_shared<DataSetUpload>();
    upload->data_set = help.data_set;
    upload->folders = help.several;
    upload->expected = absl::StrCat(
        help.several ? "the file, ZIP or folder of " : "the file of ",
        help.data_set, ", e.g. ", help.example);
    CLI::Option* file =
        command->add_option("file", upload->paths, help.file_help)
            ->required()
            ->type_name(help.several ? "PATH" : "FILE");
    if (!help.several) file->expected(1);
    command
        ->add_option("--source", upload->source,
                     "Where it is from, kept with the version")
        ->type_name("TEXT");
    command->add_flag("--dry-run", upload->dry_run,
                      "Check the file and change nothing");
    SetAction(*command, program, [upload](Session& session) {
      return UploadDataSet(*upload, session);
    });
  }
  CLI::App* list = AddCommand(group, list_name, "List what was imported",
                              {absl::StrCat(area, " ", list_name)});
  SetAction(*list, program,
            [names](Session& session) { return ListImports(names, session); });
  CLI::App* rollback =
      AddCommand(group, "rollback", "Go back to the version before",
                 {absl::StrCat(area, " rollback ", names.front())});
  auto chosen = std::make_shared<std::string>();
  AllowOnly(rollback->add_option("data-set", *chosen, "Which")->required(),
            names);
  SetAction(*rollback, program,
            [chosen](Session& session) { return RollBack(*chosen, session); });
}

}  // namespace heimweg::cli
