import CCairo

/// The pixels of a PNG, for comparing figures by what they look like.
public struct PixelImage: Hashable, Sendable {
  public let width: Int
  public let height: Int
  /// Row by row from the top: red, green and blue of each pixel.
  public let components: [UInt8]

  /// Decodes a PNG.
  ///
  /// - Throws: `RenderingError.cairo` where the bytes are not one.
  public init(png bytes: [UInt8]) throws {
    let source = ByteSource(bytes)
    let surface = withExtendedLifetime(source) {
      cairo_image_surface_create_from_png_stream(ByteSource.read, source.closure)
    }
    guard let surface else {
      throw RenderingError.cairo(operation: "read a PNG", message: "out of memory")
    }
    defer { cairo_surface_destroy(surface) }
    let status = cairo_surface_status(surface)
    guard status == CAIRO_STATUS_SUCCESS, let data = cairo_image_surface_get_data(surface) else {
      throw RenderingError.cairo(
        operation: "read a PNG", message: String(cString: cairo_status_to_string(status)))
    }
    width = Int(cairo_image_surface_get_width(surface))
    height = Int(cairo_image_surface_get_height(surface))
    let stride = Int(cairo_image_surface_get_stride(surface))
    var components: [UInt8] = []
    components.reserveCapacity(width * height * 3)
    for row in 0..<height {
      for column in 0..<width {
        // A pixel is a 32-bit number in the machine's byte order, blue lowest.
        let pixel = UnsafeRawPointer(data).load(
          fromByteOffset: row * stride + column * 4, as: UInt32.self)
        components += [16, 8, 0].map { UInt8(truncatingIfNeeded: pixel >> $0) }
      }
    }
    self.components = components
  }
}

extension PixelImage {
  /// Where two images of equal size differ most.
  public struct Difference: Hashable, Sendable {
    /// Mean absolute difference of components in the worst tile, 0 equal and 1 opposite.
    public let distance: Double
    /// The worst tile's top left pixel.
    public let column: Int
    public let row: Int
  }

  /// The worst tile of two images; nothing where their sizes differ.
  ///
  /// A mean over the whole image would drown a label that moved, and a maximum over pixels would
  /// cry at each rounding of an edge.
  public func worstTile(comparedWith other: PixelImage, tile: Int = 24) -> Difference? {
    guard width == other.width, height == other.height, tile > 0 else { return nil }
    var worst = Difference(distance: 0, column: 0, row: 0)
    for top in Swift.stride(from: 0, to: height, by: tile) {
      for left in Swift.stride(from: 0, to: width, by: tile) {
        let (bottom, right) = (min(top + tile, height), min(left + tile, width))
        var sum = 0
        for row in top..<bottom {
          for index in (row * width + left) * 3..<(row * width + right) * 3 {
            sum += abs(Int(components[index]) - Int(other.components[index]))
          }
        }
        let distance = Double(sum) / Double((bottom - top) * (right - left) * 3 * 255)
        if distance > worst.distance {
          worst = Difference(distance: distance, column: left, row: top)
        }
      }
    }
    return worst
  }
}

/// Bytes that Cairo reads one after the other.
private final class ByteSource {
  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var closure: UnsafeMutableRawPointer { Unmanaged.passUnretained(self).toOpaque() }

  static let read: cairo_read_func_t = { closure, target, length in
    guard let closure, let target else { return CAIRO_STATUS_READ_ERROR }
    let source = Unmanaged<ByteSource>.fromOpaque(closure).takeUnretainedValue()
    let count = Int(length)
    guard source.position + count <= source.bytes.count else { return CAIRO_STATUS_READ_ERROR }
    for offset in 0..<count { target[offset] = source.bytes[source.position + offset] }
    source.position += count
    return CAIRO_STATUS_SUCCESS
  }
}
