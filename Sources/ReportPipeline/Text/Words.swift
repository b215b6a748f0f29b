/// Small joints of sentences.
public enum Words {
  /// `a, b and c`; long lists by their ends and number.
  public static func list(_ items: [String]) -> String {
    switch items.count {
    case 0: "none"
    case 1: items[0]
    case 2...9: items.dropLast().joined(separator: ", ") + " and " + items[items.count - 1]
    default: "\(items[0]) to \(items[items.count - 1]) (\(items.count) values)"
    }
  }

  /// `1 run`, `2 runs`.
  public static func count(_ number: Int, _ noun: String) -> String {
    "\(NumberText.count(number)) \(noun)\(number == 1 ? "" : "s")"
  }
}
