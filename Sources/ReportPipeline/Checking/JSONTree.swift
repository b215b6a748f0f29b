import Foundation

/// A JSON document as a tree of plain values.
enum JSONTree: Decodable, Equatable {
  case null
  case truth(Bool)
  case number(Double)
  case text(String)
  case list([JSONTree])
  case object([String: JSONTree])

  init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if value.decodeNil() {
      self = .null
    } else if let truth = try? value.decode(Bool.self) {
      self = .truth(truth)
    } else if let number = try? value.decode(Double.self) {
      self = .number(number)
    } else if let text = try? value.decode(String.self) {
      self = .text(text)
    } else if let list = try? value.decode([JSONTree].self) {
      self = .list(list)
    } else {
      self = .object(try value.decode([String: JSONTree].self))
    }
  }

  /// The value as a reader knows it; of lists and objects only the size.
  var summary: String {
    switch self {
    case .null: "null"
    case .truth(let truth): "\(truth)"
    case .number(let number): Int(exactly: number).map { "\($0)" } ?? "\(number)"
    case .text(let text): "“\(text)”"
    case .list(let list): Words.count(list.count, "item")
    case .object(let object): Words.count(object.count, "key")
    }
  }

  /// How an element of a list is told apart, where it has a name.
  var name: String? {
    guard case .object(let object) = self, case .text(let run)? = object["run"] else { return nil }
    return run
  }
}

extension JSONTree {
  /// Every leaf in which `self`, the committed document, differs from the new one, by key path.
  func differences(from new: JSONTree, at path: String = "") -> [Difference.Finding] {
    switch (self, new) {
    case (.number(let old), .number(let now)):
      return Tolerance.isSame(old, now)
        ? [] : [.change(.numbers, at: path, from: summary, to: new.summary)]
    case (.object(let old), .object(let now)):
      return Set(old.keys).union(now.keys).sorted().flatMap { key in
        let place = path.isEmpty ? key : "\(path).\(key)"
        switch (old[key], now[key]) {
        case (let old?, let now?): return old.differences(from: now, at: place)
        case (let old?, nil): return [old.appearance(at: place, from: old.summary, to: "absent")]
        case (nil, let now?): return [now.appearance(at: place, from: "absent", to: now.summary)]
        case (nil, nil): return []
        }
      }
    case (.list(let old), .list(let now)) where old.count == now.count:
      return zip(old, now).enumerated().flatMap { index, pair in
        let name = pair.1.name.map { " \($0)" } ?? ""
        return pair.0.differences(from: pair.1, at: "\(path)[\(index)\(name)]")
      }
    case (.text(let old), .text(let now)) where old.utf8.elementsEqual(now.utf8): return []
    case (.text, .text): return [appearance(at: path, from: summary, to: new.summary)]
    default:
      return self == new ? [] : [appearance(at: path, from: summary, to: new.summary)]
    }
  }

  /// A value that came, went or changed its kind.
  private func appearance(at path: String, from old: String, to new: String) -> Difference.Finding {
    var tier = Difference.Tier.text
    switch self {
    case .number, .list: tier = .numbers
    default: break
    }
    return .change(tier, at: path, from: old, to: new)
  }
}
