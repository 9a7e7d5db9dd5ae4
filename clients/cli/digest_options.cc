#include "clients/cli/digest_options.h"

#include "clients/cli/flags.h"

namespace heimweg::cli {
namespace {

void AddContentOptions(CLI::App& command, DigestOptions& options) {
  command.add_option("--network,-n", options.network, "Network that writes")
      ->envname("HEIMWEG_NETWORK")
      ->type_name("NETWORK")
      ->required();
  command.add_option("--from", options.from, "Address of the sender")
      ->type_name("ADDRESS")
      ->required();
  command.add_option("--sender", options.sender, "Name of the sender")
      ->type_name("TEXT");
  command
      .add_option("--link-base", options.link_base,
                  "Web address below which /unsubscribe and /dismiss are; they "
                  "hand their parameter t to `heimweg digest act`")
      ->type_name("URL")
      ->required();
  command
      .add_option("--offer-url", options.offer_url,
                  "Web address of an offer, with {offer} for its name")
      ->type_name("URL");
  command
      .add_option("--top", options.top, "Most new offers of each kind, 1 to 50")
      ->type_name("N")
      ->check(CLI::Range(1, 50).description(""))
      ->capture_default_str();
  AddTimeOption(command, "--at", options.at,
                "Moment for which it is asked [now]");
}

void AddSendingOptions(CLI::App& command, DigestOptions& options) {
  command
      .add_option("--smtp", options.smtp,
                  "Mail server, smtp://host:port or smtps://host:port; TLS is "
                  "required except on loopback")
      ->envname("HEIMWEG_SMTP")
      ->type_name("URL");
  command
      .add_option("--smtp-user", options.smtp_user, "User of the mail server")
      ->envname("HEIMWEG_SMTP_USER")
      ->type_name("TEXT");
  command
      .add_option("--folder", options.folder,
                  "Write .eml files here in place of sending")
      ->type_name("DIR");
  command
      .add_option("--book", options.book,
                  "Database of what was sent to whom; made if there is none")
      ->envname("HEIMWEG_DIGEST_BOOK")
      ->type_name("FILE")
      ->capture_default_str();
  command
      .add_option("--per-week", options.per_week,
                  "Most mails to the same recipient in seven days, 1 to 7")
      ->type_name("N")
      ->check(CLI::Range(1, 7).description(""))
      ->capture_default_str();
  command
      .add_option("--tries", options.tries,
                  "Tries of a mail that the server does not take now, 1 to 10")
      ->type_name("N")
      ->check(CLI::Range(1, 10).description(""))
      ->capture_default_str();
  command.add_flag("--dry-run", options.dry_run,
                   "Count whom it would tell; send and book nothing");
  command.add_flag("--progress", options.progress,
                   "Show progress although nobody watches the terminal");
}

void AddSourceOptions(CLI::App& command, DigestOptions& options) {
  CLI::Option* standing = command.add_flag(
      "--standing", options.standing,
      "Tell of the matches of standing wishes (`heimweg matches`) that the "
      "household has not seen, in place of a ranking that is made now");
  command
      .add_option("--batch", options.batch,
                  "Tell of what `batch rank` wrote as JSON lines within the "
                  "last two days: its files, of any kinds and shards")
      ->type_name("FILE…")
      ->excludes(standing);
}

}  // namespace

void AddDigestKeyOption(CLI::App& command, DigestOptions& options) {
  command
      .add_option("--key", options.key,
                  "File with the key that signs links; made if there is none")
      ->envname("HEIMWEG_DIGEST_KEY")
      ->type_name("FILE")
      ->capture_default_str();
}

void AddDigestOptions(CLI::App& command, DigestOptions& options) {
  AddContentOptions(command, options);
  AddSourceOptions(command, options);
  AddSendingOptions(command, options);
  AddDigestKeyOption(command, options);
}

}  // namespace heimweg::cli
