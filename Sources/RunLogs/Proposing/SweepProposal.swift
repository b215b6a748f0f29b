/// A sweep.yml for the logs of a folder, with comments, and what its author has to decide.
public struct SweepProposal: Sendable {
  /// The text of sweep.yml.
  public private(set) var text = ""
  /// What was recognised, for people: one line each.
  public private(set) var recognised: [String] = []
  /// What only the author knows: one line each. `sweep.yml` asks it at its place, too.
  public private(set) var questions: [String] = []

  private var survey: LogSurvey

  /// Looks into a folder; throws a `Fault` if nothing in it is recognised.
  public init(folder: String) throws {
    try Door.checkRoot(folder, shown: folder)
    let root = Door(Door.real(folder))
    do throws(Fault) {
      survey = try LogSurvey(root)
    } catch {
      throw error.at(file: folder)
    }
    if let path = survey.unreadable.first {
      throw Fault("\(path.quoted) in \(folder.quoted) cannot be read", kind: .unreadable)
    }
    guard !survey.runFolders.isEmpty || !survey.tables.isEmpty else {
      let passed = survey.passedOver.prefix(3).map { "; \($0.path.quoted): \($0.why)" }.joined()
      throw Fault(
        "no log is recognised in \(folder.quoted)" + passed,
        fix: "known are run folders with metrics.jsonl, metrics.csv, trainer_state.json, "
          + "training.log, TensorBoard events, MLflow's file store, DVCLive's or wandb's files, tables "
          + "in CSV, TSV, JSON Lines or JSON, and texts that print a loss")
    }
    recognise()
    write(root)
  }

  /// How many tables and files passed over are named.
  private static let mostNamed = 8

  private mutating func recognise() {
    for (format, count) in survey.formats.sorted(by: { $0.key < $1.key }) {
      recognised.append("\(count) run folder\(count == 1 ? "" : "s"): \(format)")
    }
    func add<Element>(_ elements: [Element], _ kind: String, _ text: (Element) -> String) {
      recognised += elements.map { text($0).visible }.first(Self.mostNamed) { "\($0) more \(kind)" }
    }
    add(survey.tables, "tables") { table in
      if let runs = table.chartRuns {
        return "chart export \(table.path): \(runs) run\(runs == 1 ? "" : "s")"
      }
      let kind = table.rows != nil ? "JSON document" : table.lines != nil ? "text" : "table"
      let what = table.group.map { "\(kind)s \($0.files), a run each" } ?? "\(kind) \(table.path)"
      return "\(what): \(table.columns.count) columns"
    }
    add(survey.passedOver, "files passed over") { "passed over \($0.path): \($0.why)" }
  }

  private mutating func write(_ root: Door) {
    line("# What this sweep is and how its logs are read. All keys are optional but those that")
    line("# answer what the logs leave open. Lines that start with # are notes.")
    line("")
    line("title: \(YAMLText.scalar(root.root.lastComponent.visible))")
    line("# source: how the runs were made, or a citation")
    line("")
    line("# Run folders, tables or patterns, from this file's folder.")
    line("runs:")
    let entries = survey.entries(in: root)
    for entry in entries where !entry.hasPrefix("# ") { line("  - \(entry)") }
    let guesses = entries.filter { $0.hasPrefix("# ") }
    if !guesses.isEmpty {
      ask("which columns tell the runs apart whose steps are rows, if they are?", [])
      for guess in guesses { line("#  - \(guess.dropFirst(2))") }
    }
    line("")
    writeLoss()
    writeData()
    writeSizes()
    for (quantity, note) in [
      (Quantity.pattern, "dense, unstructured, or N:M such as 2:4"),
      (.parent, "the trained run that a run starts from"), (.run, "the run's name"),
    ] { writeOptional(quantity, note) }
    line("")
    line("# Runs to leave out, each rule with its reason:")
    line("# exclude:")
    line("#   - {data: {below: 2.0e6}, why: the learning-rate schedule still dominates}")
    writeSearches()
    line("# unfinished: keep           # fit runs, too, that failed or stopped before their end")
    line("fit: {residual: log, huber_delta: auto}")
    line(
      "holdout: largest             # largest | none | {nonzero_params_at_least: N} | {runs: [..]}")
    line("refit: true                  # after the check fit again on all runs")
    line("# FLOPs per parameter and unit of data, and when pruning starts and ends in training.")
    line("compute: {flops_per_param: 6, pruning: {start: 0.25, end: 0.75}}")
  }

