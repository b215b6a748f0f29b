/// A table of a section.
package struct Table: Sendable {
  /// Of its file, and of its LaTeX template.
  package var name: String
  package var slots: [Slot]
  package var rows: [Record]

  /// A column for each number, text and flag, two more for an interval.
  package var csv: String { csv(without: []) }

  /// - Parameter keys: the columns that are left out.
  package func csv(without keys: Set<String>) -> String {
    let slots = slots.filter {
      $0.media.contains(.csv) && !$0.isNested && !keys.contains($0.key)
    }
    var text = CSV.line(slots.flatMap { [$0.key] + $0.endColumns })
    for row in rows {
      text += CSV.line(slots.flatMap { Self.fields($0, row[$0.key] ?? .absent) })
    }
    return text
  }

  private static func fields(_ slot: Slot, _ value: Value) -> [String] {
    let field: String
    var ends = slot.endColumns.map { _ in "" }
    switch value {
    case .number(let number, let interval, _):
      field = CSV.number(number)
      if let interval, !ends.isEmpty {
        ends = [CSV.number(interval.lowerBound), CSV.number(interval.upperBound)]
      }
    case .text(let wording): field = CSV.text(wording.plain)
    case .choice(let word): field = CSV.text(word)
    case .flag(let flag): field = flag ? "true" : "false"
    case .absent, .texts, .record, .rows, .json: field = ""
    }
    return [field] + ends
  }
}

extension Slot {
  /// Whether it holds more than a cell of a table can.
  fileprivate var isNested: Bool {
    switch shape {
    case .record, .rows, .texts, .json: true
    case .number, .estimate, .text, .choice, .flag: false
    }
  }
}

extension Record {
  /// The names of all tables, with data or without.
  package static func tableNames(_ slots: [Slot]) -> [String] {
    slots.flatMap { slot -> [String] in
      let inner =
        switch slot.shape {
        case .record(let slots), .rows(let slots): tableNames(slots)
        default: [String]()
        }
      return [slot.table].compactMap { $0 } + inner
    }
  }

  /// The tables that have rows.
  package var tables: [Table] {
    zip(slots, values).flatMap { slot, value -> [Table] in
      switch (slot.shape, value) {
      case (_, .record(let record)): record.tables
      case (.rows(let slots), .rows(let rows)):
        if let name = slot.table, !rows.isEmpty {
          [Table(name: name, slots: slots, rows: rows)]
        } else {
          []
        }
      default: []
      }
    }
  }
}
