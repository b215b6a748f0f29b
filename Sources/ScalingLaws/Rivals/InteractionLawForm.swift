/// The law of Frantar et al. 2024 with one more exponent, whose value 0 is a claim of the paper.
///
/// The extra exponent is the last one of `exponents`.
public protocol InteractionLawForm: LawForm {
  /// The claim that the extra exponent tests.
  var claim: InteractionClaim.Kind { get }
}
