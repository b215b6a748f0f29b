import Fitting
import Foundation

/// The distribution of residuals for which minimising the mean Huber loss is maximum likelihood:
/// density exp(−ρ(r) / s) / Z(s), normal in the middle with exponential tails.
///
/// It turns an objective into a likelihood whose scale s is fitted, so that laws with different
/// numbers of coefficients can be compared by Akaike's criterion whether most residuals lie
/// inside delta or outside.
package enum HuberLikelihood {
  /// log Z(s), Z(s) = √(2πs) erf(δ / √(2s)) + 2 (s / δ) exp(−δ² / (2s)), with s in units of δ².
  package static func logNormaliser(scale: Double, delta: Double) -> Double {
    let s = scale
    let middle = (2 * .pi * s).squareRoot() * erf(1 / (2 * s).squareRoot())
    let tails = 2 * s * exp(-1 / (2 * s))
    return log(delta * (middle + tails))
  }

  /// −2 log likelihood per run at the scale that fits best, for a mean Huber loss `objective`.
  package static func deviancePerRun(objective: Double, delta: Double) -> Double {
    let reduced = objective / (delta * delta)
    let best = Brent.minimiseGlobally(from: -50, to: 50) { logScale in
      let scale = exp(logScale)
      return reduced / scale + logNormaliser(scale: scale, delta: delta)
    }
    return 2 * best.value
  }

  /// Akaike's criterion with the correction of Hurvich and Tsai 1989 for few observations; nil
  /// where there are too few for it.
  package static func informationCriterion(
    objective: Double, delta: Double, runs: Int, freeCoefficients: Int
  ) -> Double? {
    let k = Double(freeCoefficients + 1)
    let n = Double(runs)
    guard n > k + 1 else { return nil }
    return n * deviancePerRun(objective: objective, delta: delta) + 2 * k * n / (n - k - 1)
  }
}
