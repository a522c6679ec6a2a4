package dev.apprentice.judge.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.apprentice.judge.Ollama.answering;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.apprentice.judge.Ollama;
import dev.apprentice.judge.page.SampleRun.Question;
import dev.apprentice.testkit.KafkaTopics;
import io.quarkus.test.common.http.TestHTTPResource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** Base of browser tests: a browser, and two runs to show. */
abstract class BrowserTest {

    /** A completed run with a judge. */
    static final String FIRST = "first-run";
    /** A failed run without a judge. */
    static final String SECOND = "second-run";

    static Browser browser;
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

    /** Publishes the two runs once for all tests. */
    @BeforeEach
    void tellOfTwoRuns() {
        if (told) {
            return;
        }
        told = true;
        ollama.model("page-judge", answering("0")); // for all answers that are not listed below
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
        browser.closePages();
        browser.forgive();
        assertThat(complaints).isEmpty();
        assertThat(browser.hosts()).isSubsetOf("localhost", "127.0.0.1");
    }

    Page desktop() {
        return browser.page(1280, 900, ColorScheme.LIGHT);
    }

    /** Opens the first run and waits until it is completely graded and shown. */
    void openFirstRun(Page page) {
        page.navigate(address + "#/runs/" + FIRST);
        assertThat(page.locator(".badge").first()).hasText("complete");
        assertThat(page.locator("article.example").first().locator(".verdict").first()).isVisible();
    }

    static Locator heading(Page page, String text) {
        return page.getByRole(AriaRole.HEADING, new GetByRoleOptions().setName(text));
    }
}
