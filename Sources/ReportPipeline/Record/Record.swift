import ScalingLaws

/// The numbers and texts of a section, in order and under their names.
///
/// The name of a value is its key in results.json, its tag in templates, its column in a CSV file
/// and, where a paper cites it, the words of a LaTeX macro. A section declares its values once, as
/// `Field`s of the type that it reports on; every medium writes them from the record that those
/// make. What a record may hold is known without any data (`Slot.shape`), so that a misspelt tag
/// is found in every report and Templates/README.md can list them all.
package struct Record: Sendable {
  package var slots: [Slot]
  /// One for each slot.
  package var values: [Value]

  package init(slots: [Slot], values: [Value]) {
    self.slots = slots
    self.values = values
  }

  /// What the fields say of `item`.
  package init<Item>(_ item: Item, _ fields: [Field<Item>]) {
    slots = fields.map(\.slot)
    values = fields.map { $0.read(item) }
  }

  /// The value under a key; nil where there is no such key.
  package subscript(key: String) -> Value? {
    slots.firstIndex { $0.key == key }.map { values[$0] }
  }

  /// The value under a key that captions alone use.
  package mutating func set(_ key: String, _ value: Value) {
    append(contentsOf: Record(dictionaryLiteral: (key, value)))
  }

  package func appending(_ other: Record) -> Record {
    var copy = self
    copy.append(contentsOf: other)
    return copy
  }

  package mutating func append(contentsOf other: Record) {
    slots += other.slots
    values += other.values
  }
}

/// Where values of a slot go.
package struct Media: OptionSet, Sendable {
  package let rawValue: Int
  package init(rawValue: Int) { self.rawValue = rawValue }

  package static let json = Self(rawValue: 1)
  /// Markdown and LaTeX, by templates.
  package static let prose = Self(rawValue: 2)
  package static let csv = Self(rawValue: 4)
  package static let all: Self = [.json, .prose, .csv]
}

/// A key with what may stand under it.
package struct Slot: Sendable {
  package var key: String
  package var shape: Shape
  package var media = Media.all
  /// Where results.json keeps the interval of a number: `interval` beside it, unless given.
  package var intervalKey = "interval"
  /// The columns of its ends in a CSV file; empty where there is no interval.
  package var endColumns: [String] = []
  /// The name of the CSV file of these rows.
  package var table: String?
  /// What tables show where there is none.
  package var absence = "–"
  /// The words of the macro with which a paper cites the number, where they do not depend on data.
  package var macro: String?
}

/// What may stand under a key.
package indirect enum Shape: Sendable {
  case number(Style)
  /// A number that results.json keeps with its interval as `{value, interval}`.
  case estimate(Style)
  case text
  /// Texts that sentences list.
  case texts
  /// One word of several, each of which templates may ask for.
  case choice([String])
  case flag
  case record([Slot])
  case rows([Slot])
  /// Numbers under names that depend on the data, for programs alone.
  case json
}

package indirect enum Value: Sendable {
  case absent
  /// Perhaps infinite; the macro's words where they depend on data.
  case number(Double, ClosedRange<Double>?, macro: String?)
  case text(Wording)
  case texts([Wording])
  case choice(String)
  case flag(Bool)
  case record(Record)
  case rows([Record])
  case json(JSON)
}

/// A text by what it may hold.
package enum Wording: Sendable, Equatable {
  /// Anything, such as text from logs and from sweep.yml.
  case plain(String)
  /// The name of a run, a file or a column.
  case code(String)
  /// Inline Markdown of the program's own, such as *b*<sub>S</sub>.
  case inline(String)
  /// Text in the language of the medium already.
  case verbatim(String)
  /// An amount that stands in the place of a text.
  case number(Double, Style)

  /// Without any markup.
  package var plain: String {
    switch self {
    case .plain(let text), .code(let text), .verbatim(let text): text
    case .inline(let markdown): InlineMarkdown(markdown).plain
    case .number(let value, let style): style.text(value)
    }
  }
}

/// One value of a section: its key, and how it follows from what the section reports on.
package struct Field<Item>: Sendable {
  package var slot: Slot
  package var read: @Sendable (Item) -> Value

  package init(_ slot: Slot, _ read: @escaping @Sendable (Item) -> Value) {
    self.slot = slot
    self.read = read
  }

  /// Written to these media alone.
  package func only(_ media: Media) -> Self {
    var copy = self
    copy.slot.media = media
    return copy
  }

  /// With these words in tables where there is no value.
  package func absent(_ words: String) -> Self {
    var copy = self
    copy.slot.absence = words
    return copy
  }

  /// The same value of what holds an `Item`.
  package func of<Whole>(_ part: @escaping @Sendable (Whole) -> Item) -> Field<Whole> {
    let read = read
    return Field<Whole>(slot) { read(part($0)) }
  }
}

extension Field {
  /// A number that stands alone.
  ///
  /// - Parameter macro: the words of the macro with which a paper cites it.
  package static func number(
    _ key: String, _ style: Style, macro: String? = nil,
    _ value: @escaping @Sendable (Item) -> Double?
  ) -> Self {
    Field(Slot(key: key, shape: .number(style), macro: macro)) { Value(value($0), nil) }
  }

