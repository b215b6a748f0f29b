/// Text from bytes that may not be UTF-8.
package enum UTF8Text {
  /// The text, or nil where the bytes are not UTF-8.
  package static func read(_ bytes: ArraySlice<UInt8>) -> String? {
    bytes.withUnsafeBufferPointer {
      isASCII($0) ? String(decoding: $0, as: UTF8.self) : String(validating: $0, as: UTF8.self)
    }
  }

  /// Whether bytes are UTF-8.
  static func isOne(_ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBufferPointer { isASCII($0) || String(validating: $0, as: UTF8.self) != nil }
  }

  /// ASCII is the usual case, and quickly told.
  private static func isASCII(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    bytes.reduce(0, |) < 0x80
  }
}
