public import BlitzModel

extension TerminalSession {
  /// To poll for input, and for room to write while `hasOutput`.
  public var inputDescriptor: CInt { tty.descriptor }
  /// To poll for signals; `readInput` takes them.
  public var signalDescriptor: CInt { signals.descriptor }
  /// True while bytes wait for the terminal to take them: poll `inputDescriptor` for writing too, and
  /// call `readInput` when it is writable.
  public var hasOutput: Bool { written < output.count }

  /// Takes all that is waiting: keys, mouse reports, pasted text. Resizes and the terminal's replies are
  /// handled inside and show as `needsRedraw`.
  ///
  /// Call it whenever a descriptor is ready or `timeout` has passed. Never blocks.
  public func readInput(now: ContinuousClock.Instant = .now) -> [InputEvent] {
    for arrival in signals.drain() { take(arrival) }
    receive(now: now)
    flush()
    if let expiry = decoder.expiry, let lastByte, now - lastByte >= expiry {
      decoder.expire(into: &decoded)
      dispatch(now: now)
    }
    pacer.expire(now: now, isBlocked: hasOutput || tty.backlog > 0)
    defer { events.removeAll(keepingCapacity: true) }
    return events
  }

  /// Signals that concern the viewer, in order, since the last call. A lost terminal is `hangUp`.
  public func takeSignals() -> [TerminalSignal] {
    defer { arrived.removeAll(keepingCapacity: true) }
    return arrived
  }

  /// Milliseconds after which `readInput` and `settle` must be called though no descriptor is ready; nil:
  /// never.
  public func timeout(now: ContinuousClock.Instant = .now) -> Int? {
    guard let expiry = decoder.expiry, let lastByte else { return settleDelay(now: now) }
    let wait = max((expiry - (now - lastByte)).milliseconds, 0)
    return min(wait, settleDelay(now: now) ?? wait)
  }

  private func take(_ arrival: SignalPipe.Arrival) {
    switch arrival {
    case .reported(let signal): arrived.append(signal)
    case .resized: readSize()
    case .continued:
      // Stopped from outside: whoever had the terminal meanwhile left it in other modes.
      do { try takeOver() } catch { arrived.append(.hangUp) }
    }
  }

  func receive(now: Pacer.Moment) {
    // Bounded, so that a flood of input cannot keep a frame from being drawn.
    for _ in 0..<16 {
      guard let count = tty.read(into: &received) else {
        if !arrived.contains(.hangUp) { arrived.append(.hangUp) }
        return
      }
      guard count > 0 else { return }
      lastByte = now
      for i in 0..<count { decoder.feed(received[i], into: &decoded) }
      dispatch(now: now)
    }
  }

  private func dispatch(now: Pacer.Moment) {
    for item in decoded {
      switch item {
      case .event(let event): events.append(event)
      case .reply(.acknowledged): pacer.acknowledged(now: now)
      case .reply(let reply):
        if capabilities.apply(reply, rows: rows, columns: columns) {
          painter.depth = capabilities.depth
          needsRedraw = true
        }
      }
    }
    decoded.removeAll(keepingCapacity: true)
  }
}
