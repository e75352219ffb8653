/// A number of bytes as people read it: `12 B`, `3.4 MiB`, `24.1 GiB`; powers of 1024.
public func byteText(_ bytes: Double) -> String {
  var value = bytes
  var unit = 0
  let units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"]
  while value >= 1023.5, unit < units.count - 1 {
    value /= 1024
    unit += 1
  }
  let tenths = Int((value * 10).rounded())
  return unit == 0 || tenths >= 1000
    ? "\(Int(value.rounded())) \(units[unit])" : "\(tenths / 10).\(tenths % 10) \(units[unit])"
}

/// As above, for a whole number.
public func byteText(_ bytes: Int) -> String { byteText(Double(bytes)) }