  /// A number with an interval beside it.
  package static func number(
    _ key: String, _ style: Style, intervalKey: String = "interval", macro: String? = nil,
    interval: @escaping @Sendable (Item) -> ClosedRange<Double>?,
    _ value: @escaping @Sendable (Item) -> Double?
  ) -> Self {
    let slot = Slot(
      key: key, shape: .number(style), intervalKey: intervalKey, endColumns: ["low", "high"],
      macro: macro)
    return Field(slot) { Value(value($0), interval($0)) }
  }

  /// The same number, in a row that has several intervals: its own is kept under its own key.
  package func withOwnInterval() -> Self {
    var copy = self
    copy.slot.intervalKey = "\(slot.key)_interval"
    copy.slot.endColumns = ["\(slot.key)_low", "\(slot.key)_high"]
    return copy
  }

  /// The same number, cited by a macro whose words depend on what it belongs to.
  package func macro(_ words: @escaping @Sendable (Item) -> String?) -> Self {
    let read = read
    return Field(slot) { item in
      guard case .number(let value, let interval, _) = read(item) else { return .absent }
      return .number(value, interval, macro: words(item))
    }
  }

  /// A number with its interval as one object.
  package static func estimate(
    _ key: String, _ style: Style, _ estimate: @escaping @Sendable (Item) -> Estimate?
  ) -> Self {
    let slot = Slot(
      key: key, shape: .estimate(style), endColumns: ["\(key)_low", "\(key)_high"])
    return Field(slot) { item in
      estimate(item).map { Value($0.value, $0.interval) } ?? .absent
    }
  }

  /// A whole number, perhaps of something: `runs` counts "4 runs" with the noun "run".
  package static func count(
    _ key: String, _ noun: String = "", macro: String? = nil,
    _ value: @escaping @Sendable (Item) -> Int?
  ) -> Self {
    .number(key, .count(noun), macro: macro) { value($0).map(Double.init) }
  }

  package static func text(
    _ key: String, _ value: @escaping @Sendable (Item) -> String?
  ) -> Self {
    Field(Slot(key: key, shape: .text)) { value($0).map { .text(.plain($0)) } ?? .absent }
  }

  package static func code(
    _ key: String, _ value: @escaping @Sendable (Item) -> String?
  ) -> Self {
    Field(Slot(key: key, shape: .text)) { value($0).map { .text(.code($0)) } ?? .absent }
  }

  /// A text with the program's own markup.
  package static func wording(
    _ key: String, _ value: @escaping @Sendable (Item) -> Wording?
  ) -> Self {
    Field(Slot(key: key, shape: .text)) { value($0).map(Value.text) ?? .absent }
  }

  package static func texts(
    _ key: String, _ value: @escaping @Sendable (Item) -> [Wording]?
  ) -> Self {
    Field(Slot(key: key, shape: .texts)) { value($0).map(Value.texts) ?? .absent }
  }

  /// A verdict or a kind: one of the words of an enumeration.
  package static func choice<Choice: RawRepresentable<String> & CaseIterable & Sendable>(
    _ key: String, _ value: @escaping @Sendable (Item) -> Choice?
  ) -> Self {
    Field(Slot(key: key, shape: .choice(Choice.allCases.map(\.rawValue)))) {
      value($0).map { .choice($0.rawValue) } ?? .absent
    }
  }

  package static func flag(_ key: String, _ value: @escaping @Sendable (Item) -> Bool?) -> Self {
    Field(Slot(key: key, shape: .flag)) { value($0).map(Value.flag) ?? .absent }
  }

  package static func record<Part>(
    _ key: String, _ part: @escaping @Sendable (Item) -> Part?, _ fields: [Field<Part>]
  ) -> Self {
    Field(Slot(key: key, shape: .record(fields.map(\.slot)))) { item in
      part(item).map { .record(Record($0, fields)) } ?? .absent
    }
  }

  /// - Parameter table: the name of the CSV file that holds the rows, if one does.
  package static func rows<Row>(
    _ key: String, table: String? = nil, _ rows: @escaping @Sendable (Item) -> [Row]?,
    _ fields: [Field<Row>]
  ) -> Self {
    Field(Slot(key: key, shape: .rows(fields.map(\.slot)), table: table)) { item in
      rows(item).map { .rows($0.map { Record($0, fields) }) } ?? .absent
    }
  }

  /// What only programs read, under names that depend on the data.
  package static func json(
    _ key: String, _ value: @escaping @Sendable (Item) -> JSON?
  ) -> Self {
    Field(Slot(key: key, shape: .json, media: .json)) { value($0).map(Value.json) ?? .absent }
  }
}

extension Value {
  /// Words that hold no markup.
  package static func text(_ words: String) -> Value { .text(.plain(words)) }

  /// Nil and what is not a number are absent.
  fileprivate init(_ value: Double?, _ interval: ClosedRange<Double>?) {
    guard let value, !value.isNaN else {
      self = .absent
      return
    }
    self = .number(value, interval, macro: nil)
  }
}

/// Values that belong to one place alone, such as a figure's caption.
package typealias TemplateValues = Record

extension Record: ExpressibleByDictionaryLiteral {
  package init(dictionaryLiteral elements: (String, Value)...) {
    slots = elements.map { key, value in
      let shape: Shape =
        switch value {
        case .flag: .flag
        case .texts: .texts
        case .record(let record): .record(record.slots)
        case .rows(let rows): .rows(rows.first?.slots ?? [])
        case .absent, .number, .text, .choice, .json: .text
        }
      return Slot(key: key, shape: shape)
    }
    values = elements.map(\.1)
  }

  package mutating func add(_ other: Record) { append(contentsOf: other) }
}
