import Testing

/// A model function of the NIST StRD, with its derivatives.
struct NISTFormula: Sendable, CustomTestStringConvertible {
  /// Predicts the response at predictors `x` for parameters `b`, and writes the derivative with
  /// respect to each parameter into `slopes`.
  typealias Function =
    @Sendable (_ b: [Double], _ x: [Double], _ slopes: inout [Double]) -> Double

  /// The name of the data set.
  let name: String
  /// Whether the model is of the logarithm of the response.
  let isLogarithmic: Bool
  let function: Function

  init(_ name: String, isLogarithmic: Bool = false, _ function: @escaping Function) {
    self.name = name
    self.isLogarithmic = isLogarithmic
    self.function = function
  }

  var testDescription: String { name }

  /// Every problem under test, by NIST's level of difficulty.
  static let all = lowerDifficulty + averageDifficulty + higherDifficulty

  static let lowerDifficulty = [
    NISTFormula("Misra1a", saturatingExponential),
    NISTFormula("Chwirut2", chwirut),
    NISTFormula("Lanczos3", lanczos),
    NISTFormula("Gauss1", gauss),
    NISTFormula("DanWood", danielWood),
    NISTFormula("Misra1b", misra1b),
  ]

  static let averageDifficulty = [
    NISTFormula("Kirby2", quadraticByQuadratic),
    NISTFormula("Hahn1", cubicByCubic),
    NISTFormula("Nelson", isLogarithmic: true, nelson),
    NISTFormula("MGH17", mgh17),
    NISTFormula("Roszman1", roszman),
    NISTFormula("ENSO", enso),
  ]

  static let higherDifficulty = [
    NISTFormula("MGH09", mgh09),
    NISTFormula("Thurber", cubicByCubic),
    NISTFormula("BoxBOD", saturatingExponential),
    NISTFormula("Rat42", ratkowsky2),
    NISTFormula("MGH10", mgh10),
    NISTFormula("Eckerle4", eckerle),
    NISTFormula("Rat43", ratkowsky3),
    NISTFormula("Bennett5", bennett),
  ]
}
