public import BlitzKernels
public import BlitzModel

extension Display.Transfer {
  /// The kernel's name for it; gamma is 2.2, as displays have it.
  public var kernel: LevelMapping.Transfer {
    switch self {
    case .linear: .linear
    case .log: .logarithmic
    case .sqrt: .squareRoot
    case .gamma: .gamma(2.2)
    }
  }
}
