import Plotting
import ScalingLaws

/// One analysis, or one law, and what it says to the three questions.
package struct AnswerRow: Sendable {
  package enum Kind: Hashable, Sendable, CaseIterable {
    /// As the report concludes.
    case own
    /// Near the best of the laws, or inside the intervals of the report.
    case near
    /// Far from the best of the laws, or outside of an interval of the report.
    case far
  }

  package var name: String
  package var kind: Kind
  /// Overtake, multiplier and threshold, in this order.
  package var answers: [Estimate]

  package init(name: String, kind: Kind, answers: [Estimate]) {
    self.name = name
    self.kind = kind
    self.answers = answers
  }
}

/// Three panels, one a question, with a row for each analysis or law; the interval of the report's
/// own answer is shaded from top to bottom.
package struct AnswersFigure: Sendable {
  package var rows: [AnswerRow]
  /// What the panels are called.
  package var titles: [RichText]
  /// What the markers other than the report's mean.
  package var words: [AnswerRow.Kind: RichText]

  init(_ questions: LawQuestions, rows: [AnswerRow], words: [AnswerRow.Kind: RichText]) {
    let sparsity = Style.sparsity.text(questions.sparsity)
    self.init(
      rows: rows,
      titles: [
        "\(sparsity) overtakes \(sparsityOrDense(questions.over))",
        "\(Style.sparsity.text(questions.multiplierSparsity)) is worth",
        "\(sparsity) is best",
      ], words: words)
  }

  package init(rows: [AnswerRow], titles: [RichText], words: [AnswerRow.Kind: RichText]) {
    self.rows = rows
    self.titles = titles
    self.words = words
  }

  private static func marker(_ kind: AnswerRow.Kind) -> Marker {
    switch kind {
    case .own: Marker(.diamond, color: Palette.purple, scale: 1.2)
    case .near: Marker(.circle, color: Palette.ink)
    case .far: Marker(.square, color: Palette.gold, isHollow: true)
    }
  }

  package func figure(_ name: String) -> Figure {
    let places = rows.indices.map { Double(rows.count - 1 - $0) }
    let y = Axis(
      RichText(), domain: -0.6...(Double(rows.count) - 0.4),
      ticks: .labelled(places, rows.map { LawText.short($0.name) }))
    return Figure(
      name: name, panels: titles.indices.map { panel($0, y, Array(zip(rows, places))) },
      arrangement: .grid(maxColumns: 3, sharesX: false, sharesY: true),
      legend: Legend([
        Legend.Group(
          AnswerRow.Kind.allCases.map {
            .init(
              $0 == .own ? "this report" : words[$0] ?? RichText(),
              .init(marker: Self.marker($0)))
          } + [.init("interval of this report", .init(fill: Self.shade))])
      ]), panelHeight: max(12 * Double(rows.count) + 10, 60))
  }

  private static let shade = Color.gray(0.9)

  private func panel(_ index: Int, _ y: Axis, _ places: [(row: AnswerRow, y: Double)]) -> Panel {
    let answers = places.map { $0.row.answers[index] }
    // A few intervals of many decades must not press the rest together.
    let shown = RobustRange(
      answers.filter { $0.value.isFinite }.map { DataPoint(0, $0.value, interval: $0.interval) },
      reach: 4
    ).shown
    let (low, high) = (([1] + shown).min() ?? 1, ([1] + shown).max() ?? 1)
    // A logarithmic axis of few values has too few round numbers.
    let scale: Scale = high > 5 * low ? .log10 : .linear
    let domain = scale.domain(covering: [low, high], padding: 0.06)
    var marks: [Mark] = []
    if let own = places.first(where: { $0.row.kind == .own })?.row.answers[index],
      let interval = own.interval
    {
      marks.append(
        .span(SpanMark("this report", axis: .horizontal, range: interval, color: Self.shade)))
    }
    for kind in AnswerRow.Kind.allCases.reversed() {
      let points = places.filter { $0.row.kind == kind }.compactMap { row, place in
        let answer = row.answers[index]
        return answer.value.isFinite
          ? DataPoint(answer.value, place, interval: answer.interval) : nil
      }
      guard !points.isEmpty else { continue }
      let name = kind == .own ? "this report" : words[kind]?.plainText ?? ""
      marks.append(
        .points(
          PointsMark(name, points: points, marker: Self.marker(kind), intervals: .horizontal)))
    }
    marks += places.filter { $0.row.answers[index].value == .infinity }.map { _, place in
      .text(
        TextMark(
          "never", .within(x: domain, y: (place - 0.5)...(place + 0.5)), color: Palette.reference))
    }
    return Panel(
      title: titles[index],
      x: Axis(
        index == 1 ? "Times the parameters" : "Multiple of Chinchilla",
        short: index == 1 ? "Times" : "Chinchilla multiple", scale: scale, domain: domain), y: y,
      marks: marks)
  }
}

/// The same conclusions under each law that was fitted to the runs.
package struct LawAnswersFigure: SweepFigure {
  package static let name = "answers-by-law"

  package var answers: AnswersFigure

  package init(answers: AnswersFigure) { self.answers = answers }

  init?(_ sweep: FigureSweep) {
    guard let laws = sweep.analysis.lawAnswers else { return nil }
    let sorted = laws.rows.sorted {
      ($0.leaveOneSizeOutError ?? .infinity) < ($1.leaveOneSizeOutError ?? .infinity)
    }
    self.init(
      answers: AnswersFigure(
        laws.questions,
        rows: sorted.map {
          AnswerRow(
            name: LawText.name($0.key), kind: $0.isOwn ? .own : $0.isNearBest ? .near : .far,
            answers: $0.answers.all)
        }, words: [.near: "near the best", .far: "further from it"]))
  }

  package var isDrawable: Bool { answers.rows.count > 1 }
  package func figure() -> Figure { answers.figure(Self.name) }
}

extension LawQuestions.Answers {
  /// In the order of the questions.
  var all: [Estimate] { LawQuestions.Question.allCases.map { self[$0] } }
}
