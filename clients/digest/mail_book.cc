#include "clients/digest/mail_book.h"

#include <sqlite3.h>

#include <cstdint>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace heimweg::digest {
namespace {

constexpr int kBookVersion = 1;

constexpr char kSchema[] = R"(
CREATE TABLE mail (
  message_id TEXT PRIMARY KEY,
  recipient TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'sent', 'refused')),
  time INTEGER NOT NULL  -- of the last change, Unix seconds
) WITHOUT ROWID;
CREATE INDEX mail_by_recipient ON mail (recipient, state, time);
CREATE TABLE offer (
  recipient TEXT NOT NULL,
  offer TEXT NOT NULL,
  PRIMARY KEY (recipient, offer)
) WITHOUT ROWID;
PRAGMA user_version = 1;
)";

absl::Status ErrorOf(sqlite3* database) {
  const std::string message =
      absl::StrCat("book of mails: ", sqlite3_errmsg(database));
  switch (sqlite3_errcode(database) & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return absl::UnavailableError(
          absl::StrCat(message, "; another run has it open"));
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
      return absl::FailedPreconditionError(message);
    default:
      return absl::UnknownError(message);
  }
}

// A prepared statement with its values bound.
class Statement {
 public:
  Statement(sqlite3* database, const char* sql) : database_(database) {
    sqlite3_prepare_v2(database, sql, -1, &statement_, nullptr);
  }
  ~Statement() { sqlite3_finalize(statement_); }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  Statement& Bind(const std::string& text) {
    sqlite3_bind_text(statement_, ++bound_, text.data(),
                      static_cast<int>(text.size()), SQLITE_TRANSIENT);
    return *this;
  }
  Statement& Bind(int64_t number) {
    sqlite3_bind_int64(statement_, ++bound_, number);
    return *this;
  }

  // True: there is a row. False: there are no more.
  absl::StatusOr<bool> Step() {
    switch (sqlite3_step(statement_)) {
      case SQLITE_ROW:
        return true;
      case SQLITE_DONE:
        return false;
      default:
        return ErrorOf(database_);
    }
  }

  absl::Status Run() {
    absl::StatusOr<bool> more = Step();
    while (more.ok() && *more) more = Step();
    return more.status();
  }

  std::string Text(int column) const {
    const auto* text = sqlite3_column_text(statement_, column);
    return text == nullptr ? "" : reinterpret_cast<const char*>(text);
  }
  int64_t Number(int column) const {
    return sqlite3_column_int64(statement_, column);
  }

 private:
  sqlite3* const database_;
  sqlite3_stmt* statement_ = nullptr;
  int bound_ = 0;
};

absl::Status Execute(sqlite3* database, const char* sql) {
  if (sqlite3_exec(database, sql, nullptr, nullptr, nullptr) == SQLITE_OK) {
    return absl::OkStatus();
  }
  return ErrorOf(database);
}

// Ends with ROLLBACK unless Commit was called.
class Transaction {
 public:
  explicit Transaction(sqlite3* database) : database_(database) {
    status_ = Execute(database_, "BEGIN IMMEDIATE");
  }
  ~Transaction() {
    if (status_.ok() && !committed_) {
      Execute(database_, "ROLLBACK").IgnoreError();
    }
  }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  const absl::Status& status() const { return status_; }
  absl::Status Commit() {
    absl::Status status = Execute(database_, "COMMIT");
    committed_ = status.ok();
    return status;
  }

 private:
  sqlite3* const database_;
  absl::Status status_;
  bool committed_ = false;
};

absl::Status Prepare(sqlite3* database) {
  // A lock that is held from the first write to the end keeps a second run out.
  absl::Status status = Execute(database,
                                "PRAGMA locking_mode = EXCLUSIVE;"
                                "PRAGMA journal_mode = DELETE;"
                                "PRAGMA synchronous = FULL;");
  if (!status.ok()) return status;
  Transaction transaction(database);
  if (!transaction.status().ok()) return transaction.status();
  Statement version(database, "PRAGMA user_version");
  const absl::StatusOr<bool> row = version.Step();
  if (!row.ok()) return row.status();
  const int64_t found = version.Number(0);
  if (found > kBookVersion) {
    return absl::FailedPreconditionError(
        absl::StrCat("book of mails: version ", found, ", expected at most ",
                     kBookVersion, "; a newer heimweg has written it"));
  }
  if (found == 0) {
    status = Execute(database, kSchema);
    if (!status.ok()) return status;
  }
  return transaction.Commit();
}

