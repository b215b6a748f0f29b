/// What is wrong with a run, where, and what to do about it.
package struct RunFault: Error {
  package var run: String
  package var location: SourceLocation
  package var message: String
  package var advice: String?

  /// The reason for leaving the run out.
  package var why: String {
    "\(location): \(message); the run is excluded: "
      + (advice ?? "mend the log or leave the run out")
  }
}

extension RunReadings {
  /// Turns the readings into a run, or says what is wrong with them.
  package func assemble() throws(RunFault) -> TrainingRun {
    let name = try runName()
    let context = RunChecks(run: name, location: location)
    let data = try context.scaled(readings[.data], Quantity.data, in: 1...1e30)
    let loss = try context.scaled(readings[.loss], Quantity.loss, in: 1e-6...1e6)
    let sizes = try context.sizes(
      dense: optional(.denseParameters, context), nonZero: optional(.nonZeroParameters, context),
      sparsity: context.sparsity(readings[.sparsity]))
    let pattern = try context.pattern(readings[.pattern], sparsity: sizes.sparsity)
    return TrainingRun(
      name: name, nonZeroParameters: sizes.nonZero, denseParameters: sizes.dense,
      sparsity: sizes.sparsity, data: data, loss: loss, pattern: pattern,
      parent: try parent(context), location: location,
      history: history.isEmpty
        ? [
          Checkpoint(
            data: data, loss: loss, sparsity: sizes.sparsity, nonZeroParameters: sizes.nonZero)
        ] : history)
  }

  private func optional(
    _ quantity: Quantity, _ context: RunChecks
  ) throws(RunFault) -> Double? {
    guard let reading = readings[quantity] else { return nil }
    if case .missing = reading.value.number { return nil }
    return try context.scaled(reading, quantity, in: 1...1e30)
  }

  /// The run's name from the logs or its fallback.
  private func runName() throws(RunFault) -> String {
    guard let text = readings[.run]?.value.text, !text.allSatisfy(\.isWhitespace) else {
      return fallbackName.visible
    }
    guard text.utf8.count <= 1_000, !text.unicodeScalars.contains("\0") else {
      throw RunChecks(run: fallbackName.visible, location: location).fault(
        readings[.run]?.location, "the run's name holds NUL or is longer than 1,000 bytes")
    }
    return text.visible
  }

  private func parent(_ context: RunChecks) throws(RunFault) -> String? {
    guard let text = readings[.parent]?.value.text?.visible else { return nil }
    let blank = ["", "none", "null", "nan", "na", "false"]
    return blank.contains(text.lowercased()) ? nil : text
  }
}
