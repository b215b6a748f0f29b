import Foundation

/// Lets one thread at a time draw or measure text with Cairo.
///
/// Cairo keeps one scaled font for all threads that use a face at a size. In version 1.16 one of
/// them may give it up while another has it in use; an assertion of Cairo then, rarely, ends the
/// program. Layout, SVG text and the compression of PNGs run beside it.
enum TextLock {
  // A measure may be taken while outlines are.
  private static let lock = NSRecursiveLock()

  static func held<Result>(_ body: () throws -> Result) rethrows -> Result {
    lock.lock()
    defer { lock.unlock() }
    return try body()
  }
}
