/// The version of the program, as --version and every manifest give it.
public enum ReportVersion {
  public static let current = "0.1.0"
}
