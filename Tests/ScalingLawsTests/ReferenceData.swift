import Foundation
import ScalingLaws
import Testing

/// Measurements that Frantar et al. 2024 published, which are not part of this repository.
///
/// They are looked for in the folder named by REFERENCE_DATA, else in `shared/reference` beside
/// the repository. `git clone https://github.com/google-research/jaxpruner` has them in
/// jaxpruner/projects/bigsparse.
enum ReferenceData {
  static let missing: Comment =
    "t5-data.csv and vit-data.json are not in ../shared/reference; set REFERENCE_DATA"

  static var folder: URL {
    if let path = ProcessInfo.processInfo.environment["REFERENCE_DATA"] {
      return URL(fileURLWithPath: path)
    }
    return URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../../shared/reference")
  }

  static var isPresent: Bool {
    ["t5-data.csv", "vit-data.json"].allSatisfy {
      FileManager.default.fileExists(atPath: folder.appendingPathComponent($0).path)
    }
  }

  /// Fits of ten laws by an independent program, with what follows from each.
  static var rivals: URL { folder.appendingPathComponent("rivals.json") }

  static var hasRivals: Bool { FileManager.default.fileExists(atPath: rivals.path) }

  struct Unreadable: Error {}

  /// T5 on C4: N = scale · 24 · 12 · 768² · (1 − S), D = steps · 65,536.
  static func t5() throws -> Observations {
    let text = try String(
      contentsOf: folder.appendingPathComponent("t5-data.csv"), encoding: .utf8)
    let rows = try text.split(whereSeparator: \.isNewline).dropFirst().map { line in
      let fields = try line.split(separator: ",").map {
        guard let value = Double($0) else { throw Unreadable() }
        return value
      }
      guard fields.count == 5 else { throw Unreadable() }
      return fields
    }
    return Observations(
      names: rows.map { "t5:\($0[0])" },
      settings: rows.map { row in
        Setting(
          nonZeroParameters: row[2] * 24 * 12 * 768 * 768 * (1 - row[1]), sparsity: row[1],
          data: row[4] * 65_536)
      }, losses: rows.map { $0[3] })
  }

  /// ViT on JFT-4B: N = scale · 12 · 12 · 768² · (1 − S), D = examples.
  static func vit() throws -> Observations {
    let data = try Data(contentsOf: folder.appendingPathComponent("vit-data.json"))
    let columns = try JSONDecoder().decode([String: [String: Double]].self, from: data)
    func column(_ name: String) throws -> [String: Double] {
      guard let column = columns[name] else { throw Unreadable() }
      return column
    }
    let (scale, sparsity) = (try column("scale"), try column("sparsity"))
    let (examples, loss) = (try column("total_examples"), try column("val-loss"))
    let keys = scale.keys.sorted { (Int($0) ?? 0) < (Int($1) ?? 0) }
    return Observations(
      names: keys.map { "vit:\($0)" },
      settings: keys.map { key in
        let s = sparsity[key] ?? .nan
        return Setting(
          nonZeroParameters: (scale[key] ?? .nan) * 12 * 12 * 768 * 768 * (1 - s), sparsity: s,
          data: examples[key] ?? .nan)
      }, losses: keys.map { loss[$0] ?? .nan })
  }

  static let t5Published = FrantarLaw(
    aS: 16.78705, bS: 0.72161276, cS: 45.018447, bN: 0.24513173, aD: 6.8999126e8, bD: 0.20270772,
    c: 0.65074219)
  static let t5Optimum = FrantarLaw(
    aS: 10.710824, bS: 1.3449684, cS: 41.620832, bN: 0.23168278, aD: 6.7690803e8, bD: 0.38463825,
    c: 0.83037479)
  static let vitPublished = FrantarLaw(
    aS: 294.3896, bS: 0.82101251, cS: 468.15738, bN: 0.39222675, aD: 2.3741287e8, bD: 0.88979104,
    c: 4.5166926)
  static let vitOptimum = FrantarLaw(
    aS: 294.32586, bS: 0.82098895, cS: 468.06579, bN: 0.39221077, aD: 2.3741264e8, bD: 0.88983198,
    c: 4.5166361)
}
