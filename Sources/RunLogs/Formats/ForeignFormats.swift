/// Files of tables that are known and not read, with what to do about them.
///
/// Parquet was weighed: its Thrift headers, encodings and the codecs Snappy and Zstandard are some
/// 2,000 lines, or a library that takes minutes to build, for what one line of pandas or DuckDB
/// converts.
package enum ForeignFormats {
  /// A kind of file, how it is recognised and what to do about it.
  private struct Kind {
    var name: String
    var endings: [String]
    /// The bytes that such a file starts with; empty where a name alone tells it.
    var magic: [UInt8]
    var advice: String
  }

  private static let kinds: [Kind] = [
    Kind(
      name: "Parquet", endings: ["parquet", "pq"], magic: Array("PAR1".utf8),
      advice: "convert it: duckdb -c \"COPY 'FILE' TO 'FILE.csv'\", or "
        + "python3 -c \"import pandas; pandas.read_parquet('FILE').to_csv('FILE.csv', index=False)\""
    ),
    Kind(
      name: "Arrow", endings: ["feather", "arrow"], magic: Array("ARROW1".utf8),
      advice: "convert it: python3 -c \"import pandas; "
        + "pandas.read_feather('FILE').to_csv('FILE.csv', index=False)\""),
    Kind(
      name: "a workbook", endings: ["xlsx", "xlsm", "xls", "ods", "numbers"], magic: [],
      advice: "save its sheet as CSV, or: python3 -c \"import pandas; "
        + "pandas.read_excel('FILE').to_csv('FILE.csv', index=False)\""),
    Kind(
      name: "NumPy arrays", endings: ["npz", "npy"], magic: [0x93] + Array("NUMPY".utf8),
      advice: "export its columns: python3 -c \"import numpy, pandas; "
        + "pandas.DataFrame(dict(numpy.load('FILE'))).to_csv('FILE.csv', index=False)\""),
    Kind(
      name: "a pickle", endings: ["pkl", "pickle"], magic: [0x80, 0x04, 0x95],
      advice: "a pickle runs code as it is read; if you trust it: python3 -c \"import pandas; "
        + "pandas.read_pickle('FILE').to_csv('FILE.csv', index=False)\""),
    Kind(
      name: "a database", endings: ["sqlite", "sqlite3", "db", "duckdb"],
      magic: Array("SQLite format 3".utf8),
      advice: "export its table: sqlite3 -header -csv 'FILE' 'select * from TABLE' > FILE.csv"),
    Kind(
      name: "HDF5", endings: ["h5", "hdf5"], magic: [0x89] + Array("HDF".utf8),
      advice: "export it as CSV"),
    // Workbooks and NumPy's npz are archives, too.
    Kind(
      name: "an archive or a workbook", endings: ["zip", "tar", "tgz", "7z"],
      magic: [0x50, 0x4B, 0x03, 0x04],
      advice: "unpack it; if it is a workbook save its sheet as CSV"),
    Kind(
      name: "an old workbook", endings: [], magic: [0xD0, 0xCF, 0x11, 0xE0],
      advice: "save its sheet as CSV"),
  ]

  /// What a file of this name is and how to convert it; nil for other files.
  package static func advice(forFileNamed name: String) -> String? {
    let plain = LogFormats.withoutCompression(name.lowercased())
    guard let ending = plain.split(separator: ".").last.map(String.init), ending != plain,
      let kind = kinds.first(where: { $0.endings.contains(ending) })
    else { return nil }
    return "it is \(kind.name): " + kind.advice.replacing("FILE", with: shellName(name))
  }

  /// The fault of a text that starts as such a file does.
  static func fault(startingWith bytes: ArraySlice<UInt8>) -> Fault? {
    kinds.first { !$0.magic.isEmpty && bytes.starts(with: $0.magic) }.map {
      Fault("is \($0.name) and no text", fix: $0.advice)
    }
  }

  /// A name for a shell's line, or what stands for one where it would need escapes.
  private static func shellName(_ name: String) -> String {
    let isPlain = name.utf8.allSatisfy { $0.isDigit || $0.isLetter || "._-".utf8.contains($0) }
    return isPlain && name.utf8.first != UInt8(ascii: "-") ? name : "FILE"
  }
}
