import Dispatch
import Foundation
import Synchronization

/// Folders that exist while a report is made and go with the program, also where a signal ends it.
package enum Scratch {
  private static let folders = Mutex<Set<String>>([])

  /// Makes a folder that is removed by `remove` or by a signal; throws where something is there, as a
  /// link that somebody put there to lead what is written elsewhere.
  static func make(_ url: URL) throws {
    try folders.withLock { folders in
      // With its parents: --output may name a folder in one that is not there yet.
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
      folders.insert(url.path)
    }
  }

  static func remove(_ url: URL) {
    folders.withLock { folders in
      try? FileManager.default.removeItem(at: url)
      folders.remove(url.path)
    }
  }

  /// Runs what writes into such a folder; a signal waits for its end, so that nothing is written
  /// after the folder is gone.
  static func whole(_ body: () throws -> Void) throws {
    try folders.withLock { _ in try body() }
  }

  /// From now on SIGINT, SIGTERM and SIGHUP remove every folder before they end the program.
  package static func removeOnSignals() {
    for number in [SIGINT, SIGTERM, SIGHUP] {
      // What the caller has turned off, as nohup does, stays off.
      var old = sigaction()
      sigaction(number, nil, &old)
      #if os(Linux)
      let handler = old.__sigaction_handler.sa_handler
      #else
      let handler = old.__sigaction_u.__sa_handler
      #endif
      guard unsafeBitCast(handler, to: Int.self) != unsafeBitCast(SIG_IGN, to: Int.self) else {
        continue
      }
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler {
        folders.withLock { folders in
          for path in folders { try? FileManager.default.removeItem(atPath: path) }
          // As the caller expects it to end; the thread of a queue takes no signals by itself.
          signal(number, SIG_DFL)
          var mask = sigset_t()
          sigemptyset(&mask)
          sigaddset(&mask, number)
          pthread_sigmask(SIG_UNBLOCK, &mask, nil)
          raise(number)
          _exit(128 + number)
        }
      }
      source.resume()
      sources.withLock { $0.append(Kept(source: source)) }
    }
  }

  /// Not the global queue, which a fit on all cores would keep busy.
  private static let queue = DispatchQueue(label: "signals", qos: .userInteractive)
  private static let sources = Mutex<[Kept]>([])

  /// A source that lives as long as the program and that nothing touches any more.
  private struct Kept: @unchecked Sendable {
    let source: any DispatchSourceSignal
  }
}
