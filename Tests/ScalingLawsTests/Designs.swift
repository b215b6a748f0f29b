import Fitting
import Foundation
import RunLogs
import ScalingLaws
import Testing

/// A set of settings at which a synthetic sweep is measured.
struct Design: Sendable, CustomTestStringConvertible {
  var name: String
  var settings: [Setting]
  var testDescription: String { name }

  static func grid(_ name: String, n: [Double], s: [Double], d: [Double]) -> Design {
    var settings: [Setting] = []
    for size in n {
      for sparsity in s {
        for data in d {
          settings.append(Setting(nonZeroParameters: size, sparsity: sparsity, data: data))
        }
      }
    }
    return Design(name: name, settings: settings)
  }

  /// The shape of the T5 sweep: 4 sizes, 4 sparsities, 3 amounts of data.
  static let t5 = grid(
    "4 N x 4 S x 3 D", n: [1.33e6, 5.3e6, 2.1e7, 8.5e7], s: [0, 0.5, 0.75, 0.875],
    d: [1.6e10, 3.3e10, 6.6e10])

  /// The shape of the byte-level sweep.
  static let bytes = grid(
    "byte-lm", n: [9_216, 18_432, 36_864, 73_728], s: [0, 0.5, 0.75, 0.875],
    d: [2, 4, 8].map { $0 * 1_048_576 })

  /// Nothing on a grid: 40 settings spread over the ranges of their quantities.
  static let scattered = Design(
    name: "scattered",
    settings: {
      let sequence = LowDiscrepancySequence(dimensions: 3, seed: 4)
      return (0..<40).map { index in
        let point = sequence[index]
        return Setting(
          nonZeroParameters: 1e6 * exp(5 * point[0]), sparsity: 1 - exp(-2.5 * point[1]),
          data: 1e9 * exp(5 * point[2]))
      }
    }())

  /// Few runs: each of 3 sizes, 4 sparsities and 3 amounts of data, not all combinations.
  static let sparse = Design(
    name: "fraction of a grid",
    settings: grid(
      "", n: [1e7, 1e8, 1e9], s: [0, 0.4, 0.8, 0.95], d: [1e9, 1e10, 1e11]
    ).settings.enumerated().filter { $0.offset % 2 == 0 }.map(\.element))

  static let dense = grid(
    "dense", n: [1e6, 4e6, 1.6e7, 6.4e7], s: [0], d: [1e9, 4e9, 1.6e10, 6.4e10])

  /// Runs whose losses follow `law`, times exp(noise · z).
  func observations(
    of law: FrantarLaw, noise: Double = 0, generator: inout SplitMix64
  ) -> Observations {
    Observations(
      names: settings.indices.map { "r\($0)" }, settings: settings,
      losses: settings.map { setting in
        let deviation = noise > 0 ? noise * generator.normal() : 0
        return law.loss(setting) * exp(deviation)
      })
  }

  /// Runs r0, r1 ... without noise, in the lines of a table.
  func runs(of law: FrantarLaw) -> [TrainingRun] {
    settings.enumerated().map { index, setting in
      TrainingRun(
        name: "r\(index)", nonZeroParameters: setting.nonZeroParameters,
        denseParameters: setting.denseParameters, sparsity: setting.sparsity,
        data: setting.data, loss: law.loss(setting),
        pattern: setting.sparsity == 0 ? .dense : .unstructured,
        location: .init(file: "runs.csv", line: index + 2))
    }
  }

  func observations(of law: FrantarLaw) -> Observations {
    var generator = SplitMix64(seed: 0)
    return observations(of: law, generator: &generator)
  }

  /// A law whose three terms all matter on this design, drawn at random.
  func randomLaw(_ generator: inout SplitMix64) -> FrantarLaw {
    func draw(_ range: ClosedRange<Double>) -> Double {
      range.lowerBound + generator.unitInterval() * (range.upperBound - range.lowerBound)
    }
    let units = Normalisation(settings)
    let (bS, bN, bD) = (draw(0.4...2), draw(0.15...0.6), draw(0.2...0.9))
    let sizeUnit = pow(units.nonZeroParameters, bN)
    return FrantarLaw(
      aS: draw(0.1...0.8) * sizeUnit, bS: bS, cS: draw(0.3...1.5) * sizeUnit, bN: bN,
      aD: units.data * pow(draw(0.1...0.8), 1 / bD), bD: bD, c: draw(0.3...1.5))
  }
}

extension FrantarLaw {
  /// As a law among others.
  var general: ScalingLaw { ScalingLaw(self) }
}

extension ComputeModel {
  /// The best sparsity by direct minimisation of the loss: a scan that is even in log density, then
  /// Brent. Assumes nothing about the shape of law and accounting.
  func optimumByScan(nonZeroParameters: Double, flops: Double) -> Optimum {
    let best = Brent.minimiseGlobally(from: 0, to: -log(1 - Self.highestSparsity)) { depth in
      loss(nonZeroParameters: nonZeroParameters, sparsity: 1 - exp(-depth), flops: flops)
    }
    let sparsity = max(0, 1 - exp(-best.argument))
    return Optimum(
      sparsity: sparsity,
      loss: loss(nonZeroParameters: nonZeroParameters, sparsity: sparsity, flops: flops),
      data: data(nonZeroParameters: nonZeroParameters, sparsity: sparsity, flops: flops))
  }
}

extension LawFitter {
  /// A fitter of the whole law with the T5 objective.
  init(_ observations: Observations, form: LawForm = Laws.sparsity) {
    self.init(form: form, observations: observations, residual: .log, huberDelta: 1e-3)
  }
}

func fitOptions(starts: Int = 200, seed: UInt64 = 0, threads: Int = 1) -> FitOptions {
  var options = FitOptions()
  options.starts = starts
  options.seed = seed
  options.threads = threads
  return options
}

/// |found / expected − 1|.
func relativeError(_ found: Double, _ expected: Double) -> Double { abs(found / expected - 1) }

func coefficient(_ name: String, of coefficients: [Coefficient]) -> Double {
  coefficients.first { $0.name == name }?.value ?? .nan
}
