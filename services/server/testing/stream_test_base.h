// StreamTest: a real server with streams that follow a board of texts.
#ifndef HEIMWEG_SERVICES_SERVER_TESTING_STREAM_TEST_BASE_H_
#define HEIMWEG_SERVICES_SERVER_TESTING_STREAM_TEST_BASE_H_

#include <gtest/gtest.h>

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/server/source.h"
#include "services/server/testing/echo_service.h"
#include "services/server/testing/test_server.h"
#include "storage/mutex.h"

namespace heimweg::server::testing {

// A log of texts that streams follow: in place of a store.
class Board {
 public:
  void Post(const std::string& text) {
    std::map<int, Wake> wakes;
    {
      storage::MutexLock lock(mutex_);
      texts_.push_back(text);
      wakes = wakes_;
    }
    for (const auto& [number, wake] : wakes) {
      wake();
    }
  }

  // Follows all texts from the first; "end" ends the stream, "bad" fails it.
  std::unique_ptr<Source<EchoResponse>> Follow(Wake wake) {
    storage::MutexLock lock(mutex_);
    wakes_[++last_] = std::move(wake);
    return std::make_unique<Reader>(*this, last_);
  }

  // How many follow now.
  size_t readers() const {
    storage::MutexLock lock(mutex_);
    return wakes_.size();
  }

 private:
  class Reader final : public Source<EchoResponse> {
   public:
    Reader(Board& board, int number) : board_(board), number_(number) {}
    ~Reader() override {
      storage::MutexLock lock(board_.mutex_);
      board_.wakes_.erase(number_);
    }
    absl::StatusOr<Pull> Next(EchoResponse* message) override {
      storage::MutexLock lock(board_.mutex_);
      if (next_ == board_.texts_.size()) {
        return Pull::kNothingYet;
      }
      message->set_text(board_.texts_[next_++]);
      if (message->text() == "bad") {
        return absl::OutOfRangeError("too old");
      }
      return message->text() == "end" ? Pull::kEnd : Pull::kMessage;
    }

   private:
    Board& board_;
    const int number_;
    size_t next_ = 0;
  };

  mutable storage::Mutex mutex_;
  std::vector<std::string> texts_;
  std::map<int, Wake> wakes_;
  int last_ = 0;
};

class StreamTest : public ::testing::Test {
 protected:
  StreamTest() : server_(EdgeOptions{.workers = 2, .stream_limit = 60}) {
    echo_.watch = [this](const Call&, const EchoRequest&, Wake wake) {
      return board_.Follow(std::move(wake));
    };
  }
  ~StreamTest() override { server_.Stop(); }

  void Start() {
    server_.Start({{kEchoName, &echo_}});
    stub_ = EchoService::NewStub(server_.channel());
  }

  // Waits until `met`; the test's time limit ends a wait in vain.
  static void Until(const std::function<bool()>& met) {
    while (!met()) {
      std::this_thread::yield();
    }
  }

  std::string OpenStreams() {
    const std::string text = server_.metrics().Text();
    const size_t at = text.rfind("heimweg_open_streams ") + 21;
    return text.substr(at, text.find('\n', at) - at);
  }

  TestServer server_;
  Board board_;
  EchoEdge echo_{server_.edge()};
  std::unique_ptr<EchoService::Stub> stub_;
};

}  // namespace heimweg::server::testing

#endif  // HEIMWEG_SERVICES_SERVER_TESTING_STREAM_TEST_BASE_H_
