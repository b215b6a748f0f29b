import Fitting
import Foundation
import ScalingLaws
import Testing

@Suite("Best sparsity in a memory budget")
struct MemoryBudgetTests {
  private let law = ClaimRuns.law
  private let formats: [StorageFormat] = [
    .bitmask, .compressedRows(indexBits: 16, rowLength: 512),
    .compressedRows(indexBits: 32, rowLength: 64),
  ]

  /// The smallest loss on a fine grid of sparsities.
  private func gridMinimum(_ loss: (Double) -> Double) -> (sparsity: Double, loss: Double) {
    var best = (sparsity: 0.0, loss: Double.infinity)
    for step in 0...9_900 {
      let sparsity = Double(step) / 10_000
      let value = loss(sparsity)
      if value < best.loss { best = (sparsity, value) }
    }
    return best
  }

  @Test("at fixed data the optimum agrees with a grid, whatever the budget and the data")
  func fixedData() {
    for format in formats {
      var optima: [Double] = []
      for (bytes, data) in [(1e5, 4e6), (1e7, 4e6), (1e5, 4e8)] {
        let budget = MemoryBudget(bytes: bytes)
        let found = budget.optimum(law: law.general, format: format, data: data)
        let grid = gridMinimum { sparsity in
          // Bits of a position, written out.
          let density = 1 - sparsity
          let bits =
            format == .bitmask
            ? 16 * density + 1
            : format == formats[1] ? 32 * density + 32 / 512.0 : 48 * density + 32 / 64.0
          return law.loss(
            nonZeroParameters: 8 * bytes * density / bits, sparsity: sparsity, data: data)
        }
        #expect(found.loss <= grid.loss * (1 + 1e-12))
        #expect(abs(found.sparsity - grid.sparsity) < 2e-4)
        #expect(found.data == data)
        #expect(
          relativeError(
            found.denseLoss, law.loss(nonZeroParameters: bytes / 2, sparsity: 0, data: data))
            < 1e-12)
        optima.append(found.sparsity)
      }
      #expect(optima.allSatisfy { abs($0 - optima[0]) < 1e-5 })
    }
  }

  @Test("at fixed compute the optimum agrees with a grid", arguments: [0.5, 4, 60])
  func fixedCompute(_ multiple: Double) {
    let model = ComputeModel(
      law: law, accounting: .sparse(PruningSchedule()), flopsPerParameter: 6)
    let flops = multiple * model.chinchillaFlops(nonZeroParameters: 5e4)
    let budget = MemoryBudget(bytes: 1e5, weightBits: 8)
    for format in formats {
      let found = budget.optimum(model: model, format: format, flops: flops)
      let grid = gridMinimum { sparsity in
        let size = format.nonZeroParameters(bytes: 1e5, sparsity: sparsity, weightBits: 8)
        let data = flops / (6 * size / (1 - sparsity) * (1 - 0.625 * sparsity))
        return law.loss(nonZeroParameters: size, sparsity: sparsity, data: data)
      }
      #expect(found.loss <= grid.loss * (1 + 1e-12))
      #expect(abs(found.sparsity - grid.sparsity) < 1e-3)
      #expect(
        relativeError(
          model.flops(
            nonZeroParameters: found.nonZeroParameters, sparsity: found.sparsity,
            data: found.data), flops) < 1e-12)
    }
  }

  @Test("indices alone set no limit at fixed data: sparser is always better")
  func noLimit() {
    // Without row pointers the memory is in proportion to the non-zero weights.
    let format = StorageFormat(
      name: "indices", indexBitsPerNonZero: 16, bitsPerPosition: 0)
    let found = MemoryBudget(bytes: 1e5).optimum(law: law.general, format: format, data: 4e6)
    #expect(found.isAtHighestSparsity)
    #expect(found.sparsity == ComputeModel.highestSparsity)
    #expect(relativeError(found.nonZeroParameters, 8e5 / 32) < 1e-12)
    let mask = MemoryBudget(bytes: 1e5).optimum(law: law.general, format: .bitmask, data: 4e6)
    #expect(!mask.isAtHighestSparsity)
  }

  @Test("a format with one sparsity is judged there, by the share that its pattern keeps")
  func pattern() {
    let data = 8e6
    let full = MemoryBudget(bytes: 1e5).optimum(
      law: law.general, format: .blocked(n: 1, m: 4), data: data)
    #expect(full.sparsity == 0.75)
    #expect(relativeError(full.nonZeroParameters, 8e5 / 18) < 1e-12)
    #expect(relativeError(full.denseParameters, 4 * 8e5 / 18) < 1e-12)
    #expect(full.loss < full.denseLoss)
    let poor = MemoryBudget(bytes: 1e5, multiplierShare: 0.3).optimum(
      law: law.general, format: .blocked(n: 1, m: 4), data: data)
    #expect(
      relativeError(
        poor.loss,
        law.loss(nonZeroParameters: 0.3 * 8e5 / 18, sparsity: 0.75, data: data)) < 1e-12)
    #expect(poor.denseLoss == full.denseLoss)
    #expect(poor.loss > poor.denseLoss)
  }

  @Test("dense storage is the dense model")
  func dense() {
    let found = MemoryBudget(bytes: 1e5).optimum(law: law.general, format: .dense, data: 4e6)
    #expect(found.sparsity == 0)
    #expect(found.loss == found.denseLoss)
  }
}
