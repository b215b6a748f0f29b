/// How a run ended, against how it was to end.
struct RunEnd: Sendable {
  var plan = RunPlan()
  /// How far the data and the steps count, and about the distance of their rows: those of losses
  /// where the last is taken.
  var data: RowPass.Progress?
  var steps = RowPass.Progress()
  /// How far the log itself goes.
  var loggedData: Double?
  var loggedStep: Double?
}
