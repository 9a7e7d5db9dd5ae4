#include "clients/cli/output.h"

#include "clients/cli/json.h"

namespace heimweg::cli {

void PrintMessage(const google::protobuf::Message& message, Session& session) {
  const bool pretty = !session.json();
  session.console().out << ToJson(message, pretty) << (pretty ? "" : "\n");
}

void PrintTable(const Table& table, Session& session) {
  const Console& console = session.console();
  table.Print(console.out, console.out_is_terminal ? console.columns : 0,
              console.out_is_terminal && !console.no_color);
}

}  // namespace heimweg::cli
