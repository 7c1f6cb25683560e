// SPDX-License-Identifier: Apache-2.0
#include "net/beast_transport.hpp"

#include <gmock/gmock.h>

#include <optional>

#include "net/url.hpp"
#include "tests/net/certificate.hpp"
#include "tests/net/gzip_text.hpp"
#include "tests/net/server_fixture.hpp"

namespace weir::net {
namespace {

using std::chrono::seconds;
using testing::HasSubstr;

class BeastTransportTest : public ServerFixture {
 protected:
  void Open() { transport_ = std::make_unique<BeastTransport>(transport_options_, clock_, timer_); }

  std::string UrlOf(std::string path) {
    return "http://127.0.0.1:" + std::to_string(server_->port()) + path;
  }

  Result<Response> Send(std::string method, std::string url, std::string body = {}) {
    Request request{.method = std::move(method),
                    .target = std::move(url),
                    .headers = {},
                    .body = std::move(body)};
    request.headers.Add("X-Key", "1");
    if (may_be_packed_) request.headers.Add("Accept-Encoding", "gzip");
    return Await(io_, transport_->Send(std::move(request), seconds(10)));
  }

  void TearDown() override {
    transport_.reset();
    ServerFixture::TearDown();
  }

  BeastTransportOptions transport_options_;
  std::unique_ptr<BeastTransport> transport_;
  bool may_be_packed_ = false;
};

class PlainTransportTest : public BeastTransportTest {
 protected:
  PlainTransportTest() {
    options_.limits.message.body_bytes = 1024 * 1024;
    Start();
    Open();
  }

