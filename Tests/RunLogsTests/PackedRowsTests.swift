import RunLogs
import Testing

/// Rows that are kept come back as they were.
@Suite struct PackedRowsTests {
  private static func read(_ rows: PackedRows) -> [(values: [Value], line: Int?, number: Int)] {
    var found: [(values: [Value], line: Int?, number: Int)] = []
    rows.read { row, number in found.append((row.values, row.line, number)) }
    return found
  }

  @Test func valuesOfEveryKindComeBack() throws {
    let texts =
      ["", "x", "\u{E9}\u{1F40C}", String(repeating: "y", count: 3)]
      + [249, 250, 251, 255, 256, 70_000].map { String(repeating: "z", count: $0) }
    let values: [Value] =
      [.missing, .null, .list, .boolean(true), .boolean(false), .number(-0.1), .number(.infinity)]
      + texts.map(Value.text)
    let columns = ColumnNames(values.indices.map { "c\($0)" })
    var rows = PackedRows()
    for number in 1...40 {
      try rows.append(Row(columns: columns, values: values, line: number * 2), number: number)
      // A row that is too short lacks its last cells.
      try rows.append(Row(columns: columns, values: [.text("a")], line: nil), number: number)
    }
    let found = Self.read(rows)
    #expect(found.count == 80)
    for (index, row) in found.enumerated() {
      let isShort = index % 2 == 1
      let short = [.text("a")] + [Value](repeating: .missing, count: values.count - 1)
      #expect(row.values == (isShort ? short : values))
      #expect(row.line == (isShort ? nil : (index / 2 + 1) * 2))
      #expect(row.number == index / 2 + 1)
    }
  }

  @Test func recordsOfATableComeBack() throws {
    let long = String(repeating: "l", count: 250)
    let text = "a,b,c\n1,,x\n\"q\"\"q\",\"two\nlines\",\u{E9}\n,\(long.dropLast()),\n\(long),2,3\n"
    var rows = PackedRows()
    var (expected, numbers): ([[Value]], [Double?]) = ([], [])
    try DelimitedFormat.read(ByteStream(Array(text.utf8))) { record in
      guard case .row(let row) = record else { return }
      expected.append(row.values)
      numbers.append(row.finite(1))
      try rows.append(row, number: expected.count)
    }
    #expect(expected.count == 4)
    #expect(Self.read(rows).map(\.values) == expected)
    var again: [Double?] = []
    rows.read { row, _ in again.append(row.finite(1)) }
    #expect(again == numbers)
    #expect(again.last == 2)
  }

  @Test func rowsAreChosenAndGrouped() throws {
    var rows = PackedRows()
    for (number, name) in ["a", "b", "a", "c", "b"].enumerated() {
      let columns = ColumnNames(["name", "n"])
      try rows.append(
        Row(columns: columns, values: [.text(name), .number(Double(number))], line: nil),
        number: number)
    }
    func names(_ row: Row) -> [String] { [row["name"].text ?? ""] }
    #expect(rows.groups(atMost: 2, by: names) == nil)
    let groups = try #require(rows.groups(atMost: 3, by: names))
    #expect(groups.map(\.key) == [["a"], ["b"], ["c"]])
    #expect(groups.map(\.places) == [[0, 2], [1, 4], [3]])
    var chosen: [Int] = []
    rows.read(at: [4, 1]) { _, number in chosen.append(number) }
    #expect(chosen == [4, 1])
    rows.keep { $0["name"].text != "b" }
    #expect(Self.read(rows).map(\.number) == [0, 2, 3])
  }

  /// Text counts, and names of columns: each row may have others.
  @Test(arguments: [false, true]) func tooManyBytesAreRefused(areNames: Bool) throws {
    let same = ColumnNames(["a"])
    let fault = try #require(throws: Fault.self) {
      var rows = PackedRows(atMost: 1 << 20)
      for number in 0..<40_000 {
        try rows.append(
          Row(
            columns: areNames ? ColumnNames(["a\(number)"]) : same,
            values: [.text("0123456789012345678901234567890123456789")], line: nil), number: number)
        // With names it is over before 10,000, with text alone after 25,000.
        if number == (areNames ? 10_000 : 26_000) { throw CancellationError() }
      }
    }
    #expect(fault.message == "the table holds more than 1 MiB")
    #expect(PackedRows.mostBytes == 512 << 20)
  }
}
