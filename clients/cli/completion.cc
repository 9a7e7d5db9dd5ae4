#include "clients/cli/completion.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"

namespace heimweg::cli {
namespace {

struct Flag {
  std::vector<std::string> names;  // with their dashes
  std::string description;
  std::vector<std::string> values;  // what it takes, if these are few
  bool takes_value = false;
};

struct Command {
  std::string path;  // "heimweg import jsonl"
  std::string description;
  std::vector<const CLI::App*> children;
  std::vector<Flag> flags;
};

std::vector<const CLI::App*> Children(const CLI::App& app) {
  return app.get_subcommands(
      [](const CLI::App* child) { return !child->get_name().empty(); });
}

void AddFlags(const CLI::App& app, std::vector<Flag>& flags) {
  for (const CLI::Option* option : app.get_options()) {
    Flag flag;
    for (const std::string& name : option->get_lnames()) {
      flag.names.push_back("--" + name);
    }
    for (const std::string& name : option->get_snames()) {
      flag.names.push_back("-" + name);
    }
    if (flag.names.empty()) continue;
    flag.description = option->get_description();
    flag.takes_value = option->get_type_size() != 0;
    const std::string type = option->get_type_name();
    if (flag.takes_value && absl::StrContains(type, "|")) {
      flag.values = absl::StrSplit(type, '|');
    }
    flags.push_back(std::move(flag));
  }
}

void Collect(const CLI::App& app, const CLI::App& root, const std::string& path,
             std::vector<Command>& commands) {
  Command command{path, app.get_description(), Children(app), {}};
  AddFlags(app, command.flags);
  if (&app != &root) AddFlags(root, command.flags);
  commands.push_back(command);
  for (const CLI::App* child : command.children) {
    Collect(*child, root, absl::StrCat(path, " ", child->get_name()), commands);
  }
}

std::string Words(const Command& command) {
  std::vector<std::string> words;
  for (const CLI::App* child : command.children) {
    words.push_back(child->get_name());
  }
  for (const Flag& flag : command.flags) {
    words.insert(words.end(), flag.names.begin(), flag.names.end());
  }
  return absl::StrJoin(words, " ");
}

// What a case of the script compares: the command's path and the option before.
std::string ValueCases(const std::vector<Command>& commands) {
  std::string cases;
  for (const Command& command : commands) {
    for (const Flag& flag : command.flags) {
      for (const std::string& name : flag.names) {
        if (!flag.takes_value) continue;
        absl::StrAppend(&cases, "    '", command.path, " ", name, "') values='",
                        absl::StrJoin(flag.values, " "), "'; is_value=1 ;;\n");
      }
    }
  }
  return cases;
}

std::string Bash(const std::vector<Command>& commands) {
  std::string paths;
  std::string words;
  for (const Command& command : commands) {
    absl::StrAppend(&paths, "      '", command.path, "') path=$next ;;\n");
    absl::StrAppend(&words, "    '", command.path, "') words='", Words(command),
                    "' ;;\n");
  }
  return absl::StrCat(
      "# bash completion of heimweg: source <(heimweg completion bash)\n"
      "_heimweg() {\n"
      "  local current=${COMP_WORDS[COMP_CWORD]}\n"
      "  local before=${COMP_WORDS[COMP_CWORD-1]}\n"
      "  local path=heimweg next i words='' values='' is_value=''\n"
      "  for ((i = 1; i < COMP_CWORD; i++)); do\n"
      "    next=\"$path ${COMP_WORDS[i]}\"\n"
      "    case \"$next\" in\n",
      paths,
      "    esac\n  done\n"
      "  case \"$path $before\" in\n",
      ValueCases(commands),
      "  esac\n"
      "  if [ -n \"$is_value\" ]; then\n"
      "    COMPREPLY=($(compgen -W \"$values\" -- \"$current\"))\n"
      "    return\n  fi\n"
      "  case \"$path\" in\n",
      words,
      "  esac\n"
      "  COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n"
      "}\n"
      "complete -o default -F _heimweg heimweg\n");
}

std::string FishQuoted(absl::string_view text) {
  return absl::StrCat(
      "'", absl::StrReplaceAll(text, {{"\\", "\\\\"}, {"'", "\\'"}}), "'");
}

// Lines for one command: its children and its own options.
void AddFish(const Command& command, std::string& script) {
  const std::string condition =
      absl::StrCat("complete -c heimweg -n ",
                   FishQuoted(absl::StrCat("_heimweg_at ", command.path)));
  for (const CLI::App* child : command.children) {
    absl::StrAppend(&script, condition, " -f -a ", child->get_name(), " -d ",
                    FishQuoted(child->get_description()), "\n");
  }
  for (const Flag& flag : command.flags) {
    absl::StrAppend(&script, condition);
    for (const absl::string_view name : flag.names) {
      const bool is_long = name.size() > 2;
      absl::StrAppend(&script, is_long ? " -l " : " -s ",
                      name.substr(is_long ? 2 : 1));
    }
    if (flag.takes_value) absl::StrAppend(&script, " -r");
    if (!flag.values.empty()) {
      absl::StrAppend(&script, " -f -a ",
                      FishQuoted(absl::StrJoin(flag.values, " ")));
    }
    absl::StrAppend(&script, " -d ", FishQuoted(flag.description), "\n");
  }
}

std::string Fish(const std::vector<Command>& commands) {
  std::string known;
  for (const Command& command : commands) {
    absl::StrAppend(&known, "      case '", command.path,
                    "'\n        set path $next\n");
  }
  std::string script = absl::StrCat(
      "# fish completion of heimweg: heimweg completion fish | source\n"
      "function _heimweg_at\n"
      "  set -l path heimweg\n"
      "  for word in (commandline -opc)[2..]\n"
      "    set -l next \"$path $word\"\n"
      "    switch $next\n",
      known,
      "    end\n  end\n"
      "  test \"$path\" = \"$argv\"\n"
      "end\n");
  for (const Command& command : commands) AddFish(command, script);
  return script;
}

}  // namespace

std::string CompletionScript(const CLI::App& root, Shell shell) {
  std::vector<Command> commands;
  Collect(root, root, "heimweg", commands);
  switch (shell) {
    case Shell::kFish:
      return Fish(commands);
    case Shell::kZsh:
      // zsh runs bash's completion functions.
      return absl::StrCat(
          "# zsh completion of heimweg: source <(heimweg completion zsh)\n"
          "autoload -Uz compinit bashcompinit\n"
          "compinit\nbashcompinit\n",
          Bash(commands));
    default:
      return Bash(commands);
  }
}

}  // namespace heimweg::cli
