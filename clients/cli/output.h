// What commands print in the same way.
#ifndef HEIMWEG_CLIENTS_CLI_OUTPUT_H_
#define HEIMWEG_CLIENTS_CLI_OUTPUT_H_

#include <google/protobuf/message.h>

#include "clients/cli/session.h"
#include "clients/cli/table.h"

namespace heimweg::cli {

// A resource: one line with --json, indented JSON for eyes.
void PrintMessage(const google::protobuf::Message& message, Session& session);

// A table, as wide as the terminal at most.
void PrintTable(const Table& table, Session& session);

// Help of options that several commands share.
inline constexpr char kFullViewHelp[] =
    "Also show the fields that are marked Personal";
inline constexpr char kRequestIdHelp[] =
    "UUID that makes a repetition within 24 hours harmless [a new one]";
inline constexpr char kFileHelp[] = "proto3 JSON; - is standard input";

}  // namespace heimweg::cli

#endif  // HEIMWEG_CLIENTS_CLI_OUTPUT_H_
