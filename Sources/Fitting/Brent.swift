/// Minimisation of a function of one variable.
public enum Brent {
  /// A local minimum of `function` in [`lower`, `upper`] by golden sections and parabolas
  /// (Brent 1973, chapter 5), to about `tolerance` in the argument.
  public static func minimise(
    from lower: Double, to upper: Double, tolerance: Double = 1e-10,
    _ function: (Double) -> Double
  ) -> (argument: Double, value: Double) {
    let golden = (3 - 5.0.squareRoot()) / 2
    var a = lower
    var b = upper
    var x = a + golden * (b - a)
    var w = x
    var v = x
    var fx = function(x)
    var fw = fx
    var fv = fx
    var step = 0.0
    var previousStep = 0.0
    for _ in 0..<500 {
      let middle = (a + b) / 2
      let near = 1e-16 + tolerance * abs(x) + tolerance
      if abs(x - middle) <= 2 * near - (b - a) / 2 { break }
      var useGolden = true
      if abs(previousStep) > near {
        let r = (x - w) * (fx - fv)
        var q = (x - v) * (fx - fw)
        var p = (x - v) * q - (x - w) * r
        q = 2 * (q - r)
        if q > 0 { p = -p }
        q = abs(q)
        let before = previousStep
        previousStep = step
        if abs(p) < abs(q * before / 2), p > q * (a - x), p < q * (b - x) {
          step = p / q
          let next = x + step
          if next - a < 2 * near || b - next < 2 * near { step = x < middle ? near : -near }
          useGolden = false
        }
      }
      if useGolden {
        previousStep = x < middle ? b - x : a - x
        step = golden * previousStep
      }
      let u = x + (abs(step) >= near ? step : (step > 0 ? near : -near))
      let fu = function(u)
      if fu <= fx {
        if u < x { b = x } else { a = x }
        (v, fv) = (w, fw)
        (w, fw) = (x, fx)
        (x, fx) = (u, fu)
      } else {
        if u < x { a = u } else { b = u }
        if fu <= fw || w == x {
          (v, fv) = (w, fw)
          (w, fw) = (u, fu)
        } else if fu <= fv || v == x || v == w {
          (v, fv) = (u, fu)
        }
      }
    }
    return (x, fx)
  }

  /// A global minimum in [`lower`, `upper`]: the best of a coarse scan, refined between its
  /// neighbours. Finds the right basin where no basin is narrower than a step of the scan.
  public static func minimiseGlobally(
    from lower: Double, to upper: Double, scan: Int = 400, tolerance: Double = 1e-10,
    _ function: (Double) -> Double
  ) -> (argument: Double, value: Double) {
    let width = (upper - lower) / Double(scan)
    var best = (argument: lower, value: function(lower))
    for index in 1...scan {
      let argument = index == scan ? upper : lower + width * Double(index)
      let value = function(argument)
      if value < best.value { best = (argument, value) }
    }
    let refined = minimise(
      from: max(lower, best.argument - width), to: min(upper, best.argument + width),
      tolerance: tolerance, function)
    return refined.value < best.value ? refined : best
  }
}
