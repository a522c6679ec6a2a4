package dev.apprentice.judge.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.apprentice.judge.OllamaResource;
import dev.apprentice.testkit.BrokerResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page with the keyboard, on a phone, in the dark theme, and with little or nothing to show. */
@QuarkusTest
@WithTestResource(BrokerResource.class)
@WithTestResource(OllamaResource.class)
class AppearanceTest extends BrowserTest {

    @Test
    void everythingCanBeReachedWithTheKeyboard() {
        Page page = desktop();
        page.navigate(address);
        assertThat(page.locator("tr[data-run='" + FIRST + "']")).isVisible();

        page.keyboard().press("Tab");
        assertThat(page.locator(":focus")).hasText("Skip to content");
        page.keyboard().press("Enter");
        assertThat(page.locator("main:focus")).hasCount(1);
        Locator link = page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName(FIRST));
        for (int presses = 0; presses < 60 && !link.evaluate("e => e === document.activeElement").equals(true); presses++) {
            page.keyboard().press("Tab");
        }
        assertThat(link).isFocused();
        assertThat(link.evaluate("e => getComputedStyle(e).outlineStyle")).isEqualTo("solid");
        page.keyboard().press("Enter");
        assertThat(heading(page, FIRST)).isVisible();
        assertThat(page.locator("main:focus")).hasCount(1); // the focus moves a screen reader to the new page's beginning
    }

    @Test
    void aPhoneShowsEverythingWithoutScrollingSideways() {
        for (ColorScheme colours : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            Page page = browser.page(390, 844, colours);
            String name = colours.name().toLowerCase(Locale.ROOT);
            page.navigate(address);
            assertThat(page.locator("tr[data-run='" + FIRST + "']")).isVisible();
            assertFits(page);
            Browser.shoot(page, "runs-phone-" + name, false);
            openFirstRun(page);
            assertFits(page);
            Browser.shoot(page, "run-phone-" + name, true);
            page.navigate(address + "#/compare?runs=" + FIRST + "@40," + FIRST + "@0");
            assertThat(page.locator("article.example").first()).isVisible();
            assertFits(page);
            Browser.shoot(page, "compare-phone-" + name, true);
        }
    }

    @Test
    void itIsDarkWhereTheDeviceIs() {
        Page page = browser.page(1280, 900, ColorScheme.DARK);
        openFirstRun(page);

        assertThat((String) page.evaluate("() => getComputedStyle(document.body).backgroundColor")).isEqualTo("rgb(14, 17, 24)");
        Browser.shoot(page, "run-desktop-dark", true);
        Browser.shoot(page, "run-desktop-dark-top", false);
    }

    @Test
    void whatIsNotThereYetIsSaid() {
        Page page = desktop();
        page.route("**/events", route -> route.fulfill(new Route.FulfillOptions()
                .setContentType("text/event-stream")
                .setBody("id: 0\nevent: all\ndata: []\n\n")));
        page.navigate(address);
        assertThat(heading(page, "No runs yet")).isVisible();
        Browser.shoot(page, "empty-desktop-light", false);

        page.route("**/runs/" + FIRST, route -> { }); // never answered
        page.navigate(address + "#/runs/" + FIRST);
        assertThat(page.locator(".skeleton").first()).isVisible();
        Browser.shoot(page, "loading-desktop-light", false);
    }

    @Test
    void whatWentWrongIsSaidAndCanBeTriedAgain() {
        Page page = desktop();
        page.route("**/runs/" + FIRST, route -> route.fulfill(new Route.FulfillOptions()
                .setStatus(503)
                .setContentType("application/problem+json")
                .setBody("{\"detail\":\"the log of runs is away\"}")));
        page.navigate(address + "#/runs/" + FIRST);
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("the log of runs is away");
        Browser.shoot(page, "error-desktop-light", false);

        page.unroute("**/runs/" + FIRST);
        page.getByText("Try again").click();
        assertThat(page.locator(".badge").first()).hasText("complete");

        page.navigate(address + "#/runs/nobody");
        assertThat(heading(page, "There is no run nobody")).isVisible();
        browser.forgive(); // Chromium logs every answer with status 400 or higher
    }

    @Test
    void whatTheServiceIsWithoutIsSaidUntilItIsBack() {
        Page page = browser.page(390, 844, ColorScheme.LIGHT);
        AtomicBoolean back = new AtomicBoolean();
        page.route("**/events", route -> route.fulfill(new Route.FulfillOptions()
                .setContentType("text/event-stream")
                .setBody("retry: 50\nid: 0\nevent: all\ndata: []\n\n" + (back.get() ? "" : """
                        event: away
                        data: [{"condition":"Kafka","reason":"Kafka at %s cannot be used"},{"condition":"Judges","reason":"<b>llama3</b>"}]

                        """.formatted("a-long-name-".repeat(9)))))); // the stream ends here, so the page requests it again
        page.navigate(address);
        Locator away = page.locator("#away p");
        assertThat(away).hasText(new Pattern[] {
                Pattern.compile("Without Kafka: Kafka at .* cannot be used"), Pattern.compile("Without Judges: <b>llama3</b>")});
        assertFits(page);
        Browser.shoot(page, "away-phone-light", false);

        back.set(true);
        assertThat(page.locator("#away")).isHidden();
    }

    /** Asserts that the page fits the window, even with long names of judges, runs and files. */
    private static void assertFits(Page page) {
        page.evaluate("() => document.querySelectorAll('select').forEach(list => list.add(new Option('a-long-name-'.repeat(9))))");
        page.evaluate("() => document.querySelectorAll('main p, main h2, main h3').forEach(one => one.append('a-long-name-'.repeat(9)))");
        assertThat((Integer) page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                .isZero();
    }
}
