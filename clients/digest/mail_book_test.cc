#include "clients/digest/mail_book.h"

#include <gmock/gmock.h>

#include <fstream>

#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace heimweg::digest {
namespace {

using heimweg::testing::IsOk;

using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

constexpr char kProfile[] = "profiles/p1";
const absl::Time kNow = absl::FromUnixSeconds(1'800'000'000);

class MailBookTest : public ::testing::Test {
 protected:
  // As after a crash: the book is closed without a word and opened again.
  void Reopen() {
    book_.reset();
    auto book = MailBook::Open(path_);
    ASSERT_THAT(book, IsOk());
    book_ = *std::move(book);
  }
  void SetUp() override { Reopen(); }

  const heimweg::testing::TempDir dir_;
  const std::string path_ = dir_.path() + "/book";
  std::unique_ptr<MailBook> book_;
};

TEST_F(MailBookTest, RemembersOffersOfSentMails) {
  ASSERT_EQ(*book_->Begin(kProfile, "id1", kNow), "id1");
  EXPECT_THAT(*book_->SentOffers(kProfile), IsEmpty());
  ASSERT_THAT(book_->MarkSent("id1", {"a", "b"}, kNow), IsOk());
  Reopen();
  EXPECT_THAT(*book_->SentOffers(kProfile), UnorderedElementsAre("a", "b"));
  EXPECT_THAT(*book_->SentOffers("profiles/p2"), IsEmpty());
}

TEST_F(MailBookTest, GoesOnWithAnOpenMailUnderItsId) {
  ASSERT_EQ(*book_->Begin(kProfile, "id1", kNow), "id1");
  Reopen();
  EXPECT_EQ(*book_->Begin(kProfile, "id2", kNow), "id1");
  ASSERT_THAT(book_->MarkSent("id1", {}, kNow), IsOk());
  EXPECT_EQ(*book_->Begin(kProfile, "id3", kNow), "id3");
}

TEST_F(MailBookTest, CountsSentMailsOfTheTimeAskedFor) {
  ASSERT_THAT(book_->Begin(kProfile, "old", kNow), IsOk());
  ASSERT_THAT(book_->MarkSent("old", {}, kNow - absl::Hours(24 * 8)), IsOk());
  ASSERT_THAT(book_->Begin(kProfile, "new", kNow), IsOk());
  ASSERT_THAT(book_->MarkSent("new", {}, kNow - absl::Hours(24)), IsOk());
  ASSERT_THAT(book_->Begin(kProfile, "open", kNow), IsOk());
  EXPECT_EQ(*book_->SentAfter(kProfile, kNow - absl::Hours(24 * 7)), 1);
}

TEST_F(MailBookTest, ARefusedMailIsNeitherSentNorOpen) {
  ASSERT_THAT(book_->Begin(kProfile, "id1", kNow), IsOk());
  ASSERT_THAT(book_->MarkRefused("id1", kNow), IsOk());
  EXPECT_EQ(*book_->SentAfter(kProfile, absl::InfinitePast()), 0);
  EXPECT_EQ(*book_->Begin(kProfile, "id2", kNow), "id2");
}

TEST_F(MailBookTest, ForgetsErasedHouseholdsAndKeepsNetworks) {
  for (const char* recipient :
       {"profiles/gone", "profiles/here", "networks/n"}) {
    ASSERT_THAT(book_->Begin(recipient, recipient, kNow), IsOk());
    ASSERT_THAT(book_->MarkSent(recipient, {"a"}, kNow), IsOk());
  }
  ASSERT_THAT(book_->ForgetAllBut({"profiles/here"}), IsOk());
  EXPECT_THAT(*book_->SentOffers("profiles/gone"), IsEmpty());
  EXPECT_EQ(*book_->SentAfter("profiles/gone", absl::InfinitePast()), 0);
  EXPECT_THAT(*book_->SentOffers("profiles/here"), UnorderedElementsAre("a"));
  EXPECT_THAT(*book_->SentOffers("networks/n"), UnorderedElementsAre("a"));
}

TEST_F(MailBookTest, IsOpenOnce) {
  EXPECT_EQ(MailBook::Open(path_).status().code(),
            absl::StatusCode::kUnavailable);
}

TEST_F(MailBookTest, RefusesAFileThatIsNoBook) {
  const std::string path = dir_.path() + "/text";
  std::ofstream(path) << std::string(4096, 'x');
  EXPECT_EQ(MailBook::Open(path).status().code(),
            absl::StatusCode::kFailedPrecondition);
}

}  // namespace
}  // namespace heimweg::digest
