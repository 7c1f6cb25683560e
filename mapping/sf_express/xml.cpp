// SPDX-License-Identifier: Apache-2.0
#include "mapping/sf_express/xml.hpp"

#include <Poco/Exception.h>
#include <Poco/SAX/Attributes.h>
#include <Poco/SAX/DefaultHandler.h>
#include <Poco/SAX/SAXParser.h>

#include <algorithm>
#include <optional>

namespace weir::mapping::sf_express {
namespace {

using Poco::XML::XMLChar;
using Poco::XML::XMLString;

/// Builds the tree. Nothing is thrown from here, since it is called through C: what goes beyond a
/// limit is left out, and said at the end.
class TreeBuilder final : public Poco::XML::DefaultHandler {
 public:
  void startElement(const XMLString& /*uri*/, const XMLString& /*local_name*/,
                    const XMLString& qname, const Poco::XML::Attributes& attributes) override {
    ++depth_;
    if (depth_ > kMaxXmlDepth || ++elements_ > kMaxXmlElements) excessive_ = true;
    if (excessive_) return;
    XmlElement element;
    element.name = qname;
    for (int i = 0; i < attributes.getLength(); ++i) {
      element.attributes.emplace_back(attributes.getQName(i), attributes.getValue(i));
    }
    open_.push_back(std::move(element));
  }

  void endElement(const XMLString& /*uri*/, const XMLString& /*local_name*/,
                  const XMLString& /*qname*/) override {
    --depth_;
    if (excessive_) return;
    XmlElement element = std::move(open_.back());
    open_.pop_back();
    if (open_.empty()) {
      root_ = std::move(element);
    } else {
      open_.back().children.push_back(std::move(element));
    }
  }

  void characters(const XMLChar text[], int start, int length) override {
    if (excessive_ || open_.empty()) return;
    open_.back().text.append(text + start, static_cast<std::size_t>(length));
  }

  [[nodiscard]] Result<XmlElement> Take() {
    if (excessive_)
      return Fail(ErrorKind::kMalformed, "The XML is too deep or has too many parts.");
    if (!root_) return Fail(ErrorKind::kMalformed, "The XML has no root.");
    return std::move(*root_);
  }

 private:
  std::size_t depth_ = 0;
  std::size_t elements_ = 0;
  bool excessive_ = false;
  std::vector<XmlElement> open_;
  std::optional<XmlElement> root_;
};

}  // namespace

Result<XmlElement> ParseXml(std::string_view text) {
  if (text.size() > kMaxXmlBytes) {
    return Fail(ErrorKind::kMalformed, "An XML text is larger than 1 MiB.");
  }
  // Other encodings than UTF-8 in which these words could hide have zero bytes in them.
  if (text.find('\0') != std::string_view::npos || text.contains("<!DOCTYPE") ||
      text.contains("<!ENTITY")) {
    return Fail(ErrorKind::kMalformed, "The XML brings a document type or zero bytes.");
  }
  try {
    TreeBuilder builder;
    Poco::XML::SAXParser parser;
    parser.setFeature(Poco::XML::XMLReader::FEATURE_NAMESPACES, false);
    parser.setFeature(Poco::XML::XMLReader::FEATURE_EXTERNAL_GENERAL_ENTITIES, false);
    parser.setFeature(Poco::XML::XMLReader::FEATURE_EXTERNAL_PARAMETER_ENTITIES, false);
    parser.setContentHandler(&builder);
    parser.parseMemoryNP(text.data(), text.size());
    return builder.Take();
  } catch (const Poco::Exception&) {
    return Fail(ErrorKind::kMalformed, "The text is no XML.");
  }
}

const XmlElement* ChildOf(const XmlElement& element, std::string_view name) {
  const auto found = std::ranges::find(element.children, name, &XmlElement::name);
  return found == element.children.end() ? nullptr : &*found;
}

}  // namespace weir::mapping::sf_express
