/// How the zeroed weights of a run are arranged.
public enum SparsityPattern: Sendable, Equatable, Hashable {
  /// No weight is zeroed.
  case dense
  /// Any weight may be zeroed.
  case unstructured
  /// At most `n` of each `m` consecutive inputs of a unit are kept, such as 2:4.
  case blocked(n: Int, m: Int)
}

extension SparsityPattern {
  /// Whether it is N:M.
  var isBlocked: Bool {
    if case .blocked = self { return true }
    return false
  }

  /// The sparsity that the pattern says by itself, such as 0.5 of 2:4; nil for unstructured.
  public var impliedSparsity: Double? {
    switch self {
    case .dense: 0
    case .unstructured: nil
    case .blocked(let n, let m): 1 - Double(n) / Double(m)
    }
  }
}

extension SparsityPattern: CustomStringConvertible {
  /// The name used in logs and in the report: `dense`, `unstructured` or `n:m`.
  public var description: String {
    switch self {
    case .dense: "dense"
    case .unstructured: "unstructured"
    case .blocked(let n, let m): "\(n):\(m)"
    }
  }

  /// Reads `dense`, `unstructured` or `n:m` with 0 < n < m <= 65,536; nil for anything else.
  public init?(_ text: String) {
    switch text.lowercased() {
    case "dense": self = .dense
    case "unstructured": self = .unstructured
    default:
      let parts = text.split(separator: ":", omittingEmptySubsequences: false)
      guard parts.count == 2, parts.allSatisfy({ $0.utf8.allSatisfy(\.isDigit) }),
        let n = Int(parts[0]), let m = Int(parts[1]), 0 < n, n < m, m <= 65_536
      else { return nil }
      self = .blocked(n: n, m: m)
    }
  }
}
