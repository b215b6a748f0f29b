import Foundation
import RunLogs
import Testing

@Suite struct TensorBoardTests {
  static let original: [UInt8] = {
    let url = FormatFixtureTests.fixtures.appendingPathComponent(
      "tensorboard-tensor/small-s50/events.out.tfevents.1700000000.host")
    return (try? Array(Data(contentsOf: url))) ?? []
  }()

  func read(_ bytes: [UInt8]) throws -> (steps: [Value], notes: [String]) {
    var steps: [Value] = []
    var notes: [String] = []
    try TensorBoardFormat.read(ByteStream(bytes)) { record in
      switch record {
      case .row(let row): steps.append(row["step"])
      case .note(let text): notes.append(text)
      case .fault(let fault): Issue.record("\(fault)")
      }
    }
    return (steps, notes)
  }

  @Test func theWritersFramingIsOurs() throws {
    let again = EventRecords.cut(Self.original).flatMap(EventRecords.framed)
    #expect(again == Self.original)
    #expect(try read(again).steps.count == 10)
  }

  /// A binary log has no lines; places in it are counted in records.
  @Test func placesAreRecords() throws {
    var records: [Int?] = []
    try TensorBoardFormat.read(ByteStream(Self.original)) { record in
      if case .row(let row) = record { records.append(row.line) }
    }
    // The first record is the file's version; each step has three.
    #expect(records == (1...10).map { 1 + 3 * $0 })
    for folder in ["tensorboard-tensor", "wandb-offline"] {
      let run = try #require(try FormatFixtureTests().load(folder).runs.first)
      #expect(run.location.countsRecords)
      #expect("\(run.location)".contains(/: record \d+$/))
    }
    #expect("\(SourceLocation(file: "x/metrics.csv", line: 3))" == "x/metrics.csv:3")
  }

  @Test func aTailThatIsCutOffIsPassedOver() throws {
    let (steps, notes) = try read(Array(Self.original.dropLast(5)))
    #expect(steps.count == 10)  // the last step lacks one tag
    #expect(notes.count == 1 && notes[0].contains("is cut off and was passed over"))
  }

  @Test func aWrongChecksumCostsTheRecordAlone() throws {
    var bytes = Self.original
    bytes[bytes.count - 8] ^= 1
    let (steps, notes) = try read(bytes)
    #expect(steps.count == 10)
    #expect(notes.count == 1 && notes[0].hasPrefix("1 of 31 records has a wrong checksum"))
  }

  @Test func aDamagedLengthEndsTheReading() throws {
    var bytes = Self.original
    let first = EventRecords.cut(bytes)[0].count + 16
    bytes[first] ^= 0x40
    let (steps, notes) = try read(bytes)
    #expect(steps.isEmpty)
    #expect(notes.count == 1 && notes[0].contains("the rest of the file cannot be read"))
  }

  @Test func otherBytesAreNoEventFile() {
    #expect(throws: Fault.self) { try read(Array("this is not an event file at all".utf8)) }
  }
}
