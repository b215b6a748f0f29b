extension Accounting {
  /// The accounting of a name as the command line takes it: `dense`, `sparse` or `hardware:E`
  /// with E from 0 to 1; nil for any other.
  public init?(named name: String, _ schedule: PruningSchedule) {
    switch name {
    case "dense": self = .dense
    case "sparse": self = .sparse(schedule)
    default:
      let prefix = "hardware:"
      guard name.hasPrefix(prefix), let efficiency = Double(name.dropFirst(prefix.count)),
        (0...1).contains(efficiency)
      else { return nil }
      self = .hardware(efficiency: efficiency, schedule)
    }
  }
}
