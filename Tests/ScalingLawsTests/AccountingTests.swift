import Foundation
import ScalingLaws
import Testing

@Suite("Accounting and pruning schedule")
struct AccountingTests {
  static let schedules = [
    PruningSchedule(), .init(start: 0, end: 1), .init(start: 0.1, end: 0.4),
    .init(start: 0.5, end: 0.5), .init(start: 0, end: 0),
  ]

  @Test("the mean density is the integral of the schedule", arguments: schedules)
  func meanDensity(schedule: PruningSchedule) {
    for target in [0, 0.5, 0.875, 0.99] {
      let steps = 100_000
      let total = (0..<steps).reduce(0.0) { sum, step in
        let progress = (Double(step) + 0.5) / Double(steps)
        return sum + 1 - schedule.sparsity(at: progress, target: target)
      }
      #expect(abs(total / Double(steps) - schedule.meanDensity(target: target)) < 1e-5)
    }
  }

  @Test("the schedule of the paper saves 0.625 of the sparsity")
  func paper() {
    let schedule = PruningSchedule()
    #expect(schedule.meanShareOfTarget == 0.625)
    #expect(schedule.sparsity(at: 0.2, target: 0.8) == 0)
    // Half-way through: 1 − (1/2)³ of the target.
    #expect(abs(schedule.sparsity(at: 0.5, target: 0.8) - 0.7) < 1e-12)
    #expect(schedule.sparsity(at: 0.9, target: 0.8) == 0.8)
  }

  @Test("the schedule never falls", arguments: schedules)
  func monotone(schedule: PruningSchedule) {
    let values = (0...1_000).map { schedule.sparsity(at: Double($0) / 1_000, target: 0.9) }
    #expect(zip(values, values.dropFirst()).allSatisfy { $0 <= $1 })
    #expect(values.allSatisfy { (0...0.9).contains($0) })
  }

  @Test("cost factors: dense 1 / (1 − S), sparse mean density over density, hardware between")
  func costFactors() {
    let schedule = PruningSchedule()
    for sparsity in [0, 0.3, 0.75, 0.98] {
      let dense = Accounting.dense.costFactor(sparsity)
      let sparse = Accounting.sparse(schedule).costFactor(sparsity)
      #expect(abs(dense - 1 / (1 - sparsity)) < 1e-12 * dense)
      let expected = schedule.meanDensity(target: sparsity) / (1 - sparsity)
      #expect(abs(sparse - expected) < 1e-12 * sparse)
      // Cost is linear in q: half of the saving saves half.
      let hardware = Accounting.hardware(efficiency: 0.5, schedule).costFactor(sparsity)
      #expect(abs(hardware - (dense + sparse) / 2) < 1e-12 * dense)
    }
    #expect(Accounting.hardware(efficiency: 0, schedule).savedShare == 0)
    #expect(
      Accounting.hardware(efficiency: 1, schedule).savedShare
        == Accounting.sparse(schedule).savedShare)
    #expect(Accounting.hardware(efficiency: 0.5, schedule).name == "hardware:0.5")
  }

  @Test("the slope of the cost factor is its derivative")
  func slope() {
    for accounting in [Accounting.dense, .sparse(.init()), .hardware(efficiency: 0.3, .init())] {
      for sparsity in [0.1, 0.5, 0.9] {
        let step = 1e-6
        let difference =
          (accounting.costFactor(sparsity + step) - accounting.costFactor(sparsity - step))
          / (2 * step)
        #expect(relativeError(accounting.costFactorSlope(sparsity), difference) < 1e-7)
      }
    }
  }

  @Test("data and FLOPs are inverse to each other")
  func roundTrip() {
    let model = ComputeModel(
      law: ReferenceData.t5Optimum, accounting: .sparse(.init()), flopsPerParameter: 6 * 196)
    let flops = model.flops(nonZeroParameters: 1e7, sparsity: 0.75, data: 3e9)
    #expect(
      relativeError(flops, 6 * 196 * 1e7 * 3e9 * (1 - 0.625 * 0.75) / 0.25) < 1e-12)
    let data = model.data(nonZeroParameters: 1e7, sparsity: 0.75, flops: flops)
    #expect(relativeError(data, 3e9) < 1e-12)
  }
}
