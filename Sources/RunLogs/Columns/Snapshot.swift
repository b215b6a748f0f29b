/// A quantity's cell in final units, and where it stands.
package struct LoggedValue: Equatable, Sendable {
  /// A number in final units; text; or what stands there in place of a number.
  package var value: Value
  /// The number of the file, as `RowPass.name(ofFile:)` takes it.
  package var file: Int
  package var line: Int?
}

/// The quantities that are numbers, each as it was logged last, at some place of a log.
///
/// One is made for each row, so it holds numbers and places in line; faults are rare.
package struct Snapshot {
  // By `Quantity.index`.
  private var numbers = SIMD8<Double>(repeating: .nan)
  private var files = SIMD8<Int32>(repeating: 0)
  private var lines = SIMD8<Int32>(repeating: -1)
  private var known: UInt8 = 0
  private var faults: [Int: Value] = [:]

  package init() {}

  /// Whether anything was logged of a quantity, be it at fault.
  package func has(_ quantity: Quantity) -> Bool { known & Self.bit(quantity) != 0 }

  /// The number of a quantity; nil where it is missing or at fault.
  package func number(_ quantity: Quantity) -> Double? {
    guard has(quantity), faults.isEmpty || faults[quantity.index] == nil else { return nil }
    return numbers[quantity.index]
  }

  package subscript(quantity: Quantity) -> LoggedValue? {
    guard has(quantity) else { return nil }
    let (index, line) = (quantity.index, lines[quantity.index])
    return LoggedValue(
      value: faults[index] ?? .number(numbers[index]), file: Int(files[index]),
      line: line < 0 ? nil : Int(line))
  }

  package mutating func set(_ quantity: Quantity, _ number: Double, _ file: Int, _ line: Int?) {
    let index = quantity.index
    Self.put(number, index, in: &numbers)
    Self.put(Int32(clamping: file), index, in: &files)
    Self.put(Int32(clamping: line ?? -1), index, in: &lines)
    known |= Self.bit(quantity)
    if !faults.isEmpty { faults[index] = nil }
  }

  /// Sets a quantity to a number, or to what stands in its place.
  package mutating func set(_ quantity: Quantity, _ value: Value, _ file: Int, _ line: Int?) {
    guard case .number(let number) = value else {
      set(quantity, .nan, file, line)
      faults[quantity.index] = value
      return
    }
    set(quantity, number, file, line)
  }

  /// Takes over what others hold.
  package mutating func take(_ others: Snapshot) {
    for quantity in Quantity.numeric where others.has(quantity) {
      let index = quantity.index
      numbers[index] = others.numbers[index]
      files[index] = others.files[index]
      lines[index] = others.lines[index]
      if !faults.isEmpty || !others.faults.isEmpty { faults[index] = others.faults[index] }
    }
    known |= others.known
  }

  /// Takes over what others hold and this one lacks.
  package mutating func fill(from others: Snapshot) {
    var all = others
    all.take(self)
    self = all
  }

  /// Writes one lane where it stands: a subscript reads all lanes back, which waits for the writes
  /// of others.
  private static func put<Lanes: SIMD>(
    _ scalar: Lanes.Scalar, _ index: Int, in lanes: inout Lanes
  ) {
    withUnsafeMutableBytes(of: &lanes) {
      $0.storeBytes(
        of: scalar, toByteOffset: index * MemoryLayout<Lanes.Scalar>.stride, as: Lanes.Scalar.self)
    }
  }

  private static func bit(_ quantity: Quantity) -> UInt8 { 1 << UInt8(quantity.index) }
}
