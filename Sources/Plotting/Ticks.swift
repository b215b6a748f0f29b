/// A mark on an axis; without a label a minor one or one whose label had no room.
public struct Tick: Hashable, Sendable {
  public var value: Double
  public var label: RichText?
  public var isMajor: Bool

  public init(_ value: Double, label: RichText? = nil, isMajor: Bool = true) {
    self.value = value
    self.label = label
    self.isMajor = isMajor
  }
}

/// Where an axis puts its ticks.
public enum TickRule: Hashable, Sendable {
  /// Round numbers, as many as fit.
  case automatic
  /// These values; labels that do not fit are left out, later ones first.
  case at([Double])
  /// These values with these labels.
  case labelled([Double], [RichText])
  case none
}

extension Scale {
  /// Sets of ticks that suit the domain, from the densest to the sparsest.
  ///
  /// The layout takes the first whose labels have room.
  package func tickCandidates(in domain: ClosedRange<Double>, format: NumberFormat) -> [[Tick]] {
    switch self {
    case .linear: linearCandidates(in: domain, format: format)
    case .log10: logCandidates(in: domain, format: format)
    case .sparsity: sparsityCandidates(in: domain, format: format)
    }
  }

  // MARK: Linear

  private func linearCandidates(
    in domain: ClosedRange<Double>, format: NumberFormat
  ) -> [[Tick]] {
    let span = domain.upperBound - domain.lowerBound
    guard span > 0, span.isFinite else { return [] }
    let unit = format.unit(for: max(domain.lowerBound.magnitude, domain.upperBound.magnitude))
    let exponent = wholeNumber(decimalLogarithm(span).rounded(.down)) ?? 0
    var sets: [[Tick]] = []
    for decade in [exponent - 1, exponent, exponent + 1] {
      for multiple in [1.0, 2.0, 2.5, 5.0] {
        let step = multiple * tenToThe(decade)
        let values = multiples(of: step, in: domain)
        guard (2...9).contains(values.count) else { continue }
        // Counts may change their letter along the axis, and each is written as short as it can be.
        let decimals =
          format == .si ? nil : stepDecimals(multiple: multiple, step: step, unit: unit)
        sets.append(values.map { Tick($0, label: format.text($0, decimals: decimals)) })
      }
    }
    return sets
  }

  private func multiples(of step: Double, in domain: ClosedRange<Double>) -> [Double] {
    let tolerance = 1e-9
    guard
      let first = wholeNumber((domain.lowerBound / step - tolerance).rounded(.up)),
      let last = wholeNumber((domain.upperBound / step + tolerance).rounded(.down)),
      first <= last, last - first < 100
    else { return [] }
    return (first...last).map { Double($0) * step }
  }

  /// The decimals that tell neighbouring ticks apart.
  private func stepDecimals(multiple: Double, step: Double, unit: Double) -> Int? {
    let written = step / unit
    guard written > 0, written.isFinite else { return nil }
    let exponent = wholeNumber(decimalLogarithm(written * 1.000001).rounded(.down)) ?? 0
    let decimals = max(0, -exponent + (multiple == 2.5 ? 1 : 0))
    return decimals <= 9 ? decimals : nil
  }

  // MARK: Logarithmic

  /// Labels at these multiples of every power of ten: those that readers expect first, denser
  /// ones for when the first leave fewer than three labels.
  private static let mantissaSets: [[Double]] = [
    [1, 2, 5], [1, 3], [1], [1, 2, 3, 5], [1, 2, 3, 4, 6, 8], [1, 2, 3, 4, 5, 6, 7, 8, 9],
  ]

