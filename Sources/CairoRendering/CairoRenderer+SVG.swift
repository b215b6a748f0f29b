import Plotting

extension CairoRenderer {
  func svg(_ scene: Scene, _ metadata: FigureMetadata) throws -> [UInt8] {
    try SVGWriter(scene, fonts: fonts).document(metadata)
  }
}
