/// Something that is made anew only when what it is made from changes, so that a draw that repeats the
/// one before takes no memory.
struct KeptValue<Key: Equatable, Value> {
  private var made: (key: Key, value: Value)?

  /// Nothing made yet.
  init() {}

  /// What `make` made of an equal key before, or makes of this one now.
  mutating func value(of key: Key, _ make: (Key) -> Value) -> Value {
    if let made, made.key == key { return made.value }
    let value = make(key)
    made = (key, value)
    return value
  }
}
