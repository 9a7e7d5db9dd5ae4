// SmtpServer: a real SMTP server on loopback for one test.
#ifndef HEIMWEG_CLIENTS_DIGEST_TESTING_SMTP_SERVER_H_
#define HEIMWEG_CLIENTS_DIGEST_TESTING_SMTP_SERVER_H_

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "tests/support/temp_dir.h"

namespace heimweg::digest {

class SmtpServer {
 public:
  SmtpServer() {
    std::array<int, 2> to_server;
    std::array<int, 2> from_server;
    if (pipe2(to_server.data(), O_CLOEXEC) != 0 ||
        pipe2(from_server.data(), O_CLOEXEC) != 0) {
      abort();
    }
    child_ = fork();
    if (child_ == 0) {
      dup2(to_server[0], STDIN_FILENO);
      dup2(from_server[1], STDOUT_FILENO);
      execl("/usr/bin/python3", "python3", HEIMWEG_SMTP_SERVER,
            folder_.path().c_str(), nullptr);
      _exit(127);
    }
    close(to_server[0]);
    close(from_server[1]);
    stdin_ = to_server[1];
    std::array<char, 16> line;
    ssize_t n = 0;
    do {
      n = read(from_server[0], line.data(), line.size());
    } while (n < 0 && errno == EINTR);
    close(from_server[0]);
    if (n > 0) port_ = std::string(line.data(), static_cast<size_t>(n));
    absl::StripAsciiWhitespace(&port_);
  }
  ~SmtpServer() { Stop(); }
  SmtpServer(const SmtpServer&) = delete;
  SmtpServer& operator=(const SmtpServer&) = delete;

  void Stop() {
    if (child_ <= 0) return;
    close(stdin_);
    kill(child_, SIGKILL);
    waitpid(child_, nullptr, 0);
    child_ = -1;
  }

  // Empty if it did not start.
  const std::string& port() const { return port_; }
  std::string url() const { return absl::StrCat("smtp://127.0.0.1:", port_); }

  // What came in, in order.
  std::vector<std::string> Mails() const {
    std::vector<std::string> mails;
    for (int i = 1;; ++i) {
      std::ifstream file(absl::StrCat(folder_.path(), "/", i, ".eml"));
      if (!file) return mails;
      std::ostringstream bytes;
      bytes << file.rdbuf();
      mails.push_back(bytes.str());
    }
  }

 private:
  const heimweg::testing::TempDir folder_;
  std::string port_;
  pid_t child_ = -1;
  int stdin_ = -1;
};

}  // namespace heimweg::digest

#endif  // HEIMWEG_CLIENTS_DIGEST_TESTING_SMTP_SERVER_H_
