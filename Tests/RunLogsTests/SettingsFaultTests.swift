import RunLogs
import Testing

/// Each fault of sweep.yml is an error with place, reason and remedy.
@Suite struct SettingsFaultTests {
  static let faults: [(yaml: String, error: String)] = [
    ("titel: x", "1:1: unknown key \"titel\"; did you mean \"title\"?"),
    (
      "fit:\n  residual: log\n  huberdelta: 1",
      "3:3: unknown key \"fit.huberdelta\"; did you mean \"huber_delta\"?"
    ),
    ("fit: {huber_delta: 0}", "1:20: `fit.huber_delta` must be above 0, but is 0.0"),
    ("fit: {huber_delta: -1.5}", "1:20: `fit.huber_delta` must be above 0, but is -1.5"),
    (
      "fit: {huber_delta: .nan}",
      "1:20: `fit.huber_delta` must be a finite number, but is \".nan\", not a number"
    ),
    (
      "fit: {huber_delta: 1e400}",
      "1:20: `fit.huber_delta` must be a finite number, but is \"1e400\", beyond the range of a "
        + "double"
    ),
    (
      "fit: {huber_delta: 1_000}",
      "1:20: `fit.huber_delta` must be a finite number, but is \"1_000\", not a number (write it "
        + "without the underscores)"
    ),
    (
      "fit: {huber_delta: \"0.1\"}",
      "1:20: `fit.huber_delta` must be a number, but is the text \"0.1\""
    ),
    ("fit: {residual: lin}", "1:17: `fit.residual` must be log or linear, but is \"lin\""),
    (
      "fit: [log]",
      "1:6: `fit` must be a mapping, but is a list; its keys are residual, huber_delta"
    ),
    ("refit: yes", "1:8: `refit` must be true or false, but is \"yes\""),
    ("title: [a]", "1:8: `title` must be text, but is a list"),
    ("title:", "1:7: `title` must be text, but is empty"),
    ("title: \"a\\0b\"", "1:8: `title` holds a control character"),
    (
      "holdout: biggest",
      "1:10: `holdout` must be largest, none, {nonzero_params_at_least: N}, {data_at_least: D}, "
        + "{compute_at_least: C} or {runs: [names]}, but is \"biggest\""
    ),
    ("holdout: {runs: []}", "1:10: `holdout.runs` is an empty list; write `holdout: none`"),
    (
      "holdout: {nonzero_params_at_least: -3}",
      "1:36: `holdout.nonzero_params_at_least` must be above 0"
    ),
    (
      "runs: [../other/*]",
      "1:8: path \"../other/*\" leads out of the sweep's folder; put the logs below it and name "
        + "them from there"
    ),
    (
      "runs: [/etc/passwd]",
      "1:8: path \"/etc/passwd\" leads out of the sweep's folder; put the logs below it and name "
        + "them from there"
    ),
    ("runs: {paht: t.csv}", "1:8: unknown key \"runs.paht\"; did you mean \"path\"?"),
    ("runs: []", "1:7: `runs` is an empty list; name a file or folder"),
    ("runs: [{optional: true}]", "1:8: an entry of `runs` has no `path`"),
    (
      "runs: [gone.csv]",
      "1:8: there is no file or folder \"gone.csv\" in Data/x; check the path, or write {path: "
        + "..., optional: true}"
    ),
    (
      "runs: [gone/*]",
      "1:8: nothing matches \"gone/*\" in Data/x; check the path, or write {path: ..., optional: "
        + "true}"
    ),
    (
      "runs: [folder]",
      "1:8: \"folder\" is a directory without a run's log; name a table, or a folder with a "
        + "metrics.jsonl or metrics.csv"
    ),
    (
      "runs: [folder/note.txt]",
      "1:8: the format of \"folder/note.txt\" is not known by its name; tables are .csv, .tsv, "
        + ".jsonl or .json"
    ),
    (
      "loss: {column: vall_loss}",
      "1:16: there is no column \"vall_loss\" in Data/x/t.csv; the columns there are \"val_loss\", "
        + "\"tokens\", \"run\", \"sparsity\", \"dense_params\"; did you mean \"val_loss\"?"
    ),
    (
      "loss: val_loss",
      "1:7: `loss` must be a mapping, but is \"val_loss\"; its keys are column, times, offset, "
        + "unit, value, blank, labels, take, within, may_rise"
    ),
    ("loss: {take: best}", "1:14: `loss.take` must be last, min or {mean: 5}, but is \"best\""),
    (
      "loss: {take: {mean: 0}}",
      "1:21: `loss.take.mean` must be a whole number of rows, 1 to 100,000"
    ),
    (
      "loss: {within: {form: 0.5}}",
      "1:17: unknown key \"loss.within.form\"; did you mean \"from\"?"
    ),
    (
      "loss: {within: {from: 0.5, to: 0.5}}",
      "1:16: `loss.within` must have 0 <= from < to <= 1; they are fractions of training: the last "
        + "quarter is `within: {from: 0.75}`"
    ),
    (
      "loss: {within: {from: 75}}",
      "1:16: `loss.within` must have 0 <= from < to <= 1; they are fractions of training: the last "
        + "quarter is `within: {from: 0.75}`"
    ),
    (
      "loss: {within: 0.75}",
      "1:16: `loss.within` must be a mapping, but is \"0.75\"; its keys are from, to"
    ),
    (
      "loss: {take: min, witin: {from: 0.5}}",
      "1:19: unknown key \"loss.witin\"; did you mean \"within\"?"
    ),
    ("data: {column: tokens, times: 0}", "1:31: `data.times` must be above 0"),
    ("data: {times: 2}", "1:7: `data` has `times` and no `column`"),
    (
      "compute: {pruning: {start: 0.8, end: 0.2}}",
      "1:20: `compute.pruning` must have 0 <= start < end <= 1; start and end are fractions of "
        + "training"
    ),
    (
      "exclude: [{data: {below: 1}}]",
      "1:11: an `exclude` rule has no `why`; say why the runs are left out"
    ),
    (
      "exclude: [{why: x}]",
      "1:11: an `exclude` rule has no condition; for example `data: {below: 1.0e6}` or `run: name*`"
    ),
    (
      "points: [{run: p, data: 10, loss: 2, N: 3}]",
      "1:38: unknown key \"points.N\"; did you mean \"run\"?"
    ),
    (
      "points: [{run: p, data: 10, loss: 2, sparsity: 0}]",
      "1:10: point \"p\": two of dense_params, nonzero_params and sparsity are needed and fewer "
        + "are there"
    ),
    ("published: {name: P, coefficients: {a_S: 1}}", "1:36: `published.coefficients` has no `b_S`"),
    ("title: &t x\nsource: *t", "1:8: anchors and aliases are not read; write the values out"),
    ("<<: {title: x}", "1:1: unknown key \"<<\"; merge keys are not read: write the values out"),
    ("title: a\ntitle: b", "1:1: key \"title\" is there twice; keep one of them"),
    (
      "title: !!python/object x",
      "1:8: `title` has the tag \"tag:yaml.org,2002:python/object\", and tags are not read"
    ),
    ("- a\n- b", "1:1: the file must be a mapping, but is a list"),
    ("title: x\n---\ntitle: y", "2: there is more than one document"),
    ("title: [", "not valid YAML"),
    ("runs: [*/*.csv]", "1:9: not valid YAML: "),
    ("runs: [*/*.csv]", "; a pattern that starts with `*` needs quotes"),
    ("title: 'a", "not valid YAML"),
    ("", ": the file is empty; describe the sweep in it, or remove it"),
    ("# only a comment\n", ": the file is empty"),
    ("title: a\0b", "1: there is a NUL byte"),
  ]

