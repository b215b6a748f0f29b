import ScalingLaws

/// The table of contents: what a report says, section by section.
///
/// A section is its fields, which declare every number of it once, its template under
/// Templates/sections/ and its figures. A further section is one line here.
package enum Sections {
  static let fields: [Field<SweepAnalysis>] =
    sweepFields + runFields + noiseSectionFields + designFields + trainingFields + lawFields
    + extrapolationFields
    + ladderFields + computeOptimalFields
    + optimalSparsityFields + differenceFields + computeCountFields
    + effectiveParameterFields + claimFields + lawAnswerFields + choiceFields + patternFields
    + pretrainedFields
    + overheadFields
    + exclusionFields + findingFields

  /// Everything that is known of a sweep.
  static func record(_ analysis: SweepAnalysis) -> Record { Record(analysis, fields) }

  package static var slots: [Slot] { fields.map(\.slot) }

  /// The names of the tables that have a CSV file and a LaTeX template.
  static var tableNames: [String] { Record.tableNames(slots) }
}
