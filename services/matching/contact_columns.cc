#include "services/matching/contact_columns.h"

#include <algorithm>

#include "services/matching/sphere.h"
#include "services/matching/time_step.h"

namespace heimweg::matching {
namespace {

constexpr size_t kMostListed = 255;

template <typename Texts>
std::vector<uint32_t> Numbers(const Texts& texts, TermTable& terms) {
  std::vector<uint32_t> numbers;
  for (const std::string& text : texts) {
    const uint32_t number = terms.Intern(FoldCase(text));
    if (number != 0) numbers.push_back(number);
  }
  std::sort(numbers.begin(), numbers.end());
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
  if (numbers.size() > kMostListed) numbers.resize(kMostListed);
  return numbers;
}

uint8_t Years(int32_t years) {
  return static_cast<uint8_t>(std::clamp(years, 0, 254));
}

}  // namespace

Card ContactColumns::CardOf(const Offer& contact) {
  return {contact.name(), contact.title(), MunicipalityOf(contact.place()),
          PostalCodeOf(contact.place()), contact.organization()};
}

void ContactColumns::Append(const Offer& contact, Dictionaries& terms) {
  common.Append(contact, terms);
  contact_type.push_back(static_cast<uint8_t>(contact.contact_type()));
  youngest.push_back(Years(contact.ages().minimum_years()));
  oldest.push_back(contact.ages().has_maximum_years()
                       ? Years(contact.ages().maximum_years())
                       : kNoAgeLimit);
  const contacts::v1::EventSchedule& schedule = contact.schedule();
  start.push_back(schedule.has_start_time() ? Seconds(schedule.start_time())
                                            : 0);
  last.push_back(std::max(start.back(), Seconds(schedule.end_time())));
  recurs.push_back(schedule.recurrence_rule().empty() ? 0 : 1);
  step_free.push_back(static_cast<uint8_t>(contact.step_free()));
  begin_.push_back(static_cast<uint32_t>(lists_.size()));
  const std::vector<uint32_t> topics = Numbers(contact.topics(), terms.topics);
  const std::vector<uint32_t> hooks =
      Numbers(contact.biography_hooks(), terms.hooks);
  topic_count_.push_back(static_cast<uint8_t>(topics.size()));
  hook_count_.push_back(static_cast<uint8_t>(hooks.size()));
  lists_.insert(lists_.end(), topics.begin(), topics.end());
  lists_.insert(lists_.end(), hooks.begin(), hooks.end());
}

void ContactColumns::AppendFrom(const ContactColumns& other, uint32_t row) {
  common.AppendFrom(other.common, row);
  contact_type.push_back(other.contact_type[row]);
  youngest.push_back(other.youngest[row]);
  oldest.push_back(other.oldest[row]);
  start.push_back(other.start[row]);
  last.push_back(other.last[row]);
  recurs.push_back(other.recurs[row]);
  step_free.push_back(other.step_free[row]);
  begin_.push_back(static_cast<uint32_t>(lists_.size()));
  topic_count_.push_back(other.topic_count_[row]);
  hook_count_.push_back(other.hook_count_[row]);
  lists_.insert(lists_.end(), other.Topics(row).begin(),
                other.Hooks(row).end());
}

uint64_t ContactColumns::PlaceInOrder(uint32_t row) const {
  const uint64_t unplaced = IsKnown(common.point[row]) ? 0 : 1;
  return unplaced << 32 | HilbertPosition(common.point[row]);
}

void ContactColumns::Reserve(size_t rows, size_t listed) {
  common.Reserve(rows);
  contact_type.reserve(rows);
  youngest.reserve(rows);
  oldest.reserve(rows);
  start.reserve(rows);
  last.reserve(rows);
  recurs.reserve(rows);
  step_free.reserve(rows);
  begin_.reserve(rows);
  topic_count_.reserve(rows);
  hook_count_.reserve(rows);
  lists_.reserve(listed);
}

ContactCode::Bytes ContactColumns::CodeOf(uint32_t row) const {
  constexpr uint32_t kBits = 8;
  ContactCode::Bytes code{};
  for (const uint32_t topic : Topics(row)) {
    const uint32_t bit = ContactCode::TopicBit(topic);
    uint8_t& topics = code[ContactCode::kTopics + bit / kBits];
    topics = static_cast<uint8_t>(topics | 1U << bit % kBits);
  }
  const absl::Span<const uint32_t> hooks = Hooks(row);
  for (size_t i = 0; i < std::min(hooks.size(), ContactCode::kHookBytes); ++i) {
    code[ContactCode::kHooks + i] = ContactCode::HookByte(hooks[i]);
  }
  if (hooks.size() > ContactCode::kHookBytes) {
    code.back() = ContactCode::kMoreHooks;
  }
  code[ContactCode::kType] = ContactCode::Type(
      contact_type[row], Topics(row).empty() && hooks.empty());
  if (start[row] != 0) {
    const int64_t first = int64_t{start[row]} >> kTimeStepShift;
    code[ContactCode::kEvent] = ContactCode::Event(
        first - newest_, (int64_t{last[row]} >> kTimeStepShift) - first,
        recurs[row] != 0);
  }
  code[ContactCode::kAge] = AgeByte::Of(common.fresh[row], newest_);
  return code;
}

void ContactColumns::Seal() {
  newest_ = AgeByte::Newest(common.Freshest());
  planes_.Build(rows(), [this](uint32_t row) { return CodeOf(row); });
  lists_.shrink_to_fit();
  grid_.Build(common.point, [this](uint32_t row) { return contact_type[row]; });
}

int64_t ContactColumns::Bytes() const {
  return common.Bytes() + BytesOf(contact_type) + BytesOf(youngest) +
         BytesOf(oldest) + BytesOf(start) + BytesOf(last) + BytesOf(recurs) +
         BytesOf(step_free) + BytesOf(begin_) + BytesOf(topic_count_) +
         BytesOf(hook_count_) + BytesOf(lists_) + planes_.Bytes() +
         grid_.Bytes();
}

}  // namespace heimweg::matching
