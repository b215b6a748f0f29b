import Foundation
import RunLogs

/// SHA-256 digests as lower-case hexadecimal.
package enum Digest {
  package static func sha256(_ bytes: Data) -> String {
    var hash = SHA256()
    bytes.withUnsafeBytes { hash.update($0) }
    return hexadecimal(hash.finalize())
  }

  /// The digest of a file below a door, read in pieces so that large logs need little memory.
  package static func sha256(_ door: Door, _ path: String) throws(Fault) -> String {
    let file = try door.file(path)
    var hash = SHA256()
    var piece: [UInt8] = []
    while try file.next(&piece) { piece.withUnsafeBytes { hash.update($0) } }
    return hexadecimal(hash.finalize())
  }

  private static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    let text = bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    return String(decoding: text, as: UTF8.self)
  }
}
