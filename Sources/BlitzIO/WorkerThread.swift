import Glibc

/// Starts threads of our own: decoders may hang, and a hung one must not take a pool's thread.
///
/// Each has an alternate signal stack, so that a fault handler can run when its own is used up.
enum WorkerThread {
  /// Runs `body` on a new detached thread; false when the system refuses one.
  static func start(_ body: @escaping @Sendable () -> Void) -> Bool {
    let box = unsafe Unmanaged.passRetained(Body(run: body))
    var thread = pthread_t()
    let refusal = unsafe pthread_create(
      &thread, nil,
      { argument in
        guard let argument = unsafe argument else { return nil }
        // Retained once by `start` for exactly this call.
        let body = unsafe Unmanaged<Body>.fromOpaque(argument).takeRetainedValue()
        withSignalStack(body.run)
        return nil
      }, box.toOpaque())
    guard refusal == 0 else {
      unsafe box.release()
      return false
    }
    pthread_detach(thread)
    return true
  }

  private final class Body: Sendable {
    let run: @Sendable () -> Void

    init(run: @escaping @Sendable () -> Void) { self.run = run }
  }

  private static func withSignalStack(_ body: () -> Void) {
    let size = 64 << 10
    let memory = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
    var stack = unsafe stack_t(ss_sp: memory, ss_flags: 0, ss_size: size)
    _ = unsafe sigaltstack(&stack, nil)
    body()
    unsafe stack.ss_flags = Int32(SS_DISABLE)
    _ = unsafe sigaltstack(&stack, nil)
    unsafe memory.deallocate()
  }
}
