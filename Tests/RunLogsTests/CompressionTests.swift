import Foundation
import RunLogs
import Testing

/// Decompression against zlib, which python3's standard library brings.
@Suite struct CompressionTests {
  func inflate(_ bytes: [UInt8]) throws -> [UInt8] {
    try ByteStream(bytes).all(atMost: 64 << 20)
  }

  /// Bytes that compress in several ways: runs, text, and noise.
  static func sample(_ seed: UInt64, count: Int) -> [UInt8] {
    var random = MutationTests.Generator(state: seed)
    var bytes: [UInt8] = []
    while bytes.count < count {
      switch random.next(below: 4) {
      case 0:
        bytes += [UInt8](
          repeating: UInt8(random.next(below: 256)), count: 1 + random.next(below: 700))
      case 1 where bytes.count > 10:
        let start = random.next(below: bytes.count)
        bytes += bytes[start..<min(bytes.count, start + random.next(below: 400))]
      case 2: bytes += Array("{\"step\": \(random.next(below: 9_999)), \"eval_loss\": 2.25}\n".utf8)
      default: for _ in 0..<random.next(below: 90) { bytes.append(UInt8(random.next(below: 256))) }
      }
    }
    return Array(bytes.prefix(count))
  }

  /// What a test is skipped for where there is no python3.
  static let isSkipped: Comment = "python3, whose zlib compresses the samples, is not on the path"
  static let hasPython: Bool = (try? compress([]))?.isEmpty ?? false

  /// Compresses with zlib at several levels and strategies; throws where there is no python3.
  static func compress(_ samples: [[UInt8]]) throws -> [[UInt8]] {
    let script = """
      import sys, json, zlib, base64
      out = []
      for i, text in enumerate(json.load(sys.stdin)):
          c = zlib.compressobj(i % 10, zlib.DEFLATED, 31, 8, [0, 0, 2, 3, 4][i % 5])
          data = base64.b64decode(text)
          half = len(data) // 2
          flush = [zlib.Z_NO_FLUSH, zlib.Z_SYNC_FLUSH, zlib.Z_FULL_FLUSH][i % 3]
          done = c.compress(data[:half]) + c.flush(flush) if flush else c.compress(data[:half])
          out.append(base64.b64encode(done + c.compress(data[half:]) + c.flush()).decode())
      print(json.dumps(out))
      """
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", script]
    let folder = try TemporaryData(["in.json": ""])
    let input = try JSONEncoder().encode(samples.map { Data($0).base64EncodedString() })
    try folder.write("in.json", Array(input))
    let output = Pipe()
    process.standardInput = try FileHandle(
      forReadingFrom: URL(fileURLWithPath: folder.root + "/in.json"))
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let text = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    return try JSONDecoder().decode([String].self, from: text)
      .compactMap { Data(base64Encoded: $0).map { Array($0) } }
  }

  @Test(.enabled(if: hasPython, isSkipped)) func whatZlibCompressesComesBack() throws {
    let sizes = [0, 1, 2, 100, 1_000, 32_767, 32_768, 32_769, 65_536, 300_000]
    let samples = (0..<60).map { Self.sample(UInt64($0), count: sizes[$0 % sizes.count]) }
    let compressed = try Self.compress(samples)
    #expect(compressed.count == samples.count)
    for (sample, bytes) in zip(samples, compressed) { #expect(try inflate(bytes) == sample) }
    // Members one after the other are one file.
    #expect(try inflate(compressed[4] + compressed[5]) == samples[4] + samples[5])
    // However the file is cut into pieces, the bytes are the same.
    let data = try TemporaryData()
    try data.write("f.gz", compressed[9])
    for size in [1, 2, 3, 7, 1_000] {
      let stream = try Door(data.root).stream("f.gz", pieceSize: size)
      #expect(try stream.all(atMost: 1 << 20) == samples[9])
    }
  }

  /// "hello hello hello hello\n" with gzip, committed so that one case needs no python3.
  static let hello: [UInt8] = [
    0x1F, 0x8B, 0x08, 0, 0, 0, 0, 0, 0x02, 0x03, 0xCB, 0x48, 0xCD, 0xC9, 0xC9, 0x57, 0xC8, 0x40,
    0x27, 0xB9, 0x00, 0x00, 0x88, 0x59, 0x0B, 0x18, 0x00, 0x00, 0x00,
  ]

  @Test(.enabled(if: hasPython, isSkipped)) func damageIsAFaultAndNeverAWrongText() throws {
    let sample = Self.sample(7, count: 20_000)
    let bytes = try #require(try Self.compress([sample, sample]).last)
    var random = MutationTests.Generator(state: 3)
    for _ in 0..<(400 * MutationTests.factor) {
      var damaged = bytes
      if random.next(below: 3) == 0 {
        damaged.removeLast(1 + random.next(below: bytes.count - 20))
      } else {
        damaged[10 + random.next(below: bytes.count - 10)] ^= UInt8(1 << random.next(below: 8))
      }
      let result = try? inflate(damaged)
      #expect(result == nil || result == sample)
    }
  }

  /// A stream that expands a thousandfold is stopped at the bound that the caller sets.
  @Test(.enabled(if: hasPython, isSkipped)) func expansionIsBounded() throws {
    let samples = [[], [UInt8](repeating: 0, count: 32 << 20)]
    let bomb = try #require(try Self.compress(samples).last)
    #expect(bomb.count < 256 << 10)
    let fault = try #require(throws: Fault.self) { try ByteStream(bomb).all(atMost: 1 << 20) }
    #expect(fault.message.contains("larger than 1 MiB"))
  }

  @Test func aCompressedLogCutOffIsSaidToBe() throws {
    let data = try TemporaryData(["x/sweep.yml": "runs: [t.csv.gz]"])
    try data.write("x/t.csv.gz", Array(Self.hello.dropLast(6)))
    #expect(try lines(data.errors())[0].contains("t.csv.gz: the compressed data are cut off"))
  }
}
