import ArgumentParser
import BlitzCore
import BlitzIO

/// `blitz PATH`: the viewer.
struct ViewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "view", abstract: "Open a recording in the viewer (the default).")

  @Argument(help: "A folder of images, an image, a video or a .npy.")
  var path: PathArgument

  @OptionGroup(title: "Load options")
  var load: LoadFlags

  @OptionGroup(title: "Viewer options")
  var start: ViewerStart

  @OptionGroup(title: "Screen options")
  var screen: ScreenFlags

  func run() throws {
    let recording = try Recording.open(path.location, options: load.options)
    try runViewer(recording, load: load.options, start: start, screen: screen)
  }
}
