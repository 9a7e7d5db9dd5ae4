// Server and bidirectional streams through a real server.
#include <gmock/gmock.h>
#include <grpcpp/client_context.h>
#include <gtest/gtest.h>

#include <atomic>
#include <deque>
#include <functional>
#include <future>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/server/errors.h"
#include "services/server/status.h"
#include "services/server/testing/echo_service.h"
#include "services/server/testing/test_server.h"
#include "storage/mutex.h"
#include "tests/support/status_matchers.h"

namespace heimweg::server::testing {
namespace {

using ::heimweg::testing::IsOk;
using ::heimweg::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

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

using WatchTest = StreamTest;

TEST_F(WatchTest, SendsWhatIsThereAndWhatComesLater) {
  Start();
  board_.Post("first");
  grpc::ClientContext context;
  auto reader = stub_->Watch(&context, {});
  EchoResponse message;
  ASSERT_TRUE(reader->Read(&message));
  EXPECT_EQ(message.text(), "first");

  board_.Post("second");
  ASSERT_TRUE(reader->Read(&message));
  EXPECT_EQ(message.text(), "second");

  board_.Post("end");
  EXPECT_FALSE(reader->Read(&message));
  EXPECT_THAT(FromGrpc(reader->Finish()), IsOk());
}

TEST_F(WatchTest, EndsWithTheSourcesError) {
  Start();
  board_.Post("bad");
  grpc::ClientContext context;
  auto reader = stub_->Watch(&context, {});
  EchoResponse message;
  EXPECT_FALSE(reader->Read(&message));
  EXPECT_THAT(FromGrpc(reader->Finish()),
              StatusIs(absl::StatusCode::kOutOfRange, "too old"));
}

TEST_F(WatchTest, EndsWithTheErrorOfTheRequest) {
  echo_.watch =
      [](const Call&, const EchoRequest&,
         Wake) -> absl::StatusOr<std::unique_ptr<Source<EchoResponse>>> {
    return InvalidFields({{"resume_token", "not of this store"}});
  };
  Start();
  grpc::ClientContext context;
  auto reader = stub_->Watch(&context, {});
  EchoResponse message;
  EXPECT_FALSE(reader->Read(&message));
  EXPECT_EQ(ViolationsOf(FromGrpc(reader->Finish())).size(), 1);
}

TEST_F(WatchTest, LosesNothingWhenWritersAreFasterThanTheReader) {
  Start();
  constexpr int kTexts = 5000;
  grpc::ClientContext context;
  auto reader = stub_->Watch(&context, {});
  std::thread writer([&] {
    for (int i = 0; i < kTexts; ++i) {
      board_.Post(absl::StrCat(i));
    }
    board_.Post("end");
  });
  EchoResponse message;
  int next = 0;
  while (reader->Read(&message)) {
    ASSERT_EQ(message.text(), absl::StrCat(next));
    ++next;
  }
  writer.join();
  EXPECT_THAT(FromGrpc(reader->Finish()), IsOk());
  EXPECT_EQ(next, kTexts);
}

TEST_F(WatchTest, ReleasesTheSourceOfAnIdleStreamWhenTheClientGoes) {
  Start();
  grpc::ClientContext context;
  auto reader = stub_->Watch(&context, {});
  Until([&] { return board_.readers() == 1; });
  context.TryCancel();
  EXPECT_THAT(FromGrpc(reader->Finish()),
              StatusIs(absl::StatusCode::kCancelled));
  Until([&] { return board_.readers() == 0; });
}

TEST_F(WatchTest, ReleasesTheSourceWhenTheDeadlinePasses) {
  Start();
  grpc::ClientContext context;
  context.set_deadline(
      absl::ToChronoTime(absl::Now() + absl::Milliseconds(50)));
  auto reader = stub_->Watch(&context, {});
  EXPECT_THAT(FromGrpc(reader->Finish()),
              StatusIs(absl::StatusCode::kDeadlineExceeded));
  Until([&] { return board_.readers() == 0; });
}

TEST_F(WatchTest, HoldsNoWorkerWhileItWaits) {
  Start();
  std::deque<grpc::ClientContext> contexts(50);
  std::vector<std::unique_ptr<grpc::ClientReader<EchoResponse>>> readers;
  for (grpc::ClientContext& context : contexts) {
    readers.push_back(stub_->Watch(&context, {}));
  }
  Until([&] { return board_.readers() == 50; });

  grpc::ClientContext context;
  EchoResponse response;
  EXPECT_THAT(FromGrpc(stub_->Echo(&context, {}, &response)), IsOk());

  board_.Post("end");
  for (auto& reader : readers) {
    EXPECT_THAT(FromGrpc(reader->Finish()), IsOk());
  }
}

TEST_F(WatchTest, RefusesStreamsBeyondTheLimit) {
  Start();
  std::deque<grpc::ClientContext> contexts(60);
  std::vector<std::unique_ptr<grpc::ClientReader<EchoResponse>>> readers;
  for (grpc::ClientContext& context : contexts) {
    readers.push_back(stub_->Watch(&context, {}));
  }
  Until([&] { return board_.readers() == 60; });

  grpc::ClientContext context;
  auto one_more = stub_->Watch(&context, {});
  EXPECT_THAT(FromGrpc(one_more->Finish()),
              StatusIs(absl::StatusCode::kResourceExhausted));

  board_.Post("end");
  for (auto& reader : readers) {
    EXPECT_THAT(FromGrpc(reader->Finish()), IsOk());
  }
}

TEST_F(WatchTest, EndsWithUnavailableWhenTheServerDrains) {
  Start();
  grpc::ClientContext context;
  auto reader = stub_->Watch(&context, {});
  Until([&] { return board_.readers() == 1; });
  auto drained = std::async(std::launch::async, [&] { server_.Stop(); });
  EchoResponse message;
  EXPECT_FALSE(reader->Read(&message));
  EXPECT_THAT(
      FromGrpc(reader->Finish()),
      StatusIs(absl::StatusCode::kUnavailable, HasSubstr("shutting down")));
  drained.get();
  EXPECT_EQ(board_.readers(), 0);
}

// gRPC 1.51's callback streams are known for cancellations that nobody sees
// and for ends that come twice: many clients come and go in all ways at once.
TEST_F(WatchTest, FiftyClientsComeAndGoAndNothingStays) {
  Start();
  std::atomic<bool> stop = false;
  std::thread writer([&] {
    for (int i = 0; !stop; ++i) {
      board_.Post(absl::StrCat(i));
      std::this_thread::yield();
    }
  });
  std::vector<std::thread> clients;
  for (unsigned i = 0; i < 50; ++i) {
    clients.emplace_back([&, i] {
      std::minstd_rand random(i + 1);
      const auto stub = EchoService::NewStub(server_.channel());
      for (int round = 0; round < 10; ++round) {
        grpc::ClientContext context;
        if (random() % 3 == 0) {
          context.set_deadline(absl::ToChronoTime(
              absl::Now() + absl::Milliseconds(random() % 20)));
        }
        auto reader = stub->Watch(&context, {});
        EchoResponse message;
        for (unsigned n = random() % 20; n > 0 && reader->Read(&message); --n) {
        }
        context.TryCancel();
        reader->Finish();
      }
    });
  }
  for (std::thread& client : clients) {
    client.join();
  }
  stop = true;
  writer.join();
  Until([&] { return board_.readers() == 0 && OpenStreams() == "0"; });
}

class ImportTest : public StreamTest {
 protected:
  ImportTest() {
    echo_.import = [](const Call& call, const EchoRequest& request,
                      const EchoEdge::ImportDone& done) {
      EchoResponse response;
      const absl::Status status = EchoText(call, request, &response);
      done(request.text() == "bad" ? absl::InvalidArgumentError("bad row")
                                   : absl::StatusOr<EchoResponse>(response));
    };
  }

