import RunLogs
import Testing

/// The short ways of reading rows against the long ones.
@Suite struct FieldTests {
  /// Lines cut eight bytes at a time come out as a split byte by byte has them, in whatever pieces
  /// they come, and whatever stands beside them.
  @Test func linesAreCutAsASplitCutsThem() throws {
    var random = MutationTests.Generator(state: 17)
    let pieces = [
      "", "a", ",", ",", "12.5", " ", "\t", ";", "+", "-", "abcdefgh", "\u{7F}", "\r", "é", "x\"",
    ]
    let data = try TemporaryData()
    for _ in 0..<400 {
      let lines = (0..<random.next(below: 12)).map { _ in
        "x"
          + (0..<random.next(below: 14)).map { _ in pieces[random.next(below: pieces.count)] }
          .joined()
      }
      let text = (["a,b"] + lines).joined(separator: random.next(below: 2) == 0 ? "\n" : "\r\n")
      let expected = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map {
        ($0.last == 0x0D ? $0.dropLast() : $0)
          .split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
          .map { String($0) }
      }
      try data.write("f", text)
      for chunk in [4, 9, 64, 1 << 16] {
        var reader = DelimitedReader(try Door(data.root).stream("f", pieceSize: chunk))
        for (index, fields) in expected.enumerated() {
          #expect(try reader.next() && reader.problem == nil && reader.line == index + 1)
          #expect(reader.fields.texts == fields)
        }
        #expect(try !reader.next())
      }
    }
  }

  /// Fields in quotes are what was written, whatever they hold and whichever of them have quotes, as
  /// they are read and as they are kept.
  @Test func quotedFieldsAreWhatWasWritten() throws {
    var random = MutationTests.Generator(state: 29)
    let pieces = [
      "12.5", "a", "", ",", "\"", "\n", "a,b", "\"x\"", "é", "abcdefghijk", "b c", "\",\"", ",\n",
    ]
    let data = try TemporaryData()
    for round in 0..<400 {
      // Of every other table all fields are simple, and all in quotes.
      let isPlain = round % 2 == 0
      let records = (0..<8).map { _ in
        (0..<3).map { _ in
          (0..<random.next(below: 3)).map { _ in pieces[random.next(below: isPlain ? 2 : 13)] }
            .joined()
        }
      }
      let lines = records.map { record in
        record.map { field in
          isPlain || field.contains { ",\"\n".contains($0) } || random.next(below: 2) == 0
            ? "\"" + field.replacing("\"", with: "\"\"") + "\"" : field
        }.joined(separator: ",")
      }
      try data.write("f", "n,o,p\n" + lines.joined(separator: "\n") + "\n\n\n\n\n\n\n\n")
      for chunk in [4, 64, 1 << 16] {
        let door = Door(data.root)
        var reader = DelimitedReader(try door.stream("f", pieceSize: chunk))
        #expect(try reader.next())
        for record in records {
          #expect(try reader.next() && reader.problem == nil)
          #expect(reader.fields.texts == record)
        }
        #expect(try !reader.next())
        var kept = PackedRows()
        try DelimitedFormat.read(try door.stream("f", pieceSize: chunk)) {
          if case .row(let row) = $0 { try kept.append(row, number: 1) }
        }
        var read: [[String]] = []
        kept.read { row, _ in read.append(row.values.map { $0.text ?? "" }) }
        #expect(read == records)
      }
    }
  }

  /// A row that is kept keeps its cells when the reader goes on.
  @Test func keptRowsKeepTheirCells() throws {
    var kept: [Row] = []
    let text = "a,b\n1,x\n\"2\",\"y\"\n3,zzzzzzzzzzzzzzzzzzzzzzzzzzz\n,\n"
    try DelimitedFormat.read(ByteStream(Array(text.utf8))) { record in
      guard case .row(let row) = record else { return }
      kept.append(row)
    }
    #expect(kept.map { $0[0] } == [.text("1"), .text("2"), .text("3"), .missing])
    #expect(
      kept.map { $0["b"] } == [
        .text("x"), .text("y"), .text("zzzzzzzzzzzzzzzzzzzzzzzzzzz"), .missing,
      ])
    #expect(kept.map { $0.finite(0) } == [1, 2, 3, nil])
    #expect(kept.map { $0.values.count } == [2, 2, 2, 2])
    #expect(kept[0][7] == .missing && kept[0].finite(7) == nil)
  }

  /// Objects with the names of an earlier one give the rows that they give by themselves.
  @Test func knownNamesGiveTheSameRows() throws {
    var random = MutationTests.Generator(state: 23)
    let texts = [
      MutationTests.jsonRow, #"{"step": 1, "loss": 2.5, "note": "a\"b", "x": null, "y": true}"#,
      #"{"step":2,"eval_loss":NaN,"list":[1,2]}"#, "{}", " { } ", #"{"step": 1, "loss": 2.5}"#,
    ]
    func row(_ rows: inout JSONRows, _ bytes: [UInt8]) throws -> Row? {
      var json = JSONReader(bytes, line: 7)
      let row = try rows.row(&json, line: 7)
      try json.finish()
      return row
    }
    var rows = JSONRows()
    var read = 0
    for round in 0..<(2_000 * MutationTests.factor) {
      let text = Array(texts[random.next(below: texts.count)].utf8)
      let bytes = round % 3 == 0 ? text : random.mutate(text)
      let expected = Result {
        var fresh = JSONRows()
        return try row(&fresh, bytes)
      }
      do {
        let row = try row(&rows, bytes)
        let other = try expected.get()
        #expect(row?.columns.names == other?.columns.names)
        #expect("\(row?.values ?? [])" == "\(other?.values ?? [])")
        if row != nil { read += 1 }
      } catch let fault as Fault {
        #expect(throws: fault) { try expected.get() }
      }
    }
    #expect(read > 700)
  }
}
