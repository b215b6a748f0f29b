/// Cairo's SVG, completed: ids that depend on the figure alone, a title and a description.
///
/// Cairo counts surfaces per process, and its ids with them, so that the second of two equal
/// figures would differ from the first. Ids also carry a prefix made from the content, so that
/// several figures can stand in one web page.
struct SVGDocument {
  private let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The document with its ids renumbered in order of appearance and metadata put in.
  func annotated(with metadata: FigureMetadata) -> [UInt8] {
    let names = ids()
    let neutral = renumbered(names, prefix: "i")
    let prefix = "f" + SVGDocument.shortHash(neutral) + "-"
    let result = renumbered(names, prefix: prefix)
    return SVGDocument.insert(metadata, into: result, prefix: prefix)
  }

  private static let idAttribute = Array(" id=\"".utf8)
  private static let references = [Array("href=\"#".utf8), Array("url(#".utf8)]

  /// The ids that the document defines, in order.
  private func ids() -> [ArraySlice<UInt8>: Int] {
    var names: [ArraySlice<UInt8>: Int] = [:]
    var index = 0
    while index < bytes.count {
      guard bytes[index] == UInt8(ascii: " "), bytes[index...].starts(with: Self.idAttribute)
      else {
        index += 1
        continue
      }
      let start = index + Self.idAttribute.count
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\"")) ?? bytes.endIndex
      if names[bytes[start..<end]] == nil { names[bytes[start..<end]] = names.count }
      index = end
    }
    return names
  }

  /// The document with the n-th id and all references to it called prefix and n.
  private func renumbered(_ names: [ArraySlice<UInt8>: Int], prefix: String) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + bytes.count / 8)
    let openers = [Self.idAttribute] + Self.references
    let starts = Set(openers.compactMap(\.first))
    var index = 0
    while index < bytes.count {
      guard starts.contains(bytes[index]),
        let opener = openers.first(where: { bytes[index...].starts(with: $0) })
      else {
        result.append(bytes[index])
        index += 1
        continue
      }
      result += opener
      let start = index + opener.count
      let end =
        bytes[start...].firstIndex { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: ")") }
        ?? bytes.endIndex
      if let number = names[bytes[start..<end]] {
        result += Array("\(prefix)\(number)".utf8)
      } else {
        result += bytes[start..<end]
      }
      index = end
    }
    return result
  }

  /// Puts title, description and properties first inside the root element.
  private static func insert(
    _ metadata: FigureMetadata, into bytes: [UInt8], prefix: String
  ) -> [UInt8] {
    guard let root = bytes.firstIndex(of: Array("<svg".utf8)),
      let close = bytes[root...].firstIndex(of: UInt8(ascii: ">"))
    else { return bytes }
    var head = "\n<title id=\"\(prefix)title\">\(escaped(metadata.title))</title>\n"
    var labels = "\(prefix)title"
    if !metadata.description.isEmpty {
      head += "<desc id=\"\(prefix)desc\">\(escaped(metadata.description))</desc>\n"
      labels += " \(prefix)desc"
    }
    if !metadata.properties.isEmpty {
      let items = metadata.properties.map { "\($0.key)=\($0.value)" }
      head += "<metadata>\(escaped(items.joined(separator: "; ")))</metadata>"
    }
    let attributes = Array(" role=\"img\" aria-labelledby=\"\(labels)\"".utf8)
    return bytes[..<close] + attributes + [UInt8(ascii: ">")] + Array(head.utf8)
      + bytes[(close + 1)...]
  }

  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\n": result += "\n"
      case _ where scalar.value < 0x20 || (0xFFFE...0xFFFF).contains(scalar.value): result += " "
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// Eight hexadecimal digits that change with the content (FNV-1a, folded).
  private static func shortHash(_ bytes: [UInt8]) -> String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    let digits = String(UInt32(truncatingIfNeeded: hash ^ (hash >> 32)), radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }
}

extension [UInt8] {
  /// Where the needle first begins.
  fileprivate func firstIndex(of needle: [UInt8]) -> Int? {
    guard let first = needle.first else { return startIndex }
    var index = startIndex
    while let found = self[index...].firstIndex(of: first) {
      if self[found...].starts(with: needle) { return found }
      index = found + 1
    }
    return nil
  }
}