  private mutating func writeLoss() {
    func entry(_ name: String) -> String {
      "loss: {column: \(YAMLText.scalar(name)), take: last}"
    }
    let found = candidates(.loss)
    if found.count == 1 {
      line(
        "# `take` is last, min or {mean: 5}; `unit` is shown on axes, as in nats/token. With min,")
      line(
        "# `within: {from: 0.75}` looks at the last quarter of training alone, when sparsity is full."
      )
      return line(entry(found[0]))
    }
    let likely = survey.columns.filter(ConventionalNames.mayBeLoss).map {
      ConventionalNames.isPerplexity($0)
        ? "loss: {value: \(YAMLText.scalar("log('\($0)')")), unit: nats/token}" : entry($0)
    }
    ask(
      "which column is the validation loss?",
      !found.isEmpty ? found.map(entry) : likely.isEmpty ? ["loss: {column: ...}"] : likely)
    if found.isEmpty { line("# The columns are \(list(survey.columns)).") }
  }

  private mutating func writeData() {
    func askWhich(_ columns: [String]) {
      ask("which column counts the data seen?", columns.map { "data: {\($0), unit: tokens}" })
    }
    let found = candidates(.data)
    if found.count == 1 {
      let unit = ConventionalNames.dataUnit(of: found[0]) ?? "tokens"
      return line("data: {\(Self.column(found[0])), unit: \(unit)}   # data seen in training")
    }
    if found.count > 1 { return askWhich(found.map(Self.column)) }
    let all = DataCandidates(survey.columns + survey.constants)
    let factors = all.factors
    if let flops = all.flops {
      line(
        "# \(YAMLText.scalar(flops)) counts FLOPs and is not read: the data are FLOPs / (k N) only")
      line(
        "# where k is known and N, zeroed weights in or out as they were counted, stays the same.")
    }
    // Without a batch size the product of a step and a context is no amount of data.
    let hasBatch = factors.contains {
      ConventionalNames.batchSizes.contains(ConventionalNames.normalised($0))
    }
    if hasBatch {
      let unit =
        factors.contains { ConventionalNames.contexts.contains(ConventionalNames.normalised($0)) }
        ? "tokens" : "examples"
      let names = factors.map(YAMLText.scalar).joined(separator: ", ")
      ask(
        "is D the product \(factors.joined(separator: " x "))?",
        ["data: {product: [\(names)], unit: \(unit)}"])
      line("# Gradient accumulation and several devices multiply a batch, too: add `times: ...`.")
    } else if let step = factors.first {
      ask(
        "how much data is one step?",
        ["data: {column: \(YAMLText.scalar(step)), times: 65536, unit: tokens}"])
    } else {
      let likely = (survey.columns + survey.constants).filter {
        ConventionalNames.may($0, be: .data)
      }
      askWhich(likely.isEmpty ? ["column: ..."] : likely.map(Self.column))
      line("# The columns are \(list(survey.columns)).")
    }
  }

