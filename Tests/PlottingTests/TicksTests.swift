import Plotting
import Testing

@Suite struct TicksTests {
  private func labels(
    _ axis: Axis, _ domain: ClosedRange<Double>, length: Double = 200,
    _ orientation: Orientation = .horizontal
  ) -> [String] {
    AxisLayout(
      axis, domain: domain, length: length, orientation: orientation, theme: Theme(),
      measurer: FixedMeasurer()
    ).ticks.compactMap { $0.label?.pieces.map(\.string).joined() }
  }

  @Test func linearTicksAreRoundAndEquallyWritten() {
    #expect(labels(Axis("x"), 0...1) == ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"])
    #expect(
      labels(Axis("x"), -3...3) == ["\u{2212}3", "\u{2212}2", "\u{2212}1", "0", "1", "2", "3"])
  }

  /// Where a panel is narrow its labels are fewer, and stand at even steps all the same.
  @Test(arguments: [0.95...2.95, 0.285...0.45, 1.21...1.46, 0.37...0.78, 228...251, -0.9...1.3])
  func labelsOfNarrowPanelsAreEven(domain: ClosedRange<Double>) throws {
    for length in stride(from: 50.0, through: 120, by: 5) {
      let values = labels(Axis("x"), domain, length: length).map {
        Double($0.replacing("\u{2212}", with: "-")) ?? .nan
      }
      guard values.count > 2 else { continue }
      let steps = zip(values, values.dropFirst()).map { $1 - $0 }
      #expect(steps.allSatisfy { abs($0 - steps[0]) < 1e-9 }, "\(values) at \(length)")
    }
  }

  @Test func minusZeroIsNotWritten() {
    let all = labels(Axis("x"), -0.3...0.3)
    #expect(all.contains("0.0"))
    #expect(!all.contains("\u{2212}0.0"))
  }

  @Test func logTicksOfManyDecadesArePowers() {
    let axis = Axis("C", scale: .log10, format: .powerOfTen)
    #expect(labels(axis, 1e12...1e16, length: 250) == ["1012", "1013", "1014", "1015", "1016"])
  }

  /// Where not every decade has room for its label, every second or third one has it; each decade
  /// keeps its tick, and ticks within decades, which would be a black bar, go.
  @Test(arguments: [(200.0, 2), (110, 3), (60, 5)])
  func logTicksOfVeryManyDecadesSkipSome(length: Double, stride: Int) {
    let layout = AxisLayout(
      Axis("C", scale: .log10, format: .powerOfTen), domain: 1e10...1e20, length: length,
      orientation: .horizontal, theme: Theme(), measurer: FixedMeasurer())
    let labels = layout.ticks.compactMap { $0.label?.pieces.last?.string }
    let decades = (10...20).filter { $0.isMultiple(of: stride) }.map { String($0) }
    #expect(labels == decades)
    #expect(layout.ticks.count == 11)
  }

  @Test(arguments: [34.0, 60, 100], [1.1e4...1.2e5, 8.5e3...6.9e5, 2e6...4.7e6, 1e5...1e9])
  func anAxisHasThreeLabelsWhereTheyHaveRoom(length: Double, domain: ClosedRange<Double>) {
    for format in [NumberFormat.si, .powerOfTen] {
      let count = labels(Axis("N", scale: .log10, format: format), domain, length: length).count
      #expect(count >= 3 || length < 100, "\(format)")
    }
  }

  @Test func logTicksOfCountsUseMultiplierLetters() {
    let axis = Axis("N", scale: .log10, format: .si)
    #expect(labels(axis, 9e5...2e9, length: 250) == ["1M", "10M", "100M", "1B"])
  }

  @Test func minorTicksStandAtEachMultipleOfADecade() {
    let layout = AxisLayout(
      Axis("N", scale: .log10), domain: 1...1000, length: 120, orientation: .horizontal,
      theme: Theme(), measurer: FixedMeasurer())
    #expect(layout.ticks.count { !$0.isMajor } == 24)
    #expect(layout.ticks.count { $0.isMajor } == 4)
  }

  @Test func lessThanADecadeStillHasSeveralLabels() {
    let axis = Axis("L", scale: .log10)
    #expect(labels(axis, 1.55...3.2).count >= 4)
    #expect(labels(axis, 2.31...2.38).count >= 3)
  }

  @Test(arguments: [Scale.linear, .log10, .sparsity], [40.0, 90, 200, 400])
  func labelsKeepApartOnAnyDomain(scale: Scale, length: Double) {
    var generator = Generator(state: 7)
    for _ in 0..<200 {
      let a = scale == .sparsity ? 0.98 * generator.next() : 1e-3 + 1e6 * generator.next()
      let b = scale == .sparsity ? 0.98 * generator.next() : a * (1 + 1e4 * generator.next())
      let domain = scale.domain(covering: [a, b], padding: 0.04)
      let layout = AxisLayout(
        Axis("x", scale: scale), domain: domain, length: length, orientation: .horizontal,
        theme: Theme(), measurer: FixedMeasurer())
      var end = -Double.infinity
      for tick in layout.ticks {
        #expect(tick.offset >= -0.02 && tick.offset <= length + 0.02)
        guard let label = tick.label else { continue }
        #expect(tick.offset - label.width / 2 > end)
        end = tick.offset + label.width / 2
      }
      #expect(end > -.infinity, "no label at all on \(domain)")
    }
  }

  @Test func fixedTicksDropLabelsThatHaveNoRoomButKeepTheTick() {
    let layout = AxisLayout(
      Axis("S", scale: .sparsity, ticks: .at([0, 0.5, 0.875, 0.874]), format: .percent),
      domain: 0...0.9, length: 120, orientation: .horizontal, theme: Theme(),
      measurer: FixedMeasurer())
    #expect(layout.ticks.count == 4)
    #expect(layout.ticks.count { $0.label != nil } == 3)
  }

  @Test(arguments: [
    0...Double.leastNonzeroMagnitude, -1e300...1e300, 1e-300...1e300, 1...1.0000000000000002,
    1e15...1.000000001e15,
  ])
  func hostileDomainsDoNotTrap(domain: ClosedRange<Double>) {
    for scale in [Scale.linear, .log10, .sparsity] {
      for format in [NumberFormat.plain, .si, .powerOfTen, .percent, .factor] {
        let ticks = scale.tickCandidates(in: domain, format: format)
        #expect(ticks.allSatisfy { $0.allSatisfy { $0.value.isFinite } })
      }
    }
  }
}
