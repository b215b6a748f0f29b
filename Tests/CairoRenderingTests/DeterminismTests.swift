import CairoRendering
import Plotting
import Testing

@Suite struct DeterminismTests {
  @Test(arguments: ImageFormat.allCases)
  func theSameFigureIsTheSameBytesEveryTime(format: ImageFormat) throws {
    let renderer = try Sample.renderer()
    let first = try Sample.bytes(format, renderer)
    for _ in 0..<3 {
      let again = try Sample.bytes(format, renderer)
      #expect(again == first)
      let withFontsLoadedAnew = try Sample.bytes(format, Sample.renderer())
      #expect(withFontsLoadedAnew == first)
    }
  }

  @Test func manyThreadsGiveTheBytesOfOne() async throws {
    let renderer = try Sample.renderer()
    var figures: [Figure] = []
    for index in 0..<6 {
      var figure = Sample.figure
      figure.panels[0].title = RichText(plain: "Figure \(index)")
      figures.append(figure)
    }
    let jobs = figures.flatMap { figure in ImageFormat.allCases.map { (figure, $0) } }
    let serial = try jobs.map { figure, format in
      try renderer.render(figure, preset: .icml, as: format, metadata: Sample.metadata)
    }
    for _ in 0..<3 {
      let parallel = try await withThrowingTaskGroup(of: (Int, [UInt8]).self) { group in
        for (index, (figure, format)) in jobs.enumerated() {
          group.addTask {
            let bytes = try renderer.render(
              figure, preset: .icml, as: format, metadata: Sample.metadata)
            return (index, bytes)
          }
        }
        var results = [[UInt8]](repeating: [], count: jobs.count)
        for try await (index, bytes) in group { results[index] = bytes }
        return results
      }
      #expect(parallel == serial)
    }
  }

  @Test(arguments: [
    Size(width: .nan, height: 10), Size(width: 1e9, height: 10),
    Size(width: 10, height: 0), Size(width: -5, height: 10),
    Size(width: .infinity, height: .infinity),
  ])
  func impossibleSizesAreErrors(size: Size) throws {
    let renderer = try Sample.renderer()
    for format in ImageFormat.allCases {
      #expect(throws: RenderingError.self) {
        try renderer.render(
          Scene(size: size), as: format, metadata: FigureMetadata(title: "impossible"))
      }
    }
  }
}
