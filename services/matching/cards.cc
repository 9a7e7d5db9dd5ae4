#include "services/matching/cards.h"

#include "absl/hash/hash.h"
#include "heimweg/matching/v1/match.pb.h"
#include "services/matching/field_writer.h"

namespace heimweg::matching {
namespace {

void AppendText(absl::string_view text, std::string& texts) {
  size_t size = text.size();
  while (size >= 0x80) {
    texts.push_back(static_cast<char>(size | 0x80));
    size >>= 7;
  }
  texts.push_back(static_cast<char>(size));
  texts.append(text.data(), text.size());
}

absl::string_view TakeText(const char*& at) {
  size_t size = 0;
  for (int shift = 0;; shift += 7) {
    const auto byte = static_cast<unsigned char>(*at++);
    size |= static_cast<size_t>(byte & 0x7f) << shift;
    if (byte < 0x80) break;
  }
  const absl::string_view text(at, size);
  at += size;
  return text;
}

}  // namespace

void Cards::Append(const Card& card) {
  offsets_.push_back(static_cast<uint32_t>(texts_.size()));
  AppendText(card.name, texts_);
  FieldWriter fields;
  fields.Text(v1::OfferCard::kTitleFieldNumber, card.title);
  fields.Text(v1::OfferCard::kMunicipalityFieldNumber, card.municipality);
  fields.Text(v1::OfferCard::kPostalCodeFieldNumber, card.postal_code);
  fields.Text(v1::OfferCard::kOrganizationFieldNumber, card.organization);
  texts_.append(fields.bytes().data(), fields.bytes().size());
}

void Cards::Seal() {
  texts_.shrink_to_fit();
  offsets_.shrink_to_fit();
  // Three quarters full: short probes at 5.3 bytes a row.
  slots_.assign(offsets_.size() * 4 / 3 + 1, 0);
  for (uint32_t row = 0; row < rows(); ++row) {
    size_t slot = SlotOf(NameAt(row));
    while (slots_[slot] != 0) slot = slot + 1 == slots_.size() ? 0 : slot + 1;
    slots_[slot] = row + 1;
  }
}

Card Cards::At(uint32_t row) const {
  const char* at = TextsAt(row);
  const char* const end = TextsAt(row + 1);
  Card card;
  card.name = TakeText(at);
  while (at < end) {
    // A tag of one byte: these fields' numbers are below 16.
    const int field = *at++ >> 3;
    const absl::string_view text = TakeText(at);
    if (field == v1::OfferCard::kTitleFieldNumber) card.title = text;
    if (field == v1::OfferCard::kMunicipalityFieldNumber) {
      card.municipality = text;
    }
    if (field == v1::OfferCard::kPostalCodeFieldNumber) card.postal_code = text;
    if (field == v1::OfferCard::kOrganizationFieldNumber) {
      card.organization = text;
    }
  }
  return card;
}

absl::string_view Cards::NameAt(uint32_t row) const {
  const char* at = texts_.data() + offsets_[row];
  return TakeText(at);
}

absl::string_view Cards::CardFieldsAt(uint32_t row) const {
  const char* at = TextsAt(row);
  TakeText(at);
  return {at, static_cast<size_t>(TextsAt(row + 1) - at)};
}

std::optional<uint32_t> Cards::Find(absl::string_view name) const {
  if (slots_.empty()) return std::nullopt;
  size_t slot = SlotOf(name);
  while (slots_[slot] != 0) {
    if (NameAt(slots_[slot] - 1) == name) return slots_[slot] - 1;
    slot = slot + 1 == slots_.size() ? 0 : slot + 1;
  }
  return std::nullopt;
}

size_t Cards::SlotOf(absl::string_view name) const {
  const uint64_t hash = absl::Hash<absl::string_view>()(name);
  return static_cast<size_t>(((hash >> 32) * slots_.size()) >> 32);
}

int64_t Cards::Bytes() const {
  return static_cast<int64_t>(texts_.capacity() +
                              sizeof(uint32_t) *
                                  (offsets_.capacity() + slots_.capacity()));
}

}  // namespace heimweg::matching
