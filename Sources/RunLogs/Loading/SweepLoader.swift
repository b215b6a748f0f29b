/// Finds sweeps below a data root and reads them.
public enum SweepLoader {
  /// Reads a sweep; on failure gives all of its faults, not just the first.
  ///
  /// A fault of a row or run excludes that run and is no failure: see `Sweep.exclusions`.
  public static func load(_ folder: SweepFolder) -> Result<Sweep, SweepErrors> {
    load(folder, mostRows: mostRows)
  }

  /// The most runs of a sweep, those left out among them: each is listed.
  package static let mostRuns = 10_000

  /// The most rows of one table, which are held in memory together.
  package static let mostRows = 2_000_000

  /// Reads a sweep whose tables have at most so many rows each, and its charts so many values.
  package static func load(
    _ folder: SweepFolder, mostRows: Int, mostChartValues: Int = StepRows.mostValues
  ) -> Result<Sweep, SweepErrors> {
    var reading = SweepReader(folder)
    reading.mostRows = mostRows
    reading.charts.mostValues = mostChartValues
    guard let sweep = reading.read() else {
      return .failure(SweepErrors(sweep: folder.name, errors: reading.errors))
    }
    return .success(sweep)
  }
}
