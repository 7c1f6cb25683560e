// SPDX-License-Identifier: Apache-2.0
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "gateway/cursor.hpp"
#include "net/query.hpp"
#include "net/router.hpp"
#include "storage/entry.hpp"

// A request's target, through all that reads one: the router, the query, positions and cursors.
namespace {

using weir::net::PathParameters;
using weir::net::Request;
using weir::net::Response;
using weir::net::Router;

boost::asio::awaitable<Response> Answer(Request, PathParameters) { co_return Response{}; }

const Router& TheRouter() {
  static const Router router = [] {
    Router made;
    for (const char* pattern :
         {"/", "/v1/orders", "/v1/orders/{id}", "/v1/orders/{id}/timeline",
          "/v1/journal/{position}/redrive", "/hooks/{connection}/{topic...}"}) {
      made.Add("GET", pattern, Answer);
    }
    return made;
  }();
  return router;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  Request request;
  request.target = text;
  boost::asio::io_context io(1);
  bool answered = false;
  boost::asio::co_spawn(io, TheRouter().Handle(request),
                        [&answered](std::exception_ptr thrown, const Response& response) {
                          answered = !thrown && response.status != 0;
                        });
  io.run();
  if (!answered) std::abort();

  const auto strict = weir::net::ParseQuery(request.query(), weir::net::Decoding::kStrict);
  const auto tolerant = weir::net::ParseQuery(request.query(), weir::net::Decoding::kTolerant);
  if (!tolerant || (strict && *strict != *tolerant)) std::abort();
  if (const auto position = weir::storage::Position::Parse(text)) {
    if (weir::storage::Position::Parse(position->ToText()) != position) std::abort();
  }
  std::ignore = weir::gateway::DecodeCursor(text, 1);
  return 0;
}
