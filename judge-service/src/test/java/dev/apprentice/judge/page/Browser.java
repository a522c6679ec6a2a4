package dev.apprentice.judge.page;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** A real Chromium that records what our pages must never do: send a request to another host, or log an error to the console. */
public final class Browser implements AutoCloseable {

    public static final int PATIENCE_MS = 120_000;
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    /** Screenshots are optional because they take longer than the tests. */
    private static final boolean ARE_SHOTS_WANTED = Boolean.getBoolean("apprentice.screenshots");

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser chromium;
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final List<String> hosts = new CopyOnWriteArrayList<>();

    private Browser(Path executable) {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        chromium = playwright.chromium().launch(new BrowserType.LaunchOptions()
                .setExecutablePath(executable)
                .setArgs(List.of(
                        "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
                        "--disable-component-update", "--disable-sync")));
    }

    /** Returns the path of an installed Chromium in the usual places; empty if there is none. */
    public static Optional<Path> installed() {
        return Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    public static Browser open() {
        return new Browser(installed().orElseThrow());
    }

    public Page page(int width, int height, ColorScheme colours) {
        BrowserContext context = chromium.newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                .setViewportSize(width, height)
                .setColorScheme(colours)
                .setLocale("en-GB")
                .setTimezoneId("UTC"));
        context.setDefaultTimeout(PATIENCE_MS);
        Page page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        page.onRequest(request -> {
            if (!request.url().startsWith("data:")) {
                hosts.add(URI.create(request.url()).getHost());
            }
        });
        return page;
    }

    /** Returns the errors and warnings on the consoles of all pages, and uncaught exceptions. */
    List<String> complaints() {
        return complaints;
    }

    /** Returns the hosts that received requests. */
    List<String> hosts() {
        return hosts.stream().distinct().toList();
    }

    /** Forgets the complaints that a test provoked on purpose. */
    void forgive() {
        complaints.clear();
    }

    /** Closes all pages, which would otherwise continue to render new events. */
    void closePages() {
        List.copyOf(chromium.contexts()).forEach(BrowserContext::close);
    }

    /** Saves a screenshot for people in {@code target/screenshots}, with {@code -Dapprentice.screenshots=true}. */
    static void shoot(Page page, String name, boolean whole) {
        if (!ARE_SHOTS_WANTED) {
            return;
        }
        page.evaluate("() => scrollTo(0, 0)");
        page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")).setFullPage(whole));
    }

    @Override
    public void close() {
        playwright.close();
    }
}
