import RunLogs
import Testing

@Suite struct ThinnedTests {
  @Test func keepsAsManyAsItIsTold() {
    var series = Thinned<Int>(atMost: 128)
    for number in 0..<1_000 { series.append(number) }
    #expect(series.elements == stride(from: 0, to: 1_000, by: 8) + [999])
  }

  @Test func staysBoundedEvenAndKeepsTheEnds() {
    var series = Thinned<Int>()
    for count in 0..<100_000 {
      #expect(series.elements.last == (count == 0 ? nil : count - 1))
      series.append(count)
      if count % 9_973 != 0 { continue }
      let kept = series.elements
      #expect(kept.count <= Thinned<Int>.capacity + 1)
      #expect(kept.first == 0)
      #expect(Set(zip(kept, kept.dropFirst().dropLast()).map { $1 - $0 }).count <= 1)
    }
  }
}