  @Test(arguments: faults.indices)
  func isNamedWithItsPlace(index: Int) throws {
    let (yaml, expected) = Self.faults[index]
    let data = try TemporaryData([
      "x/sweep.yml": yaml, "x/t.csv": table("a,100,0,10,2"), "x/folder/note.txt": "",
    ])
    let errors = lines(try data.errors())
    #expect(
      errors.contains { $0.hasPrefix("Data/x/sweep.yml") && $0.contains(expected) },
      "\(errors)")
  }

  @Test func allFaultsShowAtOnce() throws {
    let data = try TemporaryData([
      "x/sweep.yml": "titel: x\nfit: {huber_delta: 0, residual: 3}\nrefit: 1\nruns: [gone.csv]\n"
    ])
    #expect(try data.errors().compactMap(\.place?.line).sorted() == [1, 2, 2, 3, 4])
  }

  @Test func bytesThatAreNotTextAreRefused() throws {
    for (bytes, expected) in [
      ([0x74, 0x3A, 0x20, 0x0A, 0xFF], "Data/x/sweep.yml:2: the text is not UTF-8"),
      ([0xFF, 0xFE, 0x74, 0], "Data/x/sweep.yml:1: is in UTF-16 or UTF-32"),
    ] as [([UInt8], String)] {
      let data = try TemporaryData(["x/t.csv": table("a,100,0,10,2")])
      try data.write("x/sweep.yml", bytes)
      #expect(try lines(data.errors())[0].hasPrefix(expected))
    }
  }

  @Test(arguments: [
    String(repeating: "[", count: 100_000), String(repeating: "- ", count: 100_000),
    (0..<2_000).map { String(repeating: " ", count: $0) + "a:" }.joined(separator: "\n"),
    "a: &a [x, x]\n"
      + (1..<40).map { "b\($0): &b\($0) [*\($0 < 2 ? "a" : "b\($0 - 1)"), *a]" }
      .joined(separator: "\n"),
  ])
  func textsMadeToExhaustAreRefused(yaml: String) throws {
    let data = try TemporaryData(["x/sweep.yml": yaml])
    #expect(try data.errors().count == 1)
  }

  @Test func aDirectoryOrALinkOutOfTheRootIsNotASweepFile() throws {
    let folder = try TemporaryData(["x/sweep.yml/a": "", "x/t.csv": table("a,100,0,10,2")])
    #expect(
      try lines(folder.errors()) == ["Data/x/sweep.yml: is a directory where a file is meant"])
    let data = try TemporaryData(["x/t.csv": table("a,100,0,10,2")])
    try data.link("x/sweep.yml", to: "/etc/hostname")
    #expect(
      try lines(data.errors())[0].hasPrefix("Data/x/sweep.yml: is a symbolic link, or in a"))
  }

  @Test func logsBehindALinkOutOfTheRootAreRefused() throws {
    let outside = try TemporaryData(["t.csv": table("a,100,0,10,2")])
    for runs in ["t.csv", "*.csv"] {
      let data = try TemporaryData(["x/sweep.yml": "runs: ['\(runs)']"])
      try data.link("x/t.csv", to: outside.root + "/t.csv")
      #expect(
        try lines(data.errors())[0].hasPrefix(
          "Data/x/sweep.yml:1:8: \"t.csv\" is a symbolic link; links are not followed: copy"))
    }
  }
}
