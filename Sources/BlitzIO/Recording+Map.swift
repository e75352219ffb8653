import BlitzCore

/// A reader of one file whose samples may lie there uncompressed.
protocol MappableReader: StackReader {
  /// The mapped file.
  var file: MappedFile { get }

  /// Where the samples of all frames lie; nil when they must be decoded. May read every header.
  func layout() -> SampleLayout?
}

extension Recording {
  /// The frames of a plan read where they lie in their file, or in the cache.
  ///
  /// - Parameters:
  ///   - plan: Made for this recording and these options; its limit decides whether memory behind
  ///     the readers is given back.
  /// - Returns: Nil when the samples must be decoded, or resized or rescaled after decoding.
  public func mappedSource(plan: LoadPlan, options: LoadOptions) -> MappedStack? {
    if plan.strategy == .cache {
      return cachedStack(options)?.source(frames: plan.frames, limit: plan.limitBytes)
    }
    guard let (file, layout) = mapping(options) else { return nil }
    return MappedStack(
      file: file, layout: layout, frames: plan.frames, crop: options.crop, color: options.color,
      limit: plan.limitBytes)
  }

  /// How the stack could be read without loading it.
  enum Mapping {
    /// Float32 that is lent as it lies: nothing is gained by loading it.
    case inPlace
    /// Converted whenever it is read.
    case converted
  }

  /// Whether and how `mappedSource` would succeed.
  func mappingKind(_ options: LoadOptions) -> Mapping? {
    guard let (_, layout) = mapping(options) else { return nil }
    let isGrayed = layout.shape.channels > 1 && !options.color
    return layout.isFloatInPlace && options.crop == nil && !isGrayed ? .inPlace : .converted
  }

  private func mapping(_ options: LoadOptions) -> (MappedFile, SampleLayout)? {
    guard options.size == 1, !options.eightBit, !options.normalize,
      let reader = reader as? any MappableReader, let layout = reader.layout()
    else { return nil }
    return (reader.file, layout)
  }
}
