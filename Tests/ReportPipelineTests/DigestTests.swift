import Foundation
import ReportPipeline
import RunLogs
import TestSupport
import Testing

@Suite("Digests are SHA-256")
struct DigestTests {
  /// The examples of NIST's "Secure Hash Standard: SHA-256", and the empty message.
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    (
      "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqr"
        + "lmnopqrsmnopqrstnopqrstu",
      "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
    ),
    (
      String(repeating: "a", count: 1_000_000),
      "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
    ),
  ])
  func knownMessages(message: String, digest: String) {
    #expect(Digest.sha256(Data(message.utf8)) == digest)
  }

  /// Files are read in pieces of a mebibyte: every boundary of a block and of a piece.
  @Test(arguments: [0, 1, 55, 56, 63, 64, 65, 119, 120, 1 << 20, (1 << 20) + 57, 3 << 20])
  func aFileHasTheDigestOfItsBytes(size: Int) throws {
    let folder = try TemporaryFolder()
    let bytes = Data((0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 9) })
    let file = folder.url.appending(path: "bytes")
    try bytes.write(to: file)
    #expect(try Digest.sha256(Door(folder.path), "bytes") == Digest.sha256(bytes))
  }
}
