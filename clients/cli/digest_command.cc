// heimweg digest returnees|counsellors|act.
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "clients/cli/digest_act.h"
#include "clients/cli/digest_delivery.h"
#include "clients/cli/digest_news.h"
#include "clients/cli/digest_run.h"
#include "clients/cli/digest_source.h"
#include "clients/cli/flags.h"
#include "clients/cli/names.h"
#include "clients/cli/output.h"
#include "clients/cli/program.h"
#include "clients/digest/mail.h"

namespace heimweg::cli {
namespace {

using Counts = std::vector<std::pair<std::string, int64_t>>;

Counts Named(const DigestCounts& counts) {
  return {{"lookedAt", counts.looked_at},
          {"told", counts.told},
          {"withoutConsent", counts.without_consent},
          {"notWanted", counts.not_wanted},
          {"toldEnough", counts.told_enough},
          {"nothingNew", counts.nothing_new},
          {"withoutAddress", counts.without_address},
          {"refused", counts.refused},
          {"deferred", counts.deferred}};
}

absl::string_view Label(absl::string_view name, Language language) {
  if (name == "lookedAt") return In(language, "Households", "Haushalte");
  if (name == "told") return In(language, "Told", "Benachrichtigt");
  if (name == "withoutConsent") {
    return In(language, "Without consent", "Ohne Einwilligung");
  }
  if (name == "notWanted") return In(language, "Not wanted", "Nicht gewünscht");
  if (name == "toldEnough") {
    return In(language, "Told enough this week", "Diese Woche genug");
  }
  if (name == "nothingNew") return In(language, "Nothing new", "Nichts Neues");
  if (name == "withoutAddress") {
    return In(language, "Without address", "Ohne Adresse");
  }
  if (name == "refused") return In(language, "Refused", "Zurückgewiesen");
  return In(language, "To be tried again", "Noch einmal zu versuchen");
}

void PrintCounts(const DigestCounts& counts, Session& session) {
  if (session.json()) {
    std::string line = "{";
    for (const auto& [name, count] : Named(counts)) {
      absl::StrAppend(&line, line.size() > 1 ? "," : "", "\"", name, "\":\"",
                      count, "\"");
    }
    session.console().out << line << "}\n";
    return;
  }
  Table table;
  table.AddColumn(In(session.language(), "Digests", "E-Mails"));
  table.AddColumn("", Table::Align::kRight);
  for (const auto& [name, count] : Named(counts)) {
    table.AddRow({std::string(Label(name, session.language())),
                  FormatCount(count, session.language())});
  }
  PrintTable(table, session);
}

absl::StatusOr<std::unique_ptr<digest::MailSink>> OpenSink(
    const DigestOptions& options) {
  if (!options.folder.empty()) return digest::NewFolderSink(options.folder);
  digest::SmtpOptions smtp;
  smtp.url = options.smtp;
  smtp.user = options.smtp_user;
  smtp.password = options.smtp_password;
  return digest::NewSmtpSink(smtp);
}

absl::StatusOr<std::unique_ptr<DigestSource>> OpenSource(
    const DigestOptions& options, const std::string& network, absl::Time now,
    Session& session) {
  if (options.standing) return NewStandingSource(network, session);
  if (options.batch.empty()) return NewRankingSource(network, session, now);
  return OpenBatchSource(options.batch, network, session, now);
}

bool IsComplete(const DigestOptions& options, Session& session) {
  std::ostream& err = session.console().err;
  if (options.smtp.empty() == options.folder.empty() && !options.dry_run) {
    err << "heimweg: one of --smtp and --folder is needed: where to?\n";
    return false;
  }
  if (!absl::StartsWith(options.link_base, "https://") &&
      !absl::StartsWith(options.link_base, "http://")) {
    err << "heimweg: --link-base: expected https://…\n";
    return false;
  }
  if (!digest::CheckAddress(options.from).ok()) {
    err << "heimweg: --from: expected one e-mail address\n";
    return false;
  }
  return true;
}

using Tell = absl::Status (DigestRun::*)();

absl::StatusOr<ExitCode> SendDigests(const DigestOptions& options, Tell tell,
                                     Session& session) {
  if (!IsComplete(options, session)) return ExitCode::kUsage;
  const auto network = NetworkName(options.network);
  if (!network.ok()) return network.status();
  const auto key = digest::LinkKey::Open(options.key);
  if (!key.ok()) return key.status();
  std::unique_ptr<digest::MailBook> book;
  if (!options.dry_run || std::filesystem::exists(options.book)) {
    auto opened = digest::MailBook::Open(options.book);
    if (!opened.ok()) return opened.status();
    book = *std::move(opened);
  }
  std::unique_ptr<digest::MailSink> sink;
  if (!options.dry_run) {
    auto opened = OpenSink(options);
    if (!opened.ok()) return opened.status();
    sink = *std::move(opened);
  }
  const absl::Time now = options.at == absl::InfiniteFuture()
                             ? session.console().now()
                             : options.at;
  const auto source = OpenSource(options, *network, now, session);
  if (!source.ok()) return source.status();
  const DigestNews news(options, **source, *key);
  DigestDelivery delivery(options, session, book.get(), sink.get());
  DigestRun run(options, *network, now, session, news, delivery);
  const absl::Status status = (run.*tell)();
  PrintCounts(run.counts(), session);
  if (!status.ok()) return status;
  return run.counts().deferred == 0 ? ExitCode::kOk : ExitCode::kUnavailable;
}

absl::StatusOr<ExitCode> Act(const DigestOptions& options,
                             const std::string& token, Session& session) {
  const auto key = digest::LinkKey::Open(options.key);
  if (!key.ok()) return key.status();
  const auto action = key->Verify(token);
  if (!action.ok()) return action.status();
  const absl::Status status = ActOn(*action, session);
  if (!status.ok()) return status;
  const bool unsubscribed =
      action->verb == digest::LinkAction::Verb::kUnsubscribe;
  session.console().out << In(
      session.language(),
      unsubscribed ? "No more of these messages will come.\n"
                   : "This offer will not be shown again.\n",
      unsubscribed ? "Es kommen keine dieser Nachrichten mehr.\n"
                   : "Dieses Angebot wird nicht mehr gezeigt.\n");
  return ExitCode::kOk;
}

CLI::App& AddSendingCommand(CLI::App& group, Program& program,
                            const std::string& name,
                            const std::string& description,
                            const std::string& example, Tell tell,
                            const std::shared_ptr<DigestOptions>& options) {
  CLI::App* command = AddCommand(group, name, description, {example});
  AddDigestOptions(*command, *options);
  SetAction(*command, program, [options, tell](Session& session) {
    // From the environment alone: command lines are seen by others.
    const char* password = std::getenv("HEIMWEG_SMTP_PASSWORD");
    options->smtp_password = password == nullptr ? "" : password;
    return SendDigests(*options, tell, session);
  });
  return *command;
}

}  // namespace

void AddDigestCommands(CLI::App& root, Program& program) {
  CLI::App* group = AddCommandGroup(
      root, "digest", "Tell returnees and counsellors by e-mail what is new");
  AddSendingCommand(
      *group, program, "returnees",
      "Write one e-mail to each household that has agreed to it and for whom "
      "there is something new above its threshold. What was sent before is not "
      "sent again. By default it is what a ranking for this moment finds. The "
      "password of the mail server is taken from "
      "HEIMWEG_SMTP_PASSWORD.",
      "digest returnees -n elbe-elster --from lotsen@example.org --link-base "
      "https://portal.example.org --smtp smtp://127.0.0.1:25",
      &DigestRun::TellReturnees, std::make_shared<DigestOptions>());
  const auto options = std::make_shared<DigestOptions>();
  CLI::App& counsellors = AddSendingCommand(
      *group, program, "counsellors",
      "Write one e-mail to a network's counsellors about the network's new "
      "offers for households that let it see their matches. It names profiles, "
      "no people.",
      "digest counsellors -n elbe-elster --to team@example.org --from "
      "lotsen@example.org --link-base https://portal.example.org --folder "
      "mails",
      &DigestRun::TellCounsellors, options);
  counsellors.add_option("--to", options->to, "Address of the counsellors")
      ->type_name("ADDRESS")
      ->required();
  const auto act_options = std::make_shared<DigestOptions>();
  const auto token = std::make_shared<std::string>();
  CLI::App* act = AddCommand(
      *group, "act",
      "Do what a link of a digest says: unsubscribe or dismiss. The token is "
      "the link's parameter t.",
      {"digest act TOKEN --key digest.key"});
  act->add_option("token", *token, "The link's parameter t")
      ->type_name("TOKEN")
      ->required();
  AddDigestKeyOption(*act, *act_options);
  SetAction(*act, program, [act_options, token](Session& session) {
    return Act(*act_options, *token, session);
  });
}

}  // namespace heimweg::cli
