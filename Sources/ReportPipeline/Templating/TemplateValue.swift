/// A value that a template may cite.
public enum TemplateValue: Sendable, Equatable {
  /// Finished text, already escaped for the kind of file that cites it.
  case text(String)
  /// A condition for sections.
  case flag(Bool)
  /// Rows for sections: one rendering each, none for an absent chapter.
  case rows(TemplateRows)
}

extension TemplateValue: ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
  public init(stringLiteral value: String) { self = .text(value) }
}

extension TemplateValue: ExpressibleByBooleanLiteral {
  public init(booleanLiteral value: Bool) { self = .flag(value) }
}

/// Values by name.
public struct TemplateValues: Sendable, Equatable, ExpressibleByDictionaryLiteral {
  public private(set) var entries: [String: TemplateValue]

  public init(_ entries: [String: TemplateValue] = [:]) { self.entries = entries }

  public init(dictionaryLiteral elements: (String, TemplateValue)...) {
    entries = Dictionary(elements) { _, last in last }
  }

  public subscript(name: String) -> TemplateValue? {
    get { entries[name] }
    set { entries[name] = newValue }
  }

  /// Adds the values of a chapter.
  public mutating func add(_ other: TemplateValues) {
    entries.merge(other.entries) { _, last in last }
  }
}

extension TemplateValues {
  /// With the values of every chapter that is present also outside of it; those of the same name
  /// that stand outside already stay.
  package var opened: Self {
    var result = self
    for (_, value) in entries.sorted(by: { $0.key < $1.key }) {
      guard case .rows(let rows) = value, rows.rows.count == 1 else { continue }
      result.entries.merge(rows.rows[0].entries) { first, _ in first }
    }
    return result
  }
}

/// Rows that all have the same columns, known even when there is no row, so that a misspelt name
/// is found in every report.
public struct TemplateRows: Sendable, Equatable {
  public let columns: Set<String>
  public let rows: [TemplateValues]

  /// - Parameter columns: the name of each column and how it follows from an item.
  public init<Item>(_ items: [Item], _ columns: KeyValuePairs<String, (Item) -> TemplateValue>) {
    self.columns = Set(columns.map(\.key))
    rows = items.map { item in
      TemplateValues(
        Dictionary(columns.map { ($0.key, $0.value(item)) }) { _, last in last })
    }
  }
}

extension TemplateValue {
  /// Rows for a list.
  public static func list<Item>(
    _ items: [Item], _ columns: KeyValuePairs<String, (Item) -> TemplateValue>
  ) -> TemplateValue {
    .rows(TemplateRows(items, columns))
  }

  /// A section that is rendered once where `item` is present, else not at all.
  public static func chapter<Item>(
    _ item: Item?, _ columns: KeyValuePairs<String, (Item) -> TemplateValue>
  ) -> TemplateValue {
    list(item.map { [$0] } ?? [], columns)
  }
}
