/// The scalars of one TensorBoard event (tensorflow/core/util/event.proto).
struct ScalarEvent {
  var step: Int64 = 0
  var scalars: [(tag: String, value: Double)] = []

  /// Reads an event; nil where the bytes are not one.
  init?(_ bytes: ArraySlice<UInt8>) {
    var fields = WireReader(bytes)
    while let (number, field) = fields.next() {
      switch (number, field) {
      case (2, .varint(let step)): self.step = Int64(bitPattern: step)
      case (5, .bytes(let summary)): guard readSummary(summary) else { return nil }
      default: break
      }
    }
    guard !fields.isMalformed else { return nil }
  }

  private mutating func readSummary(_ bytes: ArraySlice<UInt8>) -> Bool {
    var fields = WireReader(bytes)
    while let (number, field) = fields.next() {
      guard number == 1, case .bytes(let value) = field else { continue }
      guard readValue(value) else { return false }
    }
    return !fields.isMalformed
  }

  /// Reads a `Summary.Value`: `simple_value` as the older writers use, or a tensor of rank 0.
  private mutating func readValue(_ bytes: ArraySlice<UInt8>) -> Bool {
    var tag: String?
    var value: Double?
    var fields = WireReader(bytes)
    while let (number, field) = fields.next() {
      switch (number, field) {
      case (1, .bytes(let text)): tag = UTF8Text.read(text)
      case (2, .fixed32(let bits)): value = Self.shortest(Float(bitPattern: bits))
      case (8, .bytes(let tensor)): value = value ?? Self.scalar(tensor)
      default: break
      }
    }
    guard !fields.isMalformed else { return false }
    if let tag, let value, !tag.isEmpty, !tag.utf8.contains(0) { scalars.append((tag, value)) }
    return true
  }

  /// The number in a `TensorProto` of rank 0; nil for images, texts, histograms and the like.
  private static func scalar(_ bytes: ArraySlice<UInt8>) -> Double? {
    var type: UInt64 = 0
    var isScalar = true
    var content: ArraySlice<UInt8>?
    var listed: [Double] = []
    var fields = WireReader(bytes)
    while let (number, field) = fields.next() {
      switch (number, field) {
      case (1, .varint(let value)): type = value
      case (2, .bytes(let shape)): isScalar = !hasDimensions(shape)
      case (4, .bytes(let bytes)): content = bytes
      case (5, .fixed32(let bits)): listed.append(shortest(Float(bitPattern: bits)))
      case (6, .fixed64(let bits)): listed.append(Double(bitPattern: bits))
      case (5, .bytes(let packed)) where packed.count == 4:
        listed.append(number32(packed))
      case (6, .bytes(let packed)) where packed.count == 8:
        listed.append(Double(bitPattern: WireReader.number(packed)))
      case (7, .varint(let value)), (10, .varint(let value)):
        listed.append(Double(Int64(bitPattern: value)))
      case (7, .bytes(let packed)), (10, .bytes(let packed)):
        if let value = WireReader.single(packed) {
          listed.append(Double(Int64(bitPattern: value)))
        }
      default: break
      }
    }
    guard !fields.isMalformed, isScalar else { return nil }
    guard let content, !content.isEmpty else { return listed.count == 1 ? listed[0] : nil }
    let bits = WireReader.number(content.prefix(8))
    switch (type, content.count) {
    case (1, 4): return number32(content)
    case (2, 8): return Double(bitPattern: bits)
    case (3, 4): return Double(Int32(truncatingIfNeeded: bits))
    case (9, 8): return Double(Int64(bitPattern: bits))
    case (14, 2): return shortest(Float(bitPattern: UInt32(truncatingIfNeeded: bits) << 16))
    case (19, 2): return half(UInt16(truncatingIfNeeded: bits))
    default: return nil
    }
  }

  private static func hasDimensions(_ shape: ArraySlice<UInt8>) -> Bool {
    var fields = WireReader(shape)
    while let (number, _) = fields.next() {
      if number == 2 { return true }
    }
    return fields.isMalformed
  }

  private static func number32(_ bytes: ArraySlice<UInt8>) -> Double {
    shortest(Float(bitPattern: UInt32(truncatingIfNeeded: WireReader.number(bytes))))
  }

  /// The double of the shortest decimal that names the float: 2.3, not 2.299999952316284.
  ///
  /// The two are the same float; the shorter is what the trainer logged, and what the same run's
  /// other logs say.
  private static func shortest(_ value: Float) -> Double {
    guard value.isFinite, value.magnitude < 1e16, value != value.rounded() else {
      return Double(value)
    }
    return Double(value.description) ?? Double(value)
  }

  /// IEEE 754 half precision, which Swift lacks on some platforms.
  private static func half(_ bits: UInt16) -> Double {
    let sign: Double = bits >> 15 == 1 ? -1 : 1
    let exponent = Int(bits >> 10 & 0x1F)
    let fraction = Double(bits & 0x3FF) / 1_024
    switch exponent {
    case 0: return sign * fraction * 0x1p-14
    case 31: return fraction == 0 ? sign * .infinity : .nan
    default:
      return sign * (1 + fraction) * Double(sign: .plus, exponent: exponent - 15, significand: 1)
    }
  }
}
