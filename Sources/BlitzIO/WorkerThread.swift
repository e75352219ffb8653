import Glibc

/// Starts threads of our own: decoders may hang, and a hung one must not take a pool's thread.
///
/// Each has an alternate signal stack, so that a fault handler can run when its own is used up.
enum WorkerThread {
  /// Runs `body` on a new detached thread; false when the system refuses one.
  static func start(_ body: @escaping @Sendable () -> Void) -> Bool {
    // Released by the thread, or here when there is none.
    let retained = unsafe Unmanaged.passRetained(Body(run: body))
    if unsafe create(retained.toOpaque()) { return true }
    unsafe retained.release()
    return false
  }

  private static func create(_ argument: UnsafeMutableRawPointer) -> Bool {
    var thread = pthread_t()
    guard unsafe pthread_create(&thread, nil, run, argument) == 0 else { return false }
    return pthread_detach(thread) == 0
  }

  private static let run: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = {
    guard let argument = unsafe $0 else { return nil }
    let body = unsafe Unmanaged<Body>.fromOpaque(argument).takeRetainedValue()
    withSignalStack(body.run)
    return nil
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