  static bool Send(grpc::ClientReaderWriter<EchoRequest, EchoResponse>& stream,
                   const std::string& text) {
    EchoRequest request;
    request.set_text(text);
    return stream.Write(request);
  }
};

TEST_F(ImportTest, AnswersEachRequestInOrder) {
  Start();
  constexpr int kRequests = 500;
  grpc::ClientContext context;
  auto stream = stub_->Import(&context);
  std::thread sender([&] {
    for (int i = 0; i < kRequests; ++i) {
      Send(*stream, absl::StrCat(i));
    }
    stream->WritesDone();
  });
  EchoResponse answer;
  int next = 0;
  while (stream->Read(&answer)) {
    ASSERT_EQ(answer.text(), absl::StrCat(next));
    ++next;
  }
  sender.join();
  EXPECT_THAT(FromGrpc(stream->Finish()), IsOk());
  EXPECT_EQ(next, kRequests);
}

TEST_F(ImportTest, KeepsTheOrderOfAnswersThatComeInAnother) {
  storage::Mutex mutex;
  std::vector<std::pair<std::string, EchoEdge::ImportDone>> waiting;
  echo_.import = [&](const Call&, const EchoRequest& request,
                     EchoEdge::ImportDone done) {
    storage::MutexLock lock(mutex);
    waiting.emplace_back(request.text(), std::move(done));
  };
  Start();
  grpc::ClientContext context;
  auto stream = stub_->Import(&context);
  for (const char* text : {"1", "2", "3"}) {
    ASSERT_TRUE(Send(*stream, text));
  }
  stream->WritesDone();
  Until([&] {
    storage::MutexLock lock(mutex);
    return waiting.size() == 3;
  });
  for (auto last = waiting.rbegin(); last != waiting.rend(); ++last) {
    EchoResponse answer;
    answer.set_text(last->first);
    last->second(answer);
  }
  std::vector<std::string> answers;
  EchoResponse answer;
  while (stream->Read(&answer)) {
    answers.push_back(answer.text());
  }
  EXPECT_THAT(answers, ElementsAre("1", "2", "3"));
  EXPECT_THAT(FromGrpc(stream->Finish()), IsOk());
}

TEST_F(ImportTest, HasAtMostItsWindowUnderWay) {
  std::atomic<size_t> under_way = 0;
  std::atomic<size_t> most = 0;
  storage::Mutex mutex;
  std::deque<EchoEdge::ImportDone> waiting;
  echo_.import = [&](const Call&, const EchoRequest&,
                     EchoEdge::ImportDone done) {
    most = std::max<size_t>(most, ++under_way);
    storage::MutexLock lock(mutex);
    waiting.push_back(std::move(done));
  };
  Start();
  grpc::ClientContext context;
  auto stream = stub_->Import(&context);
  std::thread sender([&] {
    for (int i = 0; i < 50; ++i) {
      Send(*stream, "x");
    }
    stream->WritesDone();
  });
  for (int answered = 0; answered < 50; ++answered) {
    Until([&] {
      storage::MutexLock lock(mutex);
      return !waiting.empty();
    });
    EchoEdge::ImportDone done;
    {
      storage::MutexLock lock(mutex);
      done = std::move(waiting.front());
      waiting.pop_front();
    }
    --under_way;
    done(EchoResponse());
  }
  EchoResponse answer;
  while (stream->Read(&answer)) {
  }
  sender.join();
  EXPECT_THAT(FromGrpc(stream->Finish()), IsOk());
  EXPECT_LE(most, kImportWindow);
}

TEST_F(ImportTest, EndsWithTheFirstErrorAfterTheAnswersBeforeIt) {
  Start();
  grpc::ClientContext context;
  auto stream = stub_->Import(&context);
  for (const char* text : {"1", "2", "bad", "4"}) {
    Send(*stream, text);
  }
  std::vector<std::string> answers;
  EchoResponse answer;
  while (stream->Read(&answer)) {
    answers.push_back(answer.text());
  }
  EXPECT_THAT(answers, ElementsAre("1", "2"));
  EXPECT_THAT(FromGrpc(stream->Finish()),
              StatusIs(absl::StatusCode::kInvalidArgument, "bad row"));
}

TEST_F(ImportTest, EndsWhenTheClientGoesWhileAWriteIsUnderWay) {
  std::promise<EchoEdge::ImportDone> handed;
  echo_.import = [&](const Call&, const EchoRequest&,
                     EchoEdge::ImportDone done) {
    handed.set_value(std::move(done));
  };
  Start();
  grpc::ClientContext context;
  auto stream = stub_->Import(&context);
  ASSERT_TRUE(Send(*stream, "x"));
  EchoEdge::ImportDone done = handed.get_future().get();
  context.TryCancel();
  EXPECT_THAT(FromGrpc(stream->Finish()),
              StatusIs(absl::StatusCode::kCancelled));
  EXPECT_EQ(OpenStreams(), "1");

  done(EchoResponse());

  Until([&] { return OpenStreams() == "0"; });
}

TEST_F(ImportTest, AnswersWhatIsUnderWayWhenTheServerDrains) {
  std::promise<EchoEdge::ImportDone> handed;
  echo_.import = [&](const Call&, const EchoRequest&,
                     EchoEdge::ImportDone done) {
    handed.set_value(std::move(done));
  };
  Start();
  grpc::ClientContext context;
  auto stream = stub_->Import(&context);
  ASSERT_TRUE(Send(*stream, "x"));
  EchoEdge::ImportDone done = handed.get_future().get();
  auto drained = std::async(std::launch::async, [&] { server_.Stop(); });
  server_.edge().CloseStreams();

  EchoResponse durable;
  durable.set_text("durable");
  done(durable);
  done = nullptr;

  EchoResponse answer;
  ASSERT_TRUE(stream->Read(&answer));
  EXPECT_EQ(answer.text(), "durable");
  EXPECT_FALSE(stream->Read(&answer));
  EXPECT_THAT(FromGrpc(stream->Finish()),
              StatusIs(absl::StatusCode::kUnavailable));
  drained.get();
}

TEST_F(ImportTest, FiftyClientsComeAndGoAndNothingStays) {
  Start();
  std::vector<std::thread> clients;
  for (unsigned i = 0; i < 50; ++i) {
    clients.emplace_back([&, i] {
      std::minstd_rand random(i + 1);
      const auto stub = EchoService::NewStub(server_.channel());
      for (int round = 0; round < 10; ++round) {
        grpc::ClientContext context;
        auto stream = stub->Import(&context);
        for (unsigned n = random() % 10; n > 0; --n) {
          Send(*stream, random() % 20 == 0 ? "bad" : "x");
        }
        if (random() % 2 == 0) {
          context.TryCancel();
        } else {
          stream->WritesDone();
        }
        EchoResponse answer;
        while (stream->Read(&answer)) {
        }
        stream->Finish();
      }
    });
  }
  for (std::thread& client : clients) {
    client.join();
  }
  Until([&] { return OpenStreams() == "0"; });
}

}  // namespace
}  // namespace heimweg::server::testing
