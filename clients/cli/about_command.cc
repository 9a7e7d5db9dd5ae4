// heimweg about.
#include <memory>

#include "clients/cli/program.h"
#include "clients/cli/version.h"
#include "services/places/notices.h"

namespace heimweg::cli {

void AddAboutCommand(CLI::App& root, Program& program) {
  CLI::App* command = AddCommand(root, "about", "Show version and licence",
                                 {"about", "about --data"});
  auto data = std::make_shared<bool>(false);
  command->add_flag("--data", *data,
                    "Show what the licences of the place data ask to be said");
  SetAction(*command, program,
            [data](Session& session) -> absl::StatusOr<ExitCode> {
              std::ostream& out = session.console().out;
              out << "heimweg " << kVersion
                  << "\nLicensed under the Apache License, Version 2.0, "
                     "https://www.apache.org/licenses/LICENSE-2.0\n";
              if (*data) out << "\n" << places::FormatDataNotices();
              return ExitCode::kOk;
            });
}

}  // namespace heimweg::cli