absl::Status Mark(sqlite3* database, const std::string& message_id,
                  const char* state, absl::Time now) {
  return Statement(database,
                   "UPDATE mail SET state = ?, time = ? WHERE message_id = ?")
      .Bind(std::string(state))
      .Bind(absl::ToUnixSeconds(now))
      .Bind(message_id)
      .Run();
}

}  // namespace

absl::StatusOr<std::unique_ptr<MailBook>> MailBook::Open(
    const std::string& path) {
  sqlite3* database = nullptr;
  const int opened =
      sqlite3_open_v2(path.c_str(), &database,
                      SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
  std::unique_ptr<MailBook> book(new MailBook(database));
  if (opened != SQLITE_OK) {
    return absl::UnknownError(absl::StrCat("cannot open the book of mails ",
                                           path, ": ",
                                           sqlite3_errmsg(database)));
  }
  const absl::Status status = Prepare(database);
  if (!status.ok()) return status;
  return book;
}

MailBook::~MailBook() { sqlite3_close(database_); }

absl::StatusOr<absl::flat_hash_set<std::string>> MailBook::SentOffers(
    const std::string& recipient) {
  Statement select(database_, "SELECT offer FROM offer WHERE recipient = ?");
  select.Bind(recipient);
  absl::flat_hash_set<std::string> offers;
  absl::StatusOr<bool> row = select.Step();
  for (; row.ok() && *row; row = select.Step()) offers.insert(select.Text(0));
  if (!row.ok()) return row.status();
  return offers;
}

absl::StatusOr<int> MailBook::SentAfter(const std::string& recipient,
                                        absl::Time since) {
  Statement count(database_,
                  "SELECT COUNT(*) FROM mail WHERE recipient = ? AND state = "
                  "'sent' AND time > ?");
  count.Bind(recipient).Bind(absl::ToUnixSeconds(since));
  const absl::StatusOr<bool> row = count.Step();
  if (!row.ok()) return row.status();
  return static_cast<int>(count.Number(0));
}

absl::StatusOr<std::string> MailBook::Begin(const std::string& recipient,
                                            const std::string& fresh_id,
                                            absl::Time now) {
  Statement open(database_,
                 "SELECT message_id FROM mail WHERE recipient = ? AND state = "
                 "'open'");
  open.Bind(recipient);
  const absl::StatusOr<bool> row = open.Step();
  if (!row.ok()) return row.status();
  if (*row) return open.Text(0);
  const absl::Status status =
      Statement(database_, "INSERT INTO mail VALUES (?, ?, 'open', ?)")
          .Bind(fresh_id)
          .Bind(recipient)
          .Bind(absl::ToUnixSeconds(now))
          .Run();
  if (!status.ok()) return status;
  return fresh_id;
}

absl::Status MailBook::MarkSent(const std::string& message_id,
                                const std::vector<std::string>& offers,
                                absl::Time now) {
  Transaction transaction(database_);
  if (!transaction.status().ok()) return transaction.status();
  absl::Status status = Mark(database_, message_id, "sent", now);
  for (const std::string& offer : offers) {
    if (!status.ok()) return status;
    status = Statement(database_,
                       "INSERT OR IGNORE INTO offer SELECT recipient, ? FROM "
                       "mail WHERE message_id = ?")
                 .Bind(offer)
                 .Bind(message_id)
                 .Run();
  }
  if (!status.ok()) return status;
  return transaction.Commit();
}

absl::Status MailBook::MarkRefused(const std::string& message_id,
                                   absl::Time now) {
  return Mark(database_, message_id, "refused", now);
}

absl::Status MailBook::ForgetAllBut(
    const absl::flat_hash_set<std::string>& profiles) {
  Statement known(database_,
                  "SELECT recipient FROM mail UNION SELECT recipient FROM "
                  "offer");
  std::vector<std::string> gone;
  absl::StatusOr<bool> row = known.Step();
  for (; row.ok() && *row; row = known.Step()) {
    std::string recipient = known.Text(0);
    if (absl::StartsWith(recipient, "profiles/") &&
        !profiles.contains(recipient)) {
      gone.push_back(std::move(recipient));
    }
  }
  if (!row.ok()) return row.status();
  Transaction transaction(database_);
  if (!transaction.status().ok()) return transaction.status();
  for (const std::string& recipient : gone) {
    for (const char* sql : {"DELETE FROM mail WHERE recipient = ?",
                            "DELETE FROM offer WHERE recipient = ?"}) {
      absl::Status status = Statement(database_, sql).Bind(recipient).Run();
      if (!status.ok()) return status;
    }
  }
  return transaction.Commit();
}

}  // namespace heimweg::digest
