/// Text from bytes that may not be UTF-8.
package enum UTF8Text {
  /// The text, or nil where the bytes are not UTF-8. ASCII, the usual case, takes a short way.
  package static func read(_ bytes: ArraySlice<UInt8>) -> String? {
    bytes.withUnsafeBufferPointer { buffer in
      var bits: UInt8 = 0
      for byte in buffer { bits |= byte }
      return bits < 0x80
        ? String(decoding: buffer, as: UTF8.self) : String(validating: buffer, as: UTF8.self)
    }
  }

  /// Whether bytes are UTF-8.
  static func isOne(_ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBufferPointer { buffer in
      var bits: UInt8 = 0
      for byte in buffer { bits |= byte }
      return bits < 0x80 || String(validating: buffer, as: UTF8.self) != nil
    }
  }
}
