/// Names of coefficients as a reader writes them.
enum CoefficientText {
  /// `a_S` as *a*<sub>S</sub>.
  static func symbol(_ name: String) -> String {
    let greek = ["alpha": "α", "beta": "β", "eps": "ε", "mu": "μ"]
    let parts = (greek[name] ?? name).split(separator: "_", maxSplits: 1)
    return parts.count == 2 ? "*\(parts[0])*<sub>\(parts[1])</sub>" : "*\(parts.joined())*"
  }
}
