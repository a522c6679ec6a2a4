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

/** A real Chromium that notes what no page of ours may do: ask another host for something, or complain on its console. */
public final class Browser implements AutoCloseable {

    public static final int PATIENCE_MS = 120_000;
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    /** Drawing them takes a processor longer than the tests do. */
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

    /** Where Debian and others put it; empty where there is none. */
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

    /** Errors and warnings on the consoles of all pages, and exceptions that were not caught. */
    List<String> complaints() {
        return complaints;
    }

    /** The hosts that were asked for something. */
    List<String> hosts() {
        return hosts.stream().distinct().toList();
    }

    /** Forgets what a test provoked on purpose. */
    void forgive() {
        complaints.clear();
    }

    /** What is open would go on drawing what comes. */
    void closePages() {
        List.copyOf(chromium.contexts()).forEach(BrowserContext::close);
    }

    /** For people to look at: {@code target/screenshots}, with {@code -Dapprentice.screenshots=true}. */
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
