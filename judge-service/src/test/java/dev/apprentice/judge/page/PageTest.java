package dev.apprentice.judge.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.apprentice.judge.Ollama.answering;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.apprentice.contracts.Json;
import dev.apprentice.judge.Ollama;
import dev.apprentice.judge.OllamaResource;
import dev.apprentice.judge.page.SampleRun.Question;
import dev.apprentice.judge.pairwise.Contestant;
import dev.apprentice.judge.pairwise.PairwiseResult;
import dev.apprentice.testkit.BrokerResource;
import dev.apprentice.testkit.KafkaTopics;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page in a real browser. Screenshots are kept in {@code target/screenshots}. */
@QuarkusTest
@WithTestResource(BrokerResource.class)
@WithTestResource(OllamaResource.class)
class PageTest {

    private static final String FIRST = "first-run";
    private static final String SECOND = "second-run";

    private static Browser browser;
    private static boolean told;

    KafkaTopics topics;
    Ollama ollama;

    @TestHTTPResource("/")
    String address;

    @BeforeAll
    static void openTheBrowser() {
        Assumptions.assumeTrue(
                Browser.installed().isPresent(), "no Chromium is installed (apt-get install chromium): the page is not tested");
        PlaywrightAssertions.setDefaultAssertionTimeout(Browser.PATIENCE_MS);
        browser = Browser.open();
    }

    @AfterAll
    static void closeTheBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    /** One run with a judge and one without, both at their end; told once for all tests. */
    @BeforeEach
    void tellOfTwoRuns() {
        if (told) {
            return;
        }
        told = true;
        ollama.model("page-judge", answering("0")); // what is not named below
        judgeSays("The meal is cooked every day by the chef.", 90);
        judgeSays("The capital of Portugal is Lisbon.", 100);
        judgeSays("A young kangaroo is called a cub.", 40);
        judgeSays("Portugal is a", 5);
        judgeSays("cold", 100);
        judgeSays("hot", 10);
        judgeSays("8 plus 3 is 11.", 100);
        judgeSays("8 plus 3 is 3.", 15);
        new SampleRun(topics, FIRST, Optional.of("page-judge"))
                .asked().prepared().checkpoint(0).trained(0, 20).checkpoint(20).trained(21, SampleRun.STEPS)
                .checkpoint(SampleRun.STEPS).completed()
                .answered(0, Question.baseAnswers()).answered(20, Question.baseAnswers())
                .answered(SampleRun.STEPS, Question.tunedAnswers());
        new SampleRun(topics, SECOND, Optional.empty())
                .asked().prepared().checkpoint(0).trained(0, 30)
                .failed(30, "batch 31 of batches.second-run cannot be used: field 'tokens' is missing")
                .answered(0, Question.baseAnswers());
    }

    private void judgeSays(String answer, int score) {
        ollama.modelAbout("page-judge", answer, answering(Integer.toString(score)));
    }

    @AfterEach
    void nothingWasAskedOfAnotherHostAndNothingWentWrong() {
        List<String> complaints = List.copyOf(browser.complaints());
        browser.forgive();
        assertThat(complaints).isEmpty();
        assertThat(browser.hosts()).isSubsetOf("localhost", "127.0.0.1");
    }

    @Test
    void aRunAppearsByItselfAndItsCurvesGrow() {
        Page page = desktop();
        page.navigate(address);
        assertThat(page.locator("#connection")).hasText("Live");

        SampleRun run = new SampleRun(topics, "growing-run", Optional.empty()).asked().prepared();
        Locator row = page.locator("tr[data-run='growing-run']");
        assertThat(row).containsText("prepared");
        run.trained(0, 10);
        assertThat(row).containsText("step 10 of 40");
        assertThat(row).containsText("15 s"); // 30 steps of half a second
        Browser.shoot(page, "runs-desktop-light", false);

        row.getByRole(AriaRole.LINK).click();
        assertThat(heading(page, "growing-run")).isVisible();
        Locator figures = page.locator("section[aria-labelledby=curves-title] figure details").first();
        figures.locator("summary").click();
        assertThat(figures.locator("tbody tr")).hasCount(11);
        run.trained(11, 15).checkpoint(15);
        assertThat(figures.locator("tbody tr")).hasCount(16);
        assertThat(page.locator("progress[aria-label=Progress] + span")).hasText("step 15 of 40");
        Browser.shoot(page, "run-training-desktop-light", true);
    }

    @Test
    void theBaseModelsAnswerAndTheTunedOneStandSideBySideWithWhatDiffersMarked() {
        Page page = desktop();
        open(page, FIRST);
        Locator example = page.locator("article.example").filter(
                new Locator.FilterOptions().setHasText("What do you call a baby kangaroo?"));

        assertThat(example.locator(".answer h4")).hasText(new String[] {"Reference", "Base", "Tuned, step 40"});
        assertThat(example.locator(".answer").nth(1)).containsText("kangaroo kangaroo kangaroo");
        assertThat(example.locator(".answer").nth(2).locator("mark")).hasText("cub");
        assertThat(example.locator(".answer").nth(2).locator(".verdict")).containsText("40 of 100 page-judge");
        Browser.shoot(page, "run-desktop-light", true);
    }

    @Test
    void whatAModelWroteIsShownAndNeverRun() {
        Page page = desktop();
        open(page, FIRST);
        Locator example = page.locator("article.example").filter(
                new Locator.FilterOptions().setHasText("Show how a picture is put into a page."));

        assertThat(example.locator(".answer").nth(2)).containsText("<img src=x onerror=alert(1)><script>alert(2)</script>");
        assertThat(example.locator("img, script")).hasCount(0);
        assertThat(page.request().get(address).headers().get("content-security-policy"))
                .contains("default-src 'none'", "script-src 'self'")
                .doesNotContain("unsafe");
    }

