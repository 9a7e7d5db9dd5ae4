// Bidirectional streams through a real server.
#include <gmock/gmock.h>
#include <grpcpp/client_context.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <deque>
#include <future>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/server/status.h"
#include "services/server/testing/echo_service.h"
#include "services/server/testing/stream_test_base.h"
#include "services/server/testing/test_server.h"
#include "storage/mutex.h"
#include "tests/support/status_matchers.h"

namespace heimweg::server::testing {
namespace {

using ::heimweg::testing::IsOk;
using ::heimweg::testing::StatusIs;
using ::testing::ElementsAre;

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

  size_t MostUnderWay(size_t window, size_t bytes);
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

// Sends requests of so many bytes and answers the oldest whenever as many are
// under way as `window` says; returns how many were at most.
size_t ImportTest::MostUnderWay(size_t window, size_t bytes) {
  constexpr size_t kRequests = 50;
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
    for (size_t i = 0; i < kRequests; ++i) {
      Send(*stream, std::string(bytes, 'x'));
    }
    stream->WritesDone();
  });
  for (size_t answered = 0; answered < kRequests; ++answered) {
    Until([&] {
      storage::MutexLock lock(mutex);
      return waiting.size() >= std::min(window, kRequests - answered);
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
  return most;
}

TEST_F(ImportTest, HasItsWindowUnderWayAndNoMore) {
  EXPECT_EQ(MostUnderWay(kImportWindow, 1), kImportWindow);
}

TEST_F(ImportTest, HasFewerUnderWayWhereRequestsAreLarge) {
  // The bytes that it may hold are reached by the fourth.
  constexpr size_t kWindow = 4;
  EXPECT_EQ(MostUnderWay(kWindow, kImportWindowBytes / kWindow), kWindow);
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
