/// The share e of the saved FLOPs that hardware must turn into saved time for a sparsity to pay.
public enum BreakEven: Sendable, Equatable {
  /// It pays even if no saved FLOP becomes saved time: e = 0 suffices.
  case withoutSavings
  /// It pays from this efficiency, in (0, 1], on.
  case efficiency(Double)
  /// It does not pay even if every saved FLOP becomes saved time: e = 1 does not suffice.
  case never

  /// As a number that sorts: 0, the efficiency, or infinity.
  public var value: Double {
    switch self {
    case .withoutSavings: 0
    case .efficiency(let efficiency): efficiency
    case .never: .infinity
    }
  }

  /// From an efficiency of any value: 0 and below, (0, 1], or above.
  init(_ efficiency: Double) {
    self = efficiency <= 0 ? .withoutSavings : efficiency <= 1 ? .efficiency(efficiency) : .never
  }
}
