// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

namespace weir::net {

/// A fresh self-signed certificate and its key in a folder of their own, gone with this object.
class TestCertificate {
 public:
  /// `subject` as OpenSSL writes alternative names: "IP:127.0.0.1" or "DNS:example.com".
  explicit TestCertificate(const std::string& subject);
  ~TestCertificate();
  TestCertificate(const TestCertificate&) = delete;
  TestCertificate& operator=(const TestCertificate&) = delete;

  [[nodiscard]] std::string certificate() const { return folder_ / "certificate.pem"; }
  [[nodiscard]] std::string key() const { return folder_ / "key.pem"; }

 private:
  std::filesystem::path folder_;
};

}  // namespace weir::net
