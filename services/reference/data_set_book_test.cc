#include "services/reference/data_set_book.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "storage/test_store.h"
#include "tests/support/status_matchers.h"

namespace heimweg::reference {
namespace {

using ::heimweg::testing::IsOk;
using ::heimweg::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kPlants[] = "dataSets/plants";

// Answers with the bytes of its file; takes none that says "weed".
class Plants : public DataSet {
 public:
  std::string id() const override { return "plants"; }
  std::string description() const override { return "What grows"; }
  absl::StatusOr<PreparedDataSet> Prepare(const DataSetFile* file) override {
    const std::string next = file == nullptr ? "own" : file->bytes;
    if (absl::StrContains(next, "weed")) {
      return absl::InvalidArgumentError("line 1: expected a plant");
    }
    return PreparedDataSet{
        "plants", {"a remark"}, [this, next] { answer = next; }};
  }

  std::string answer = "own";
};

class DataSetBookTest : public ::testing::Test {
 protected:
  DataSetBookTest() { Open(); }

  // As a start of the server does.
  void Open() {
    book_.reset();
    store_.Reopen();
    auto book = DataSetBook::Open(*store_, {&plants_});
    ASSERT_THAT(book, IsOk());
    book_ = *std::move(book);
  }

  template <typename Request, typename Response>
  absl::StatusOr<Response> Ask(void (DataSetBook::*method)(const server::Call&,
                                                           const Request&,
                                                           Response*,
                                                           DataSetBook::Done),
                               const Request& request) {
    Response response;
    std::promise<absl::Status> answered;
    (book_.get()->*method)({}, request, &response, [&](absl::Status status) {
      answered.set_value(std::move(status));
    });
    const absl::Status status = answered.get_future().get();
    if (!status.ok()) return status;
    return response;
  }

  std::string Create() {
    v1::CreateDataSetVersionRequest request;
    request.set_parent(kPlants);
    request.mutable_version()->set_file_name("plants.txt");
    const auto version = Ask(&DataSetBook::CreateVersion, request);
    EXPECT_THAT(version, IsOk());
    return version.ok() ? version->name() : "";
  }

  absl::Status Upload(const std::string& name, int part,
                      const std::string& content) {
    v1::UploadDataSetPartRequest request;
    request.set_name(name);
    request.set_part(part);
    request.set_content(content);
    return Ask(&DataSetBook::UploadPart, request).status();
  }

  absl::Status Activate(const std::string& name, bool validate_only = false,
                        const std::string& sha256 = "") {
    v1::ActivateDataSetVersionRequest request;
    request.set_name(name);
    request.set_validate_only(validate_only);
    request.set_sha256(sha256);
    return Ask(&DataSetBook::Activate, request).status();
  }

  // A version of one part, active.
  std::string Import(const std::string& content) {
    const std::string name = Create();
    EXPECT_THAT(Upload(name, 0, content), IsOk());
    EXPECT_THAT(Activate(name), IsOk());
    return name;
  }

  absl::Status RollBack() {
    v1::RollBackDataSetRequest request;
    request.set_name(kPlants);
    return Ask(&DataSetBook::RollBack, request).status();
  }

  v1::DataSet Stored() {
    v1::ListDataSetsResponse response;
    EXPECT_THAT(book_->ListDataSets({}, {}, &response), IsOk());
    EXPECT_THAT(response.data_sets(), SizeIs(1));
    return response.data_sets(0);
  }

  std::vector<std::string> Versions() {
    v1::ListDataSetVersionsRequest request;
    request.set_parent(kPlants);
    v1::ListDataSetVersionsResponse response;
    EXPECT_THAT(book_->ListVersions({}, request, &response), IsOk());
    std::vector<std::string> names;
    for (const auto& version : response.versions()) {
      names.push_back(version.name());
    }
    return names;
  }

