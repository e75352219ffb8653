import BlitzTestSupport
import Glibc
import Testing

/// What the pages and scripts of the project say about each other.
@Suite struct ProjectPagesTests {
  static let pages = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"]

  private func text(_ path: String) -> String {
    String(decoding: readFile(Built.checkout + "/" + path), as: UTF8.self)
  }

  @Test(arguments: pages) func linksLeadSomewhere(page: String) {
    let text = text(page)
    #expect(!text.isEmpty)
    for link in text.matches(of: /\]\(([^)#:]+)(#[^)]*)?\)/) {
      let target = Built.checkout + "/" + link.1
      #expect(unsafe access(target, R_OK) == 0, "\(page) links to \(link.1)")
    }
  }

  @Test func scriptsThatAreNamedExistAndRun() {
    let named = (Self.pages.map(text) + [text("Makefile"), text(".ci/run")]).joined()
    let scripts = Set(named.matches(of: /scripts\/([a-z_-]+)(\.sh)?/).map { String($0.0) })
    #expect(scripts.contains("scripts/run") && scripts.contains("scripts/test"))
    for script in scripts {
      #expect(unsafe access(Built.checkout + "/" + script, X_OK) == 0, "\(script)")
    }
  }

  @Test func theCodeMapNamesWhatIsThere() throws {
    let tree = try CommandRun(
      ["find", "Sources", "Tests"], environment: environment(), folder: Built.checkout)
    let names = Set(
      tree.text.split(separator: "\n").compactMap { $0.split(separator: "/").last }
        .map { $0.hasSuffix(".swift") ? $0.dropLast(6) : $0 })
    let page = text("ARCHITECTURE.md")
    let mentioned = page.matches(of: /`([A-Z][A-Za-z+]+)`/).map { $0.1 }
    #expect(mentioned.count > 50)
    for name in mentioned where name != "CFaultShims" {
      #expect(names.contains(name), "\(name) is no file and no folder")
    }
  }

  @Test func theREADMENamesTheLibrariesOfTheProgram() throws {
    let linked = try CommandRun(["ldd", Built.blitz], environment: environment())
    let readme = text("README.md")
    for (library, package) in [
      ("libpng16", "libpng16-16"), ("libjpeg", "libjpeg62-turbo"), ("libtiff", "libtiff6"),
      ("libncursesw", "libncursesw6"),
    ] {
      #expect(
        linked.text.contains(library) == readme.contains(package),
        "\(package) in the README, \(library) in the program")
    }
    #expect(!linked.text.contains("libavcodec"), "video libraries are opened when needed")
  }
}
