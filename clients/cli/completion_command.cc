// heimweg completion.
#include <memory>
#include <string>

#include "clients/cli/completion.h"
#include "clients/cli/program.h"

namespace heimweg::cli {

void AddCompletionCommand(CLI::App& root, Program& program) {
  CLI::App* command = AddCommand(
      root, "completion", "Print a script that teaches a shell to complete",
      {"completion bash > /etc/bash_completion.d/heimweg",
       "completion fish > ~/.config/fish/completions/heimweg.fish"});
  auto shell = std::make_shared<std::string>();
  CLI::Option* option = command->add_option("shell", *shell, "Which shell");
  AllowOnly(option, {"bash", "zsh", "fish"});
  option->required();
  SetAction(*command, program,
            [shell, &root](Session& session) -> absl::StatusOr<ExitCode> {
              session.console().out
                  << CompletionScript(root, *shell == "fish"  ? Shell::kFish
                                            : *shell == "zsh" ? Shell::kZsh
                                                              : Shell::kBash);
              return ExitCode::kOk;
            });
}

}  // namespace heimweg::cli