  Plants plants_;
  storage::TestStore store_;
  std::unique_ptr<DataSetBook> book_;
};

TEST_F(DataSetBookTest, WithoutAnImportTheProductsOwnDataAnswer) {
  EXPECT_EQ(plants_.answer, "own");
  EXPECT_EQ(Stored().active_version(), "");
  EXPECT_EQ(Stored().description(), "What grows");
  EXPECT_THAT(RollBack(), StatusIs(absl::StatusCode::kFailedPrecondition));
}

TEST_F(DataSetBookTest, AnActivatedFileAnswersWholeAndAfterARestart) {
  const std::string name = Create();
  ASSERT_THAT(Upload(name, 0, "oak "), IsOk());
  ASSERT_THAT(Upload(name, 1, "elm"), IsOk());
  EXPECT_EQ(plants_.answer, "own");
  ASSERT_THAT(Activate(name), IsOk());
  EXPECT_EQ(plants_.answer, "oak elm");
  plants_.answer = "own";
  Open();
  EXPECT_EQ(plants_.answer, "oak elm");
}

TEST_F(DataSetBookTest, ABrokenFileChangesNothing) {
  const std::string good = Import("oak");
  const std::string bad = Create();
  ASSERT_THAT(Upload(bad, 0, "weed"), IsOk());
  EXPECT_THAT(Activate(bad), StatusIs(absl::StatusCode::kFailedPrecondition,
                                      "line 1: expected a plant"));
  EXPECT_EQ(plants_.answer, "oak");
  EXPECT_EQ(Stored().active_version(), good);
}

TEST_F(DataSetBookTest, ACheckAloneChangesNothing) {
  const std::string name = Create();
  ASSERT_THAT(Upload(name, 0, "oak"), IsOk());
  EXPECT_THAT(Activate(name, /*validate_only=*/true), IsOk());
  EXPECT_EQ(plants_.answer, "own");
  EXPECT_EQ(Stored().active_version(), "");
}

TEST_F(DataSetBookTest, RollBackGoesBackStepByStep) {
  const std::string first = Import("oak");
  Import("elm");
  ASSERT_THAT(RollBack(), IsOk());
  EXPECT_EQ(plants_.answer, "oak");
  EXPECT_EQ(Stored().active_version(), first);
  Open();
  EXPECT_EQ(plants_.answer, "oak");
  ASSERT_THAT(RollBack(), IsOk());
  EXPECT_EQ(plants_.answer, "own");
}

TEST_F(DataSetBookTest, NumbersAreNotUsedTwiceAfterARollBack) {
  const std::string first = Import("oak");
  ASSERT_THAT(RollBack(), IsOk());
  EXPECT_NE(Import("elm"), first);
}

TEST_F(DataSetBookTest, AnEarlierVersionCanBeActivatedAgain) {
  const std::string first = Import("oak");
  const std::string second = Import("elm");
  ASSERT_THAT(Activate(first), IsOk());
  EXPECT_EQ(plants_.answer, "oak");
  EXPECT_THAT(Stored().earlier_versions(), ElementsAre(second));
  ASSERT_THAT(Activate(first), IsOk());  // a repetition
  EXPECT_THAT(Stored().earlier_versions(), ElementsAre(second));
}

TEST_F(DataSetBookTest, PartsComeInOrderAndRepetitionsAreHarmless) {
  const std::string name = Create();
  EXPECT_THAT(Upload(name, 1, "elm"),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       HasSubstr("expected part 0")));
  ASSERT_THAT(Upload(name, 0, "oak"), IsOk());
  EXPECT_THAT(Upload(name, 0, "oak"), IsOk());
  EXPECT_THAT(Upload(name, 0, "elm"),
              StatusIs(absl::StatusCode::kFailedPrecondition));
  ASSERT_THAT(Activate(name), IsOk());
  EXPECT_EQ(plants_.answer, "oak");
  EXPECT_THAT(Upload(name, 1, "elm"),
              StatusIs(absl::StatusCode::kFailedPrecondition));
}

TEST_F(DataSetBookTest, ADifferentSumIsRefused) {
  const std::string name = Create();
  ASSERT_THAT(Upload(name, 0, "abc"), IsOk());
  EXPECT_THAT(
      Activate(name, false, std::string(64, '0')),
      StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("SHA-256")));
  EXPECT_THAT(
      Activate(name, false,
               "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f2001"
               "5ad"),
      IsOk());
}

TEST_F(DataSetBookTest, OldUploadsGoButWhatCanBeRolledBackToStays) {
  const std::string first = Import("oak");
  const std::string second = Import("elm");
  const std::string left_lying = Create();
  ASSERT_THAT(Upload(left_lying, 0, "ash"), IsOk());
  store_.clock().Advance(absl::Hours(25));
  const std::string newest = Create();
  EXPECT_THAT(Versions(), ElementsAre(newest, second, first));
}

TEST_F(DataSetBookTest, WrongRequestsSayWhatWasExpected) {
  EXPECT_THAT(Upload("dataSets/plants/versions/9", 0, "oak"),
              StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(Upload("plants", -1, ""),
              StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(Upload(Create(), 0, std::string((1 << 20) + 1, 'x')),
              StatusIs(absl::StatusCode::kInvalidArgument));
  v1::CreateDataSetVersionRequest request;
  request.set_parent("dataSets/stones");
  request.mutable_version()->set_file_name("x");
  EXPECT_THAT(Ask(&DataSetBook::CreateVersion, request).status(),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("plants")));
  request.clear_version();
  request.set_parent("stones");
  EXPECT_THAT(Ask(&DataSetBook::CreateVersion, request).status(),
              StatusIs(absl::StatusCode::kInvalidArgument));
}

}  // namespace
}  // namespace heimweg::reference