  private mutating func writeSizes() {
    line("# Any two of dense_params, nonzero_params and sparsity (or density) give the third.")
    line("# Count prunable weights, without embeddings.")
    let all = survey.columns + survey.constants
    var known = 0
    for quantity in Quantity.sizes {
      var found = candidates(quantity, tiers: 1)
      let isDensity = quantity == .sparsity && found.isEmpty
      if isDensity { found = ConventionalNames.densities(among: all) }
      let key = isDensity ? "density" : quantity.rawValue
      if found.count == 1 {
        known += 1
        line("\(key): {\(Self.column(found[0]))}")
      } else if found.count > 1 {
        known += 1
        ask(
          "which column is \(key)?",
          found.map { "\(key): {\(Self.column($0))}" })
      }
    }
    guard known < 2 else { return }
    let bare = candidates(.denseParameters)
    if candidates(.denseParameters, tiers: 1).isEmpty, !bare.isEmpty {
      known += 1
      if bare.count == 1 {
        question("does \(bare[0].quoted) count zeroed weights, too?")
        line("# CHECK: does this count zeroed weights, too? It is read so; if not, write")
        line("# nonzero_params: {\(Self.column(bare[0]))}")
      } else {
        ask(
          "which column is dense_params, zeroed weights included?",
          bare.map { "dense_params: {\(Self.column($0))}" })
      }
    }
    guard known < 2 else { return }
    if survey.tables.contains(where: { $0.chartRuns != nil }) {
      line(
        "# A chart does not hold them: export the table of runs, too, with Name and the columns of")
      line("# the configuration, and put it beside the chart.")
    }
    let hasSize = !candidates(.denseParameters).isEmpty || !candidates(.nonZeroParameters).isEmpty
    var lines: [String] = []
    if !hasSize {
      lines = all.filter { ConventionalNames.may($0, be: .denseParameters) }
        .map { "dense_params: {\(Self.column($0))}" }
      lines += survey.words.prefix(3).map { word in
        let labels = word.values.map { "\(YAMLText.scalar($0)): ..." }.joined(separator: ", ")
        return "dense_params: {column: \(YAMLText.scalar(word.column)), labels: {\(labels)}}"
      }
      // Numbers in the names of files have no names of their own.
      let unnamed = survey.tables.compactMap { $0.group?.names.flatMap(NamePattern.init)?.names }
      lines += unnamed.flatMap { $0 }.map { "dense_params: {column: \(YAMLText.scalar($0))}" }
      if lines.isEmpty { lines = ["dense_params: {column: ...}"] }
    }
    let isSparse =
      !candidates(.sparsity).isEmpty || !ConventionalNames.densities(among: all).isEmpty
    if !isSparse {
      lines.append("sparsity: 0                  # if all runs are dense")
      let likely = all.filter { ConventionalNames.may($0, be: .sparsity) }
      lines += (likely.isEmpty ? ["column: ..."] : likely.map(Self.column)).map {
        "sparsity: {\($0)}"
      }
    }
    ask(
      hasSize
        ? "are all runs dense, or which column is the sparsity?"
        : isSparse ? "which column counts the parameters?" : "where are parameters and sparsity?",
      lines)
    line("# The names in the logs are \(list(all)).")
  }

  /// What may be said of tables with columns of words and of searches.
  private mutating func writeSearches() {
    let searched = survey.columns.filter { column in
      let words = ConventionalNames.normalised(column).split(separator: "_")
      return words.contains("lr") || words.suffix(2) == ["learning", "rate"]
    }
    if let column = searched.first, !survey.tables.isEmpty {
      line("# Of runs that differ in a search alone the one of least loss:")
      line("# keep: {best: [\(YAMLText.scalar(column))]}")
    }
    if let word = survey.words.first {
      line("# A sweep for each value of a column:")
      line("# sweeps_by: \(YAMLText.scalar(word.column))")
    }
  }

  private mutating func writeOptional(_ quantity: Quantity, _ note: String) {
    let found = candidates(quantity)
    if found.count == 1 {
      line("\(quantity.rawValue): {column: \(YAMLText.scalar(found[0]))}   # \(note)")
    } else if found.count > 1 {
      ask(
        "which is \(note)?",
        found.map { "\(quantity.rawValue): {column: \(YAMLText.scalar($0))}" })
    }
  }

  /// A column as a mapping names it, with the factor that its name tells: `Params (M)`.
  private static func column(_ name: String) -> String {
    let factors: [(Double, String)] = [
      (0.01, "0.01"), (1e3, "1e3"), (1e6, "1e6"), (1e9, "1e9"), (1e12, "1e12"),
    ]
    let times = ConventionalNames.unscaled(name).times
    let factor = factors.first { $0.0 == times }.map { ", times: \($0.1)" } ?? ""
    return "column: \(YAMLText.scalar(name))" + factor
  }

  private func candidates(_ quantity: Quantity, tiers: Int = .max) -> [String] {
    let found = ConventionalNames.candidates(
      for: quantity, among: survey.columns, tiers: tiers)
    return found.isEmpty
      ? ConventionalNames.candidates(for: quantity, among: survey.constants, tiers: tiers)
      : found
  }

  private mutating func ask(_ text: String, _ choices: [String]) {
    question(text)
    line("# QUESTION: \(text) Take the # away from the line that is right.")
    for choice in choices { line("# \(choice)") }
  }

  private mutating func question(_ text: String) { questions.append(text.visible) }

  private mutating func line(_ text: String) { self.text += text + "\n" }

  private func list(_ names: [String]) -> String {
    names.prefix(20).map { YAMLText.scalar($0) }.joined(separator: ", ")
      + (names.count > 20 ? ", ..." : "")
  }
}
