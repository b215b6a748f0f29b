import Foundation
import RunLogs
import ScalingLaws

/// How the runs that conclusions rest on were trained, by their configurations alone.
let trainingFields: [Field<SweepAnalysis>] = [
  .record(
    "training", { TrainingSettings($0.runs(.fitted) + $0.runs(.heldOut)) },
    [
      .rows(
        "settings", table: "training-settings", { $0.settings },
        [
          .code("name") { $0.name },
          .wording("value") { .plain($0.text) }.only(.prose),
          .text("least") { $0.values.first?.text },
          .text("most") { $0.values.last?.text },
          .count("values") { $0.values.count }.only([.json, .csv]),
          .count("runs") { $0.runs },
        ]),
      .texts("seeds") { $0.seeds.map(Wording.plain) },
      .texts("unnamed") { $0.unnamed.map(Wording.plain) }.only(.prose),
    ])
]

/// The constants of runs that tell how they were trained.
///
/// Only names of `topics` are shown: a configuration may hold anything, also what nobody wants in
/// a report.
private struct TrainingSettings: Sendable {
  struct Setting: Sendable {
    var name: String
    /// The distinct values, ascending.
    var values: [(text: String, number: Double?)]
    /// The runs that give one.
    var runs: Int

    /// One value, or the range of several; of more than a few words their number.
    var text: String {
      guard values.count > 1 else { return values[0].text }
      if values.allSatisfy({ $0.number != nil }) {
        let ends = [values[0], values[values.count - 1]].map { Self.number($0.number ?? .nan) }
        return "\(ends[0]) to \(ends[1])"
      }
      return values.count <= 3
        ? values.map(\.text).joined(separator: " / ") : "\(values.count) values"
    }

    /// Whole numbers with all their digits, others with three.
    static func number(_ value: Double) -> String {
      (value == value.rounded() ? Style.setting : .significant(3)).text(value)
    }
  }

  private struct Topic {
    /// What a reader would miss; nil where nobody would.
    var name: String?
    /// A name belongs here that holds all words of one of these.
    var words: [[Substring]]
  }

  /// In the order of the report. A name belongs to the first that it fits.
  private static let topics = [
    Topic(
      name: "the optimiser",
      words: [["optimizer"], ["optimiser"], ["optim"], ["momentum"], ["beta1"], ["beta2"]]),
    Topic(name: "the schedule", words: [["schedule"], ["scheduler"], ["warmup"], ["decay"]]),
    Topic(name: "the learning rate", words: [["lr"], ["learning", "rate"]]),
    Topic(
      name: "the batch size", words: [["batch"], ["microbatch"], ["accumulation"]]),
    Topic(
      name: "the context",
      words: [["context"], ["ctx"], ["seq"], ["seqlen"], ["sequence"], ["block", "size"]]),
    Topic(
      words: [
        ["steps"], ["epochs"], ["clip"], ["dropout"], ["precision"], ["dtype"], ["prune"],
        ["pruning"], ["pruner"],
      ]),
    Topic(
      words: [
        ["model"], ["architecture"], ["arch"], ["layers"], ["layer"], ["depth"], ["width"],
        ["heads"], ["head"], ["hidden"], ["ff"], ["dff"], ["mlp"], ["embd"], ["activation"],
        ["vocab"], ["tokenizer"], ["dataset"], ["corpus"],
      ]),
  ]

  private(set) var settings: [Setting] = []
  /// `0 (83 runs)`; the runs are left out where there is one seed.
  private(set) var seeds: [String] = []
  /// What a reader would look for and no configuration names.
  private(set) var unnamed: [String] = []

  /// Nil where no run tells anything of its training.
  init?(_ runs: [TrainingRun]) {
    var found: [(topic: Int, setting: Setting)] = []
    for name in Set(runs.flatMap(\.settings.keys)) {
      guard let topic = Self.topic(of: name) else { continue }
      let texts = runs.compactMap { $0.settings[name]?.trimmed }.filter { !$0.isEmpty }
      guard !texts.isEmpty else { continue }
      found.append((topic, Setting(name: name, values: Self.distinct(texts), runs: texts.count)))
    }
    found.sort { ($0.topic, $0.setting.name) < ($1.topic, $1.setting.name) }
    settings = found.map(\.setting)
    let given = runs.compactMap(\.seed).map(Self.short)
    let distinct = Self.distinct(given)
    seeds = distinct.prefix(10).map { seed in
      let count = Double(given.count { $0 == seed.text })
      return distinct.count == 1 ? seed.text : "\(seed.text) (\(Style.count("run").text(count)))"
    }
    if distinct.count > 10 { seeds.append(Style.count("other").text(Double(distinct.count - 10))) }
    guard !settings.isEmpty || !seeds.isEmpty else { return nil }
    unnamed = Self.topics.enumerated().compactMap { index, topic in
      found.contains { $0.topic == index } ? nil : topic.name
    }
  }

  private static func topic(of name: String) -> Int? {
    let words = ConventionalNames.normalised(name).split(separator: "_")
    return topics.firstIndex { $0.words.contains { $0.allSatisfy(words.contains) } }
  }

  private static func distinct(_ texts: [String]) -> [(text: String, number: Double?)] {
    Set(texts).map { text in
      (text: short(text), number: Double(text).flatMap { $0.isFinite ? $0 : nil })
    }.sorted { ($0.number ?? .infinity, $0.text) < ($1.number ?? .infinity, $1.text) }
  }

  private static func short(_ text: String) -> String { text.clipped(mark: "…") }
}
