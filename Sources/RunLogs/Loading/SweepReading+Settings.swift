extension SweepReading {
  /// Reads sweep.yml, where there is one.
  mutating func readSettings() {
    let name = SweepLoader.settingsFile
    let location = SourceLocation(file: folder.shown(name))
    guard door.kind(name) != .absent else {
      if let misnamed = (try? door.names())?.first(where: SweepLoader.isMisnamedSettings) {
        errors.append(
          SweepError(
            location: SourceLocation(file: folder.shown(misnamed)),
            "the sweep is described in \(misnamed.quoted)", fix: "rename it to sweep.yml"))
      }
      return
    }
    do {
      let bytes = try door.stream(name).all(atMost: YAMLDocument.largest)
      let document = try YAMLDocument(bytes)
      guard let root = document.root, !root.isNull else {
        throw LogFault("the file is empty", fix: "describe the sweep in it, or remove it")
      }
      if let anchor = document.anchor { throw anchor }
      let faults = SettingsFaults(file: location.file)
      settings = SweepSettings(root: root, faults: faults)
      errors += faults.errors
    } catch let fault as LogFault {
      errors.append(error(fault, in: name))
    } catch {
      errors.append(SweepError(location: location, "cannot be read", kind: .unreadable))
    }
  }

  /// A fault of a file, a path below the sweep's folder, as an error of the sweep.
  func error(_ fault: LogFault, in path: String) -> SweepError {
    SweepError(
      location: SourceLocation(file: folder.shown(path), line: fault.line, column: fault.column),
      fault.message, fix: fault.fix, kind: fault.isUnreadable ? .unreadable : .invalid)
  }

  mutating func findSources() -> [RunSource] {
    let finder =
      settings.runs.map { SourceFinder(folder, door, entries: $0) }
      ?? SourceFinder(conventional: folder, door)
    errors += finder.errors
    warnings += finder.warnings
    missing += finder.missing
    return finder.errors.isEmpty ? finder.sources : []
  }

  /// Adds the measurements typed into sweep.yml.
  mutating func addPoints() {
    for point in settings.points {
      var readings = RunReadings(fallbackName: point.run, location: point.location)
      func reading(_ quantity: Quantity, _ value: Value) -> RunReadings.Reading {
        RunReadings.Reading(
          value: value, column: quantity.rawValue, times: 1, location: point.location)
      }
      for quantity in Quantity.allCases {
        if let value = point.values[quantity] {
          readings.readings[quantity] = reading(quantity, .number(value))
        }
      }
      if let pattern = point.pattern {
        readings.readings[.pattern] = reading(.pattern, .text("\(pattern)"))
      }
      if let parent = point.parent {
        readings.readings[.parent] = reading(.parent, .text(parent))
      }
      do throws(RunFault) {
        runs.append(try readings.assemble())
      } catch {
        // A point is part of sweep.yml, where a fault is the sweep's.
        errors.append(
          SweepError(
            location: point.location, "point \(point.run.quoted): \(error.message)",
            fix: error.advice))
      }
    }
  }
}
