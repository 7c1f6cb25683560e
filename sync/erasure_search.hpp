// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "mapping/mapped.hpp"
#include "storage/refusals.hpp"
#include "storage/storage.hpp"
#include "sync/mappers.hpp"

/// Finding all that is known of a customer who is to be forgotten.
namespace weir::sync {

/// Where it stands: ids and numbers, and nothing that names the customer.
struct ErasureTarget {
  std::string merchant;
  std::set<std::string> orders;         ///< Their ids.
  std::set<std::string> reviews{};      ///< The same.
  std::set<storage::Position> entries;  ///< Of the journal.
  std::set<std::uint64_t> refusals;     ///< Their numbers.
  friend bool operator==(const ErasureTarget&, const ErasureTarget&) = default;
};

[[nodiscard]] std::string EncodeTarget(const ErasureTarget& target);
[[nodiscard]] Result<ErasureTarget> DecodeTarget(std::string_view text);

/// The journal's line of what was done: it names orders, and no person.
[[nodiscard]] storage::NewEntry ErasureEntry(const ErasureTarget& target, Instant now);

/// A phone number without its country code, blanks and dashes; empty when it is none, or masked.
[[nodiscard]] std::string PlainPhone(std::string_view text);

/// One search. Reads only, and reads everything: whole lists and the whole journal.
class ErasureSearch {
 public:
  /// Both outlive this. `target` is what is known already; the merchant at least.
  ErasureSearch(storage::Storage& storage, const Mappers& mappers, ErasureTarget target);

  void AddOrder(std::string id);
  /// One that names no order, as those of some platforms do.
  void AddReview(std::string id);
  /// Every order whose customer has this number, which PlainPhone gave.
  void AddPhone(std::string phone);

  /// Looks for the orders, for the reviews of them, and for the entries that tell of either.
  /// kNotFound when one that was named is nowhere.
  boost::asio::awaitable<Result<void>> Run();
  /// After Run: an entry that lies beside the journal.
  void Consider(const storage::Entry& entry);
  /// After Run: the refused pushes that tell of them.
  boost::asio::awaitable<Result<void>> SearchRefusals(storage::Refusals& refusals);

  [[nodiscard]] const ErasureTarget& target() const { return target_; }
  /// Other orders' and reviews' entries that hold the phone number, by id: not part of the target.
  [[nodiscard]] const std::map<std::string, storage::Position>& mentions() const {
    return mentions_;
  }

 private:
  boost::asio::awaitable<Result<void>> FindByPhone();
  boost::asio::awaitable<Result<void>> LearnOrders();
  boost::asio::awaitable<Result<void>> FindReviews();
  boost::asio::awaitable<Result<void>> LearnReviews();
  boost::asio::awaitable<Result<void>> ScanJournal();
  void Learn(const std::string& number);
  void ConsiderFacts(const storage::Entry& entry, bool told);
  /// Whether they are about the target; what of it they are the first to tell is added to it.
  bool ConsiderOrder(const model::OrderFacts& facts);
  bool ConsiderReview(const model::ReviewFacts& facts);
  [[nodiscard]] std::string OrderOf(const model::OrderFacts& facts) const;
  [[nodiscard]] bool IsPhone(std::string_view phone) const;
  /// Whether the text holds a number that stands for the target.
  [[nodiscard]] bool Mentions(std::string_view text) const;

  storage::Storage& storage_;
  const Mappers& mappers_;
  ErasureTarget target_;
  std::set<std::string> phones_;
  std::set<std::string> learnt_;  ///< Orders and reviews that were looked up.
  std::set<std::string>
      missing_;  ///< Those that are neither in the view nor, so far, in the journal.
  std::set<std::string> words_;  ///< Numbers that stand for the target.
  bool unsure_ = false;          ///< A number of the target tells nothing: every entry is mapped.
  std::map<std::string, std::string> displays_;  ///< Other numbers of orders, to their ids.
  std::set<std::uint64_t> trail_;                ///< Entries that touched the orders.
  std::map<std::string, storage::Position> mentions_;
};

}  // namespace weir::sync