  private func logCandidates(in domain: ClosedRange<Double>, format: NumberFormat) -> [[Tick]] {
    guard domain.lowerBound > 0, domain.upperBound.isFinite else { return [] }
    let low = decimalLogarithm(domain.lowerBound)
    let high = decimalLogarithm(domain.upperBound)
    let decades = high - low
    guard decades > 0 else { return [] }
    let first = wholeNumber(low.rounded(.down)) ?? 0
    let last = wholeNumber(high.rounded(.up)) ?? 1
    var sets: [[Tick]] = []
    if decades < 3 {
      let candidates = Scale.mantissaSets.map { mantissas in
        (first...last).flatMap { exponent in mantissas.map { $0 * tenToThe(exponent) } }
          .filter { contains($0, domain) }
      }
      for labelled in candidates.filter({ $0.count >= 3 }) + candidates.filter({ $0.count == 2 }) {
        sets.append(logTicks(labelled, domain, first...last, stride: 1, format))
      }
      // Less than a decade often holds too few round mantissas: equal steps serve better.
      if decades < 1 {
        let linear = linearCandidates(in: domain, format: format).filter { $0.count >= 3 }
        sets = decades < 0.6 || sets.isEmpty ? linear + sets : sets + linear
      }
    } else {
      for stride in [1, 2, 3, 5, 10, 20, 50] {
        let labelled = (first...last).filter { $0.isMultiple(of: stride) }.map(tenToThe)
          .filter { contains($0, domain) }
        guard labelled.count >= 2 else { continue }
        sets.append(logTicks(labelled, domain, first...last, stride: stride, format))
      }
    }
    return sets
  }

  private func logTicks(
    _ labelled: [Double], _ domain: ClosedRange<Double>, _ decades: ClosedRange<Int>,
    stride: Int, _ format: NumberFormat
  ) -> [Tick] {
    var ticks = labelled.map { Tick($0, label: logLabel($0, among: labelled, format: format)) }
    // Where not every decade has a label, ticks within decades would be a black bar.
    let drawsMinors = stride == 1 && decades.count <= 14
    for exponent in decades {
      for mantissa in 1...9 where mantissa == 1 || drawsMinors {
        let value = Double(mantissa) * tenToThe(exponent)
        guard contains(value, domain), !labelled.contains(where: { close($0, value) }) else {
          continue
        }
        ticks.append(Tick(value, isMajor: false))
      }
    }
    return ticks.sorted { $0.value < $1.value }
  }

  /// Plain numbers where all are short to write, else powers of ten.
  private func logLabel(
    _ value: Double, among labelled: [Double], format: NumberFormat
  ) -> RichText {
    let readable = labelled.allSatisfy { (0.0009..<20_000).contains($0) }
    if format == .plain, !readable || labelled.count > 5 && labelled.contains(where: { $0 < 0.01 })
    {
      return NumberFormat.powerOfTen.text(value)
    }
    return format.text(value)
  }

  private func contains(_ value: Double, _ domain: ClosedRange<Double>) -> Bool {
    value >= domain.lowerBound * (1 - 1e-9) && value <= domain.upperBound * (1 + 1e-9)
  }

  private func close(_ a: Double, _ b: Double) -> Bool { abs(a - b) <= 1e-9 * b }

  // MARK: Sparsity

  private func sparsityCandidates(
    in domain: ClosedRange<Double>, format: NumberFormat
  ) -> [[Tick]] {
    let halvings = (0...14).map { 1 - power(2, -Double($0)) }
    let fine = [0, 0.25, 0.5, 0.625, 0.75, 0.8, 0.875, 0.9, 0.9375, 0.95, 0.975, 0.99]
    let all = [fine, halvings, stride(from: 0, to: 15, by: 2).map { halvings[$0] }]
    let sets = all.map { set in
      set.filter { $0 >= domain.lowerBound - 1e-9 && $0 <= domain.upperBound + 1e-9 }
        .map { Tick($0, label: format.text($0)) }
    }.filter { $0.count >= 2 }
    let rich = sets.filter { $0.count >= 3 }
    // A narrow range has no three of these: equal steps then.
    return rich.isEmpty ? linearCandidates(in: domain, format: format) + sets : rich
  }
}
