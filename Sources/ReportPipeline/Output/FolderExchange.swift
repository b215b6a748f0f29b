import Foundation

/// Puts one folder in the place of another in one step.
enum FolderExchange {
  private typealias Rename =
    @convention(c) (
      Int32, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>, UInt32
    ) -> Int32

  /// Moves `new` to `old`; where `old` exists the two change places, and the caller removes what
  /// is then at `new`.
  static func put(_ new: URL, inPlaceOf old: URL) throws {
    if rename(new.path, old.path) == 0 { return }
    // The old folder exists and is not empty.
    if exchange(new.path, old.path) { return }
    // No atomic exchange on this file system: the old folder is away for a moment.
    let aside = new.deletingLastPathComponent().appending(path: new.lastPathComponent + ".old")
    try FileManager.default.moveItem(at: old, to: aside)
    do {
      try FileManager.default.moveItem(at: new, to: old)
    } catch {
      try FileManager.default.moveItem(at: aside, to: old)
      throw error
    }
    try FileManager.default.moveItem(at: aside, to: new)
  }

  /// The kernel's exchange of two paths; false where there is none.
  private static func exchange(_ first: String, _ second: String) -> Bool {
    #if os(Linux)
    // Not every C library declares it, so it is looked up.
    guard let symbol = dlsym(nil, "renameat2") else { return false }
    let rename = unsafeBitCast(symbol, to: Rename.self)
    let exchangeFlag: UInt32 = 2
    return rename(AT_FDCWD, first, AT_FDCWD, second, exchangeFlag) == 0
    #elseif canImport(Darwin)
    return renamex_np(first, second, UInt32(RENAME_SWAP)) == 0
    #else
    return false
    #endif
  }
}