    @Test
    void answersAreFilteredByTextAndScoreAndSorted() {
        Page page = desktop();
        open(page, FIRST);
        Locator examples = page.locator("article.example");
        assertThat(examples).hasCount(Question.EXAM.size());

        page.getByLabel("Text").fill("KANGAROO");
        assertThat(examples).hasCount(1);
        page.getByLabel("Text").fill("");
        page.getByLabel("Only where").selectOption("judge:page-judge");
        page.getByLabel("at least").fill("95");
        assertThat(examples).hasCount(3);
        page.getByLabel("at most").fill("50");
        assertThat(page.getByText("No answer fits")).isVisible();
        page.getByLabel("at least").fill("");
        page.getByLabel("at most").fill("");
        assertThat(examples).hasCount(Question.EXAM.size());
        page.getByLabel("Sort by").selectOption("judge:page-judge");
        assertThat(examples.first()).containsText("Show how a picture");
        page.locator("section[aria-labelledby=examples-title]").getByLabel("Checkpoint").selectOption("0");
        assertThat(examples.first().locator(".answer h4")).hasText(new String[] {"Reference", "Base"});
    }

    @Test
    void twoCheckpointsAreComparedExampleByExample() throws Exception {
        Page page = desktop();
        String judged = Json.MAPPER.writeValueAsString(List.of(judgedSideBySide()));
        page.route("**/pairwise", route -> route.fulfill(new Route.FulfillOptions()
                .setContentType("application/json")
                .setBody(judged)));
        open(page, FIRST);
        page.navigate(address + "#/compare?runs=" + FIRST + "@40," + FIRST + "@0");

        Locator row = page.locator("table.tallies tbody tr").filter(new Locator.FilterOptions().setHasText("judge page-judge"));
        assertThat(row.locator("td.number").nth(0)).hasText("5");
        assertThat(row.locator("td.number").nth(1)).hasText("1");
        assertThat(row.locator("td.number").nth(2)).hasText("0");
        assertThat(page.locator("section[aria-labelledby=pairwise-title] tbody td"))
                .hasText(new String[] {"75.0 %± 12.5 %", "4", "1", "0", "1", "0", "60.0 %", "24", "31"});
        Locator outcome = page.getByRole(AriaRole.GROUP, new GetByRoleOptions().setName("Outcome"));
        outcome.getByText("Won").click();
        assertThat(page.locator("article.example")).hasCount(5);
        outcome.getByText("Lost").click();
        assertThat(page.getByText("No example fits")).isVisible();
        outcome.getByText("All").click();
        assertThat(page.locator("article.example .badge").first()).isVisible();
        Browser.shoot(page, "compare-desktop-light", true);
    }

    @Test
    void twoRunsAreComparedFromTheList() {
        Page page = desktop();
        page.navigate(address);
        page.getByLabel("Compare " + FIRST).check();
        page.getByLabel("Compare " + SECOND).check();
        page.getByText("Compare 2 runs").click();

        assertThat(heading(page, "Curves together")).isVisible();
        assertThat(page.locator("canvas").first()).hasAttribute("aria-label", Pattern.compile(".*first-run.*second-run.*"));
        assertThat(page.locator("table.tallies caption")).containsText("on 6 examples that both have answered");
    }

    @Test
    void theCommandThatRepeatsARunCanBeReadAndTheDigestsToo() {
        Page page = desktop();
        open(page, FIRST);

        assertThat(page.locator("#repeat-command"))
                .hasText("./apprentice tune --model /models/gpt2 --data animals.json --judge page-judge");
        assertThat(page.locator("section[aria-labelledby=settings-title] dl")).containsText("sha256:0123456789abcdef");
        assertThat(page.locator("ol.path li")).hasCount(6);
        assertThat(page.locator("ol.path")).containsText("Train");
        assertThat(page.locator("ol.path li").nth(4)).containsText("18 of 18 answers");
    }

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
        assertThat(page.locator("main:focus")).hasCount(1); // whoever listens is taken to the new page's beginning
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
            open(page, FIRST);
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
        open(page, FIRST);

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
        assertThat(page.locator(".badge").first()).hasText("trained");

        page.navigate(address + "#/runs/nobody");
        assertThat(heading(page, "There is no run nobody")).isVisible();
        browser.forgive(); // Chromium notes every answer of 400 and more
    }

    private static PairwiseResult judgedSideBySide() {
        return new PairwiseResult(
                "one", new Contestant(FIRST, SampleRun.STEPS), new Contestant(FIRST, 0), "page-judge", "page-judge", "pairwise",
                "77aa", 6, 6, true, 4, 1, 0, 1, 0, Optional.of(0.75), Optional.of(0.125), Optional.of(0.6), Optional.of(24.2),
                Optional.of(31.4), List.of());
    }

    private static Page desktop() {
        return browser.page(1280, 900, ColorScheme.LIGHT);
    }

    /** Opens a run and waits until all of it is graded and shown. */
    private void open(Page page, String run) {
        page.navigate(address + "#/runs/" + run);
        assertThat(page.locator(".badge").first()).hasText("trained");
        assertThat(page.locator("article.example").first().locator(".verdict").first()).isVisible();
    }

    private static Locator heading(Page page, String text) {
        return page.getByRole(AriaRole.HEADING, new GetByRoleOptions().setName(text));
    }

    private static void assertFits(Page page) {
        assertThat((Integer) page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                .isZero();
    }
}
