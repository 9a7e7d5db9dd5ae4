#include "clients/importers/line_reader.h"

#include <algorithm>
#include <cstring>

namespace heimweg::importers {

LineReader::LineReader(ByteSource& source, size_t most_bytes)
    : source_(source), most_bytes_(most_bytes), block_(64 << 10, '\0') {}

absl::StatusOr<bool> LineReader::Next() {
  line_.clear();
  too_long_ = false;
  bool any = false;
  while (true) {
    if (at_ == size_) {
      const auto count = source_.Read(block_.data(), block_.size());
      if (!count.ok()) return count.status();
      at_ = 0;
      size_ = *count;
      if (size_ == 0) break;
    }
    any = true;
    const void* found = std::memchr(&block_[at_], '\n', size_ - at_);
    const size_t end =
        found == nullptr ? size_
                         : static_cast<size_t>(static_cast<const char*>(found) -
                                               block_.data());
    const size_t kept = std::min(end - at_, most_bytes_ - line_.size());
    line_.append(block_, at_, kept);
    too_long_ = too_long_ || kept < end - at_;
    at_ = end;
    if (at_ < size_) {
      ++at_;
      break;
    }
  }
  if (!any) return false;
  if (!line_.empty() && line_.back() == '\r') line_.pop_back();
  ++number_;
  return true;
}

}  // namespace heimweg::importers
