/// File name patterns: `*`, `?`, `[a-z]`, `[!a-z]`, backslash for the next character as it is,
/// and `**` for any number of folders.
package struct Glob {
  /// What one or, of `many`, any number of scalars of a name are compared with.
  private enum Part {
    case scalar(Unicode.Scalar)
    case any
    case many
    case oneOf([ClosedRange<Unicode.Scalar>], negated: Bool)
  }

  /// The pattern as it was written.
  package let pattern: String
  private let parts: [Part]
  /// The text that the pattern matches, if it matches only one.
  package let literal: String?

  /// Compiles a pattern for a single name, in which `/` is an ordinary character.
  package init(_ pattern: String) {
    var parts: [Part] = []
    let scalars = Array(pattern.unicodeScalars)
    var at = 0
    while at < scalars.count {
      let scalar = scalars[at]
      at += 1
      switch scalar {
      case "*":
        if case .many? = parts.last { continue }
        parts.append(.many)
      case "?": parts.append(.any)
      case "\\" where at < scalars.count:
        parts.append(.scalar(scalars[at]))
        at += 1
      case "[":
        if let (set, next) = Self.set(scalars, at) {
          parts.append(set)
          at = next
        } else {
          parts.append(.scalar(scalar))
        }
      default: parts.append(.scalar(scalar))
      }
    }
    self.pattern = pattern
    self.parts = parts
    var literal: String? = ""
    for part in parts {
      if case .scalar(let scalar) = part {
        literal?.unicodeScalars.append(scalar)
      } else {
        literal = nil
      }
    }
    self.literal = literal
  }

  /// A set of scalars that starts behind its bracket, and the place behind it; nil where it is never
  /// closed.
  private static func set(_ scalars: [Unicode.Scalar], _ start: Int) -> (Part, Int)? {
    var at = start
    var negated = false
    if at < scalars.count, scalars[at] == "!" || scalars[at] == "^" {
      negated = true
      at += 1
    }
    var ranges: [ClosedRange<Unicode.Scalar>] = []
    let first = at
    while at < scalars.count, scalars[at] != "]" || at == first {
      let low = scalars[at]
      if at + 2 < scalars.count, scalars[at + 1] == "-", scalars[at + 2] != "]" {
        if low <= scalars[at + 2] { ranges.append(low...scalars[at + 2]) }
        at += 3
      } else {
        ranges.append(low...low)
        at += 1
      }
    }
    return at < scalars.count ? (.oneOf(ranges, negated: negated), at + 1) : nil
  }

  /// Whether the whole name matches; the time is at most the product of the two lengths.
  package func matches(_ name: String) -> Bool {
    if let literal { return literal.utf8.elementsEqual(name.utf8) }
    let scalars = Array(name.unicodeScalars)
    var (part, at) = (0, 0)
    var retry: (part: Int, at: Int)?
    while at < scalars.count {
      if part < parts.count, case .many = parts[part] {
        retry = (part, at)
        part += 1
      } else if part < parts.count, accepts(parts[part], scalars[at]) {
        part += 1
        at += 1
      } else if let last = retry {
        retry = (last.part, last.at + 1)
        part = last.part + 1
        at = last.at + 1
      } else {
        return false
      }
    }
    while part < parts.count, case .many = parts[part] { part += 1 }
    return part == parts.count
  }

  private func accepts(_ part: Part, _ scalar: Unicode.Scalar) -> Bool {
    switch part {
    case .scalar(let expected): scalar == expected
    case .any: true
    case .many: false
    case .oneOf(let ranges, let negated): ranges.contains { $0.contains(scalar) } != negated
    }
  }

  /// The paths below a door that a pattern matches, in order of their bytes and each once.
  ///
  /// Names that start with a dot are matched only by a pattern that does, too. Links are matched and
  /// never followed. Each part of the pattern lists a folder once, however many of the paths found
  /// so far lead to it; `**` goes no more than 32 folders below the nearest of them. Throws a
  /// `Fault` where a folder cannot be read, and where there are more than
  /// 200,000 paths.
  package static func expand(
    _ pattern: String, in door: Door
  ) throws(Fault) -> [String] {
    let most = 200_000
    var found = [""]
    for component in pattern.split(separator: "/").map(String.init) where component != "." {
      let glob = Glob(component)
      var next: [String] = []
      var seen: Set<PathKey> = []
      func add(_ path: String) throws(Fault) {
        // `..` and `**` lead to one folder in many ways.
        guard seen.insert(PathKey(try door.fromRoot(path))).inserted else { return }
        guard next.count < most else {
          throw Fault("\(pattern.quoted) matches more than \(grouped(Double(most))) paths")
        }
        next.append(path)
      }
      if component == "**" {
        // All found paths together, level by level: what is in `next` already is a path from which
        // the walk starts or started.
        for path in found { try add(path) }
        var level = 0..<next.count
        for _ in 0..<32 where !level.isEmpty {
          for path in next[level] {
            for name in try door.namesOfFolder(path) where door.kind(path.inner(name)) == .folder {
              try add(path.inner(name))
            }
          }
          level = level.upperBound..<next.count
        }
      } else if let literal = glob.literal {
        for path in found.map({ $0.inner(literal) }) {
          switch door.kind(path) {
          case .absent: break
          case .unreadable: throw Fault("\(path.quoted) cannot be read", kind: .unreadable)
          default: try add(path)
          }
        }
      } else {
        for path in found {
          for name in try door.namesOfFolder(path) where glob.matches(name) {
            try add(path.inner(name))
          }
        }
      }
      found = next
    }
    return found.filter { !$0.isEmpty }
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Whether a path pattern names one path alone.
  package static func isLiteral(_ pattern: String) -> Bool {
    pattern.split(separator: "/").allSatisfy { Glob(String($0)).literal != nil }
  }
}

extension Door {
  /// The names in a folder; none where something else is there.
  fileprivate func namesOfFolder(_ path: String) throws(Fault) -> [String] {
    do throws(Fault) {
      return try names(in: path)
    } catch {
      guard error.kind == .unreadable else { return [] }
      throw Fault("\((path.isEmpty ? "." : path).quoted) cannot be read", kind: .unreadable)
    }
  }
}
