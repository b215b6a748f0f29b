/// Text with italics, subscripts and superscripts.
///
/// A literal is read as markup: `*N*` is italic, `_{S}` a subscript, `^{3}` a superscript, and
/// `^{b}^_{S}` a superscript with a subscript of its own.
/// Interpolated strings are taken as they are, so that names from data cannot be misread:
///
///     let label: RichText = "Validation loss *L* (\(unit))"
public struct RichText: Hashable, Sendable {
  public enum Script: Hashable, Sendable {
    case normal, subscripted, superscripted
    /// The subscript of a superscript: the S of (1 - S)^b_S.
    case superscriptedSubscript
  }

  public struct Run: Hashable, Sendable {
    public var string: String
    public var isItalic: Bool
    public var script: Script

    public init(_ string: String, isItalic: Bool = false, script: Script = .normal) {
      self.string = string
      self.isItalic = isItalic
      self.script = script
    }
  }

  public private(set) var runs: [Run]

  public init(runs: [Run] = []) {
    self.runs = []
    for run in runs { append(run) }
  }

  /// The string as it stands, without markup.
  ///
  /// Control characters, which fonts lack and which end C strings, become spaces.
  public init(plain string: String) { self.init(runs: [Run(string)]) }

  /// The characters alone, for data tables and alternative text.
  public var plainText: String { runs.map(\.string).joined() }

  public var isEmpty: Bool { runs.isEmpty }

  public static func + (a: RichText, b: RichText) -> RichText { RichText(runs: a.runs + b.runs) }

  /// Adds a run, joining it to the last one where the two look alike.
  private mutating func append(_ run: Run) {
    guard !run.string.isEmpty else { return }
    var run = run
    if run.string.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
      let cleaned = run.string.unicodeScalars.map {
        $0.properties.generalCategory == .control ? " " : $0
      }
      run.string = String(String.UnicodeScalarView(cleaned))
    }
    if let last = runs.last, last.isItalic == run.isItalic, last.script == run.script {
      runs[runs.count - 1].string += run.string
    } else {
      runs.append(run)
    }
  }
}

extension RichText: ExpressibleByStringInterpolation {
  public init(stringLiteral value: String) {
    var interpolation = StringInterpolation(literalCapacity: 0, interpolationCount: 0)
    interpolation.appendLiteral(value)
    self.init(stringInterpolation: interpolation)
  }

  public init(stringInterpolation: StringInterpolation) {
    self.init(runs: stringInterpolation.runs)
  }

  /// Reads markup in the literal parts; the style in force reaches over interpolations.
  public struct StringInterpolation: StringInterpolationProtocol {
    var runs: [Run] = []
    private var isItalic = false
    private var script = Script.normal

    public init(literalCapacity: Int, interpolationCount: Int) {}

    public mutating func appendLiteral(_ literal: String) {
      var text = ""
      var characters = literal[...]
      while let character = characters.popFirst() {
        switch character {
        case "*":
          flush(&text)
          isItalic.toggle()
        case "^" where characters.starts(with: "_{"):
          characters.removeFirst(2)
          flush(&text)
          script = .superscriptedSubscript
        case "_" where characters.first == "{", "^" where characters.first == "{":
          characters.removeFirst()
          flush(&text)
          script = character == "_" ? .subscripted : .superscripted
        case "}" where script != .normal:
          flush(&text)
          script = .normal
        default:
          text.append(character)
        }
      }
      flush(&text)
    }

    public mutating func appendInterpolation(_ string: String) {
      runs.append(Run(string, isItalic: isItalic, script: script))
    }

    public mutating func appendInterpolation(_ text: RichText) { runs += text.runs }

    private mutating func flush(_ text: inout String) {
      runs.append(Run(text, isItalic: isItalic, script: script))
      text = ""
    }
  }
}
