#include "clients/cli/import_profiles.h"

#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "clients/cli/errors.h"
#include "clients/cli/import_report.h"
#include "clients/cli/names.h"
#include "clients/cli/output.h"
#include "clients/importers/read_file.h"
#include "heimweg/profiles/v1/profile_service.grpc.pb.h"

namespace heimweg::cli {
namespace {

using profiles::v1::Profile;
using profiles::v1::ProfileService;

struct ImportProfilesOptions {
  std::string file = "-";
  std::string profile;
  std::string encoding;
  bool dry_run = false;
};

// Keeps the one profile of a file.
class OneProfile : public importers::Sink {
 public:
  explicit OneProfile(std::ostream& err) : err_(err) {}

  absl::Status Accept(importers::Record record) override {
    if (record_.row != nullptr) {
      return absl::InvalidArgumentError("one profile a file was expected");
    }
    record_ = std::move(record);
    return absl::OkStatus();
  }
  absl::Status Reject(importers::Rejection rejection) override {
    return InvalidFields(
        absl::StrCat(PlaceOf(rejection.origin), " is rejected"),
        rejection.violations);
  }
  absl::Status FullLoad(absl::string_view) override { return absl::OkStatus(); }
  absl::Status Skip(const importers::Origin& origin,
                    absl::string_view why) override {
    err_ << "Skipped: " << PlaceOf(origin) << ": " << why << "\n";
    return absl::OkStatus();
  }

  const importers::Record& record() const { return record_; }

 private:
  std::ostream& err_;
  importers::Record record_;
};

// Changes the stored profile, or creates it if there is none.
absl::StatusOr<Profile> Store(Profile profile, Session& session) {
  const auto stub = ProfileService::NewStub(session.Channel(Area::kProfiles));
  Profile stored;
  profiles::v1::UpdateProfileRequest update;
  *update.mutable_profile() = profile;
  update.set_request_id(session.console().new_request_id());
  absl::Status status =
      session.Call(Area::kProfiles, [&](grpc::ClientContext& context) {
        return stub->UpdateProfile(&context, update, &stored);
      });
  if (absl::IsNotFound(status)) {
    profiles::v1::CreateProfileRequest create;
    create.set_profile_id(LastId(profile.name()));
    *create.mutable_profile() = std::move(profile);
    create.set_request_id(session.console().new_request_id());
    status = session.Call(Area::kProfiles, [&](grpc::ClientContext& context) {
      return stub->CreateProfile(&context, create, &stored);
    });
  }
  if (!status.ok()) return status;
  return stored;
}

absl::StatusOr<ExitCode> Import(const ImportProfilesOptions& options,
                                const importers::Format& format,
                                Session& session) {
  const auto name = ProfileName(options.profile);
  if (!name.ok()) return name.status();
  importers::ReadOptions read;
  read.kind = importers::Kind::kProfiles;
  read.encoding = options.encoding;
  read.now = session.console().now();
  OneProfile sink(session.console().err);
  importers::ReadProgress progress;
  const absl::Status status = importers::ReadFile(
      options.file, session.console().in, &format, read, sink, progress);
  if (!status.ok()) return status;
  if (sink.record().row == nullptr) {
    return absl::InvalidArgumentError("there is no profile in the file");
  }
  for (const importers::Repair& repair : sink.record().repairs) {
    session.console().err << "Repaired: " << repair.name << " (" << repair.field
                          << ")\n";
  }
  Profile profile = static_cast<const Profile&>(*sink.record().row);
  profile.set_name(*name);
  if (!options.dry_run) {
    auto stored = Store(std::move(profile), session);
    if (!stored.ok()) return stored.status();
    profile = *std::move(stored);
  }
  PrintMessage(profile, session);
  return ExitCode::kOk;
}

}  // namespace

void AddProfileImportCommand(CLI::App& group, Program& program,
                             const importers::Format& format) {
  const std::string name(format.name());
  auto options = std::make_shared<ImportProfilesOptions>();
  CLI::App* command = AddCommand(
      group, name,
      absl::StrCat(format.description(),
                   ". What the file says replaces what is stored of the "
                   "profile; what it does not say stays"),
      {absl::StrCat("import ", name, " --profile kranich --dry-run FILE"),
       absl::StrCat("import ", name, " --profile kranich FILE")});
  command->add_option("file", options->file, "File [standard input]")
      ->type_name("FILE");
  command
      ->add_option("--profile", options->profile,
                   "Its id, which says nothing about the people")
      ->type_name("ID")
      ->required();
  command
      ->add_option("--encoding", options->encoding,
                   "Encoding of the file, e.g. windows-1252 [what it says]")
      ->type_name("NAME");
  command->add_flag("--dry-run", options->dry_run,
                    "Show the profile, store nothing");
  SetAction(*command, program, [options, &format](Session& session) {
    return Import(*options, format, session);
  });
}

}  // namespace heimweg::cli