  /// 127.0.0.1 written so that only a resolver reads it: needs neither a hosts file nor a network.
  std::string UrlOfLoopbackName() const {
    return "http://127.1:" + std::to_string(server_->port()) + "/a";
  }
};

TEST_F(PlainTransportTest, SendsARequestAndReadsTheAnswer) {
  const auto answer = Send("POST", UrlOf("/a?b=c"), "body");
  ASSERT_TRUE(answer.has_value()) << answer.error().message;
  EXPECT_EQ(answer->status, 200U);
  EXPECT_EQ(answer->body, "POST /a?b=c body");
  EXPECT_EQ(answer->content_type, "text/plain");
  EXPECT_EQ(requests_.at(0).headers.Find("X-Key"), "1");
  EXPECT_EQ(requests_.at(0).headers.Find("Host"), ParseUrl(UrlOf("/"))->authority());
}

TEST_F(PlainTransportTest, ReusesTheConnection) {
  for (int i = 0; i < 3; ++i) {
    EXPECT_TRUE(Send("POST", UrlOf("/a"), "x").has_value());
  }
  EXPECT_EQ(server_->counters().accepted, 1U);
}

TEST_F(PlainTransportTest, SendsALargeBody) {
  const std::string body(500'000, 'x');
  EXPECT_EQ(Send("POST", UrlOf("/a"), body)->body, "POST /a " + body);
}

TEST_F(PlainTransportTest, ReadsARefusalOfALargeBody) {
  const auto answer = Send("POST", UrlOf("/a"), std::string(8'000'000, 'x'));
  // The refusal is on its way while the rest of the body is still being sent.
  ASSERT_TRUE(answer.has_value()) << answer.error().message;
  EXPECT_EQ(answer->status, 413U);
}

TEST_F(PlainTransportTest, ReadsAnswersWithoutABody) {
  EXPECT_EQ(Send("GET", UrlOf("/empty"))->status, 204U);
  EXPECT_EQ(Send("HEAD", UrlOf("/a"))->body, "");
  EXPECT_TRUE(Send("GET", UrlOf("/a")).has_value());
  EXPECT_EQ(server_->counters().accepted, 1U);
}

TEST_F(PlainTransportTest, RefusesAnAnswerThatIsTooLarge) {
  EXPECT_EQ(Send("GET", UrlOf("/large")).error().kind, ErrorKind::kMalformed);
}

TEST_F(PlainTransportTest, OpensANewConnectionForOneThatWasIdleTooLong) {
  EXPECT_TRUE(Send("POST", UrlOf("/a"), "x").has_value());
  clock_.Advance(transport_options_.idle);
  EXPECT_TRUE(Send("POST", UrlOf("/a"), "x").has_value());
  EXPECT_EQ(server_->counters().accepted, 2U);
}

TEST_F(PlainTransportTest, NoticesAClosedConnection) {
  EXPECT_TRUE(Send("POST", UrlOf("/a"), "x").has_value());
  while (server_->counters().active > 0) {  // the server ends the idle connection
    io_.restart();
    io_.poll();
    timer_.Advance(seconds(1));
  }
  transport_ = std::make_unique<BeastTransport>(transport_options_, clock_, timer_);
  EXPECT_TRUE(Send("POST", UrlOf("/a"), "x").has_value());
}

TEST_F(PlainTransportTest, TellsWhenNobodyListens) {
  const auto answer = Send("GET", "http://127.0.0.1:1/");
  EXPECT_EQ(answer.error().kind, ErrorKind::kTransport);
  EXPECT_THAT(answer.error().message, HasSubstr("http://127.0.0.1:1"));
}

TEST_F(PlainTransportTest, RefusesWhatIsNoUrl) {
  EXPECT_EQ(Send("GET", "/relative").error().kind, ErrorKind::kMalformed);
}

TEST_F(PlainTransportTest, GivesUpInTime) {
  const auto begin = clock_.Monotonic();
  const auto answer =
      Await(io_, transport_->Send({.target = UrlOf("/wait")}, seconds(10)), &timer_);
  EXPECT_EQ(answer.error().kind, ErrorKind::kTransport);
  EXPECT_LT(clock_.Monotonic() - begin, seconds(12));
}

TEST_F(PlainTransportTest, AsksThePolicyAboutTheAddress) {
  transport_options_.allow = IsPublicAddress;
  Open();
  const auto literal = Send("GET", UrlOf("/a"));
  EXPECT_EQ(literal.error().kind, ErrorKind::kRejected);
  const auto name = Send("GET", UrlOfLoopbackName());
  EXPECT_EQ(name.error().kind, ErrorKind::kRejected);
  EXPECT_EQ(server_->counters().accepted, 0U);
}

TEST_F(PlainTransportTest, ResolvesNames) {
  const auto answer = Send("GET", UrlOfLoopbackName());
  ASSERT_TRUE(answer.has_value()) << answer.error().message;
  EXPECT_EQ(answer->status, 200U);
}

/// A server that follows a script: on each connection it reads a request, then writes its text and
/// closes.
class ScriptedServer {
 public:
  ScriptedServer(boost::asio::io_context& io, std::vector<std::string> answers)
      : acceptor_(io, {boost::asio::ip::address_v4::loopback(), 0}) {
    boost::asio::co_spawn(io, Serve(this, std::move(answers)), [](const std::exception_ptr&) {});
  }

  [[nodiscard]] std::string url() const {
    return "http://127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port()) + "/";
  }
  [[nodiscard]] int requests() const { return requests_; }

 private:
  /// One list element is one connection; answers to its requests are parted by '|', and a last
  /// request stays unanswered after a trailing one.
  static boost::asio::awaitable<void> Serve(ScriptedServer* self,
                                            std::vector<std::string> answers) {
    for (std::string text : answers) {
      auto [error, socket] = co_await self->acceptor_.async_accept(kAwait);
      while (!error) {
        std::string request(4096, '\0');
        const auto [broken, count] =
            co_await socket.async_read_some(boost::asio::buffer(request), kAwait);
        if (broken) {
          break;
        }
        ++self->requests_;
        const auto end = text.find('|');
        const std::string answer = text.substr(0, end);
        if (!answer.empty()) {
          co_await boost::asio::async_write(socket, boost::asio::buffer(answer), kAwait);
        }
        if (end == std::string::npos) {
          break;
        }
        text.erase(0, end + 1);
      }
    }
  }

  boost::asio::ip::tcp::acceptor acceptor_;
  int requests_ = 0;
};

class ScriptedServerTest : public BeastTransportTest {
 protected:
  ScriptedServerTest() { Open(); }
};

const std::string kOk = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

TEST_F(ScriptedServerTest, RepeatsAGetOnADeadPooledConnection) {
  const ScriptedServer server(io_, {kOk + "|", kOk});
  EXPECT_EQ(Send("GET", server.url())->body, "ok");
  EXPECT_EQ(Send("GET", server.url())->body, "ok");
  EXPECT_EQ(server.requests(), 3);
}

TEST_F(ScriptedServerTest, NeverRepeatsAPost) {
  const ScriptedServer server(io_, {kOk + "|", kOk});
  EXPECT_EQ(Send("POST", server.url(), "x")->body, "ok");
  EXPECT_EQ(Send("POST", server.url(), "x").error().kind, ErrorKind::kTransport);
  EXPECT_EQ(server.requests(), 2);
}

TEST_F(ScriptedServerTest, RepeatsAPostThatIsMarkedIdempotent) {
  const ScriptedServer server(io_, {kOk + "|", kOk});
  EXPECT_EQ(Send("POST", server.url(), "x")->body, "ok");
  const Request request{
      .method = "POST", .target = server.url(), .headers = {}, .body = "x", .idempotent = true};
  EXPECT_EQ(Await(io_, transport_->Send(request, seconds(10)))->body, "ok");
  EXPECT_EQ(server.requests(), 3);
}

TEST_F(ScriptedServerTest, DoesNotRepeatOnAFreshConnection) {
  const ScriptedServer server(io_, {"", kOk});
  EXPECT_EQ(Send("GET", server.url()).error().kind, ErrorKind::kTransport);
  EXPECT_EQ(server.requests(), 1);
}

TEST_F(ScriptedServerTest, DoesNotRepeatOnceAnAnswerBegan) {
  const ScriptedServer server(io_, {kOk + "|HTTP/1.1 200 OK\r\n", kOk});
  EXPECT_TRUE(Send("GET", server.url()).has_value());
  EXPECT_EQ(Send("GET", server.url()).error().kind, ErrorKind::kTransport);
  EXPECT_EQ(server.requests(), 2);
}

TEST_F(ScriptedServerTest, ReadsUntilTheEndWithoutALength) {
  const ScriptedServer server(io_, {"HTTP/1.1 200 OK\r\n\r\nall of it"});
  EXPECT_EQ(Send("GET", server.url())->body, "all of it");
}

TEST_F(ScriptedServerTest, ReadsAChunkedAnswer) {
  const ScriptedServer server(
      io_, {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"});
  EXPECT_EQ(Send("GET", server.url())->body, "abc");
}

TEST_F(ScriptedServerTest, UnpacksAGzipAnswer) {
  may_be_packed_ = true;
  const std::string packed = Gzip("unpacked");
  const std::string head = "HTTP/1.1 200 OK\r\nContent-Encoding: GZIP\r\nContent-Length: ";
  const ScriptedServer server(io_, {head + std::to_string(packed.size()) + "\r\n\r\n" + packed,
                                    head + "5\r\n\r\nplain", head + "0\r\n\r\n"});
  EXPECT_EQ(Send("GET", server.url())->body, "unpacked");
  EXPECT_EQ(Send("GET", server.url()).error().kind, ErrorKind::kMalformed);
  EXPECT_EQ(Send("GET", server.url())->body, "");
}

TEST_F(ScriptedServerTest, LeavesAnAnswerPackedThatNobodyAskedToPack) {
  const ScriptedServer server(
      io_, {"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\nplain"});
  EXPECT_EQ(Send("GET", server.url())->body, "plain");
}

TEST_F(ScriptedServerTest, PassesInterimAnswersOver) {
  const ScriptedServer server(
      io_, {"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + kOk});
  const auto answer = Send("POST", server.url(), "x");
  EXPECT_EQ(answer->status, 200U);
  EXPECT_EQ(answer->headers.Find("Link"), "");
}

TEST_F(ScriptedServerTest, DoesNotFollowRedirects) {
  const ScriptedServer server(
      io_, {"HTTP/1.1 302 Found\r\nLocation: http://10.0.0.1/\r\nContent-Length: 0\r\n\r\n"});
  const auto answer = Send("GET", server.url());
  EXPECT_EQ(answer->status, 302U);
  EXPECT_EQ(answer->headers.Find("location"), "http://10.0.0.1/");
}

TEST_F(ScriptedServerTest, ReportsCutAndMalformedAnswers) {
  const ScriptedServer server(io_,
                              {"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc", "nonsense\r\n",
                               "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n",
                               "HTTP/1.1 200 OK\r\nX: " + std::string(60'000, 'x')});
  EXPECT_EQ(Send("GET", server.url()).error().kind, ErrorKind::kTransport);
  EXPECT_EQ(Send("GET", server.url()).error().kind, ErrorKind::kMalformed);
  EXPECT_EQ(Send("GET", server.url()).error().kind, ErrorKind::kMalformed);
  EXPECT_EQ(Send("GET", server.url()).error().kind, ErrorKind::kMalformed);
}

TEST_F(ScriptedServerTest, DoesNotReuseAConnectionThatSaidTooMuch) {
  const ScriptedServer server(io_, {kOk + kOk + "|", kOk});
  EXPECT_TRUE(Send("GET", server.url()).has_value());
  EXPECT_TRUE(Send("GET", server.url()).has_value());
  EXPECT_EQ(server.requests(), 2);
}

class TlsTest : public BeastTransportTest {
 protected:
  void StartTls(const std::string& subject) {
    certificate_.emplace(subject);
    options_.tls_certificate = certificate_->certificate();
    options_.tls_key = certificate_->key();
    Start();
  }
  std::string SecureUrl(std::string path) {
    return "https://127.0.0.1:" + std::to_string(server_->port()) + path;
  }

  std::optional<TestCertificate> certificate_;
};

TEST_F(TlsTest, SpeaksTlsBothWays) {
  StartTls("IP:127.0.0.1");
  transport_options_.authorities = certificate_->certificate();
  Open();
  const std::string body(200'000, 'x');
  for (int i = 0; i < 3; ++i) {
    const auto answer = Send("POST", SecureUrl("/a"), body);
    ASSERT_TRUE(answer.has_value()) << answer.error().message;
    EXPECT_EQ(answer->body, "POST /a " + body);
  }
  EXPECT_EQ(server_->counters().accepted, 1U);
}

TEST_F(TlsTest, RefusesACertificateForAnotherName) {
  StartTls("DNS:example.com");
  transport_options_.authorities = certificate_->certificate();
  Open();
  const auto answer = Send("GET", SecureUrl("/a"));
  EXPECT_EQ(answer.error().kind, ErrorKind::kTransport);
  EXPECT_THAT(answer.error().message, HasSubstr("certificate"));
  EXPECT_TRUE(requests_.empty());
}

TEST_F(TlsTest, RefusesAnUnknownAuthority) {
  StartTls("IP:127.0.0.1");
  const TestCertificate other("IP:127.0.0.1");
  transport_options_.authorities = other.certificate();
  Open();
  EXPECT_EQ(Send("GET", SecureUrl("/a")).error().kind, ErrorKind::kTransport);
  EXPECT_TRUE(requests_.empty());
}

TEST_F(TlsTest, CutsOffWhoNeverShakesHands) {
  StartTls("IP:127.0.0.1");
  const auto begin = clock_.Monotonic();
  EXPECT_EQ(TalkSlowly({}), "");
  EXPECT_GE(clock_.Monotonic() - begin, seconds(10));
  EXPECT_LT(clock_.Monotonic() - begin, seconds(60));
}

TEST_F(TlsTest, AnswersNobodyWithoutTls) {
  StartTls("IP:127.0.0.1");
  const std::string answer = Talk({{"GET /a HTTP/1.1\r\nHost: h\r\n\r\n", "HTTP"}});
  EXPECT_EQ(Statuses(answer), "");
  EXPECT_TRUE(requests_.empty());
}

TEST_F(TlsTest, SaysWhichFileItCannotUse) {
  options_.tls_certificate = "/nonexistent/certificate.pem";
  try {
    Start();
    FAIL() << "started without its certificate";
  } catch (const std::runtime_error& failure) {
    EXPECT_THAT(failure.what(), HasSubstr("/nonexistent/certificate.pem"));
  }
}

}  // namespace
}  // namespace weir::net
