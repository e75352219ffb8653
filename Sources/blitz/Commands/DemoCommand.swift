import ArgumentParser
import BlitzIO

/// `blitz demo`: the built-in synthetic recording in the viewer.
struct DemoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo", abstract: "Open a built-in synthetic recording in the viewer.")

  @OptionGroup(title: "Load options")
  var load: LoadFlags

  @OptionGroup(title: "Viewer options")
  var start: ViewerStart

  @OptionGroup(title: "Screen options")
  var screen: ScreenFlags

  func run() throws {
    try runViewer(
      DemoRecording.recording(options: load.options), load: load.options, start: start,
      screen: screen)
  }
}
