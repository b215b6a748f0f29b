import ReportPipeline

/// What is under way, in words.
enum ProgressText {
  static func line(
    _ stage: Pipeline.Stage, _ name: String, _ number: Int, of count: Int
  ) -> String {
    let place = count > 1 ? "[\(number)/\(count)] " : ""
    switch stage {
    case .loading: return "\(place)\(name): reading logs"
    case .fitting: return "\(place)\(name): fitting the law"
    case .drawing: return "\(place)\(name): drawing figures"
    case .writing: return "writing \(name)"
    }
  }
}
