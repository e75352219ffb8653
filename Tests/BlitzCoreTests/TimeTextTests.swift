import BlitzCore
import Testing

struct TimeTextTests {
  @Test(arguments: [
    (0, "0 s"), (5e-5, "50 µs"), (0.00099995, "999.95 µs"), (1e-3, "1 ms"), (0.40615, "406.15 ms"),
    (1, "1 s"), (12.5, "12.5 s"), (1e-9, "0.001 µs"), (-0.002, "-2 ms"), (3600, "3600 s"),
    (.nan, "nan s"), (.infinity, "inf s"),
  ])
  func secondsHaveTheUnitThatSuitsThem(seconds: Double, expected: String) {
    var text = "t "
    seconds.writeTime(to: &text)
    #expect(text == "t " + expected)
  }
}
