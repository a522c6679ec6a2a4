package dev.apprentice.judge.page;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.apprentice.judge.OllamaResource;
import dev.apprentice.judge.page.SampleRun.Question;
import dev.apprentice.testkit.BrokerResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Runs in a real browser: the list, and the page of one run. */
@QuarkusTest
@WithTestResource(BrokerResource.class)
@WithTestResource(OllamaResource.class)
class RunPageTest extends BrowserTest {

    @Test
    void aRunAppearsByItselfAndItsCurvesGrow() {
        Page page = desktop();
        page.navigate(address);
        assertThat(page.locator("#connection")).hasText("Live");

        SampleRun run = new SampleRun(topics, "growing-run", Optional.empty()).asked().prepared();
        Locator row = page.locator("tr[data-run='growing-run']");
        assertThat(row).containsText("preparing");
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
        openFirstRun(page);
        Locator example = page.locator("article.example").filter(
                new Locator.FilterOptions().setHasText("What do you call a baby kangaroo?"));

        assertThat(example.locator(".answer h4")).hasText(new String[] {"Reference", "Base", "Tuned, step 40"});
        assertThat(example.locator(".answer").nth(1)).containsText("kangaroo kangaroo kangaroo");
        assertThat(example.locator(".answer").nth(2).locator("mark")).hasText("cub");
        assertThat(example.locator(".answer").nth(2).locator(".verdict")).containsText("40 of 100 page-judge");
        Browser.shoot(page, "run-desktop-light", true);
    }

    @Test
    void whatWasSaidBeforeAQuestionCanBeOpened() {
        Page page = desktop();
        openFirstRun(page);
        Locator examples = page.locator("article.example");
        Locator example = examples.filter(new Locator.FilterOptions().setHasText("Name the opposite of the word."));

        assertThat(example.locator("summary")).hasText("Said before: 3 turns");
        assertThat(example.locator("dd").first()).isHidden();
        example.locator("summary").click();
        assertThat(example.locator("dt")).hasText(new String[] {"system", "user", "assistant"});
        assertThat(example.locator("dd")).hasText(new String[] {"Answer in a word.", "Name the opposite of <b>big</b>.", "small"});
        assertThat(examples.locator("details")).hasCount(1);
    }

    @Test
    void theScoresChartReachesAsFarAsItsIntervals() {
        Page page = desktop();
        openFirstRun(page);
        assertThat(page.locator("section[aria-labelledby=scores-title] table").last()).isVisible();

        // 71.7 on average, with an interval up to 98.3
        double end = ((Number) page.evaluate(
                        "() => Chart.getChart(document.querySelector('section[aria-labelledby=scores-title] canvas')).scales.y.max"))
                .doubleValue();
        assertThat(end).isGreaterThan(95);
    }

    @Test
    void everyCheckpointsRowIsSeenWhole() {
        SampleRun run = new SampleRun(topics, "many-checkpoints", Optional.empty()).asked().prepared().trained(0, SampleRun.STEPS);
        for (int step = 0; step <= SampleRun.STEPS; step += 8) {
            run.checkpoint(step).answered(step, Question.tunedAnswers());
        }
        run.completed();
        Page page = desktop();
        page.navigate(address + "#/runs/many-checkpoints");
        Locator table = page.getByLabel("All figures by checkpoint");
        assertThat(table.locator("tbody tr")).hasCount(6);
        assertThat(table.locator("tbody tr").last()).containsText("6 of 6");

        assertEquals(table.evaluate("box => box.scrollHeight"), table.evaluate("box => box.clientHeight"));
        assertThat(table.locator("thead")).containsText("token F1 ↑");
        assertThat(table.locator("thead")).not().containsText("truncated"); // no answer was truncated
        Browser.shoot(page, "run-checkpoints-desktop-light", true);
    }

    @Test
    void aRunThatFailedBeforeItsFirstStepSaysSo() {
        new SampleRun(topics, "stillborn", Optional.empty()).asked().failed(0, "folder /models/gpt2 holds no weights");
        Page page = desktop();
        page.navigate(address + "#/runs/stillborn");

        Locator curves = page.locator("section[aria-labelledby=curves-title]");
        assertThat(curves).containsText("This run failed before its first step");
        assertThat(curves).containsText("folder /models/gpt2 holds no weights");
        assertThat(curves).not().containsText("No steps yet");
    }

    @Test
    void whatOthersHaveWaitingIsNotShownInARunThatIsOver() {
        Page page = desktop();
        openFirstRun(page);

        assertThat(page.locator("ol.path .badge")).hasText(new String[] {"done", "done", "done", "done", "done", "done"});
    }

    @Test
    void aJudgeThatIsAwayIsNamedWithItsReasonAndWhatWaits() {
        ollama.model("page-away", aResponse().withStatus(503).withBody("loading"));
        new SampleRun(topics, "judged-in-vain", Optional.of("page-away")).asked().prepared().checkpoint(0)
                .answered(0, Question.tunedAnswers());
        Page page = desktop();
        page.navigate(address);
        Locator row = page.locator("tr[data-run='judged-in-vain']");

        assertThat(row).containsText("answers wait for judge page-away, away since");
        assertThat(row).containsText("did not answer: loading");
        page.navigate(address + "#/runs/judged-in-vain");
        assertThat(page.locator(".run-head")).containsText("wait for judge page-away");
        Browser.shoot(page, "run-judge-away-desktop-light", false);
    }

    @Test
    void aClickWhileTheServiceIsAwaySaysSo() {
        Page page = desktop();
        page.navigate(address);
        Locator link = page.locator("tr[data-run='" + FIRST + "']").getByRole(AriaRole.LINK);
        assertThat(link).isVisible();

        page.context().setOffline(true);
        link.click();

        assertThat(page.getByRole(AriaRole.ALERT)).containsText("judge-service does not answer");
        page.context().setOffline(false);
        page.getByText("Try again").click();
        assertThat(heading(page, FIRST)).isVisible();
        browser.forgive();
    }

    @Test
    void whatAModelWroteIsShownAndNeverRun() {
        Page page = desktop();
        openFirstRun(page);
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
        openFirstRun(page);
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
    void theCommandThatRepeatsARunCanBeReadAndTheDigestsToo() {
        Page page = desktop();
        openFirstRun(page);

        assertThat(page.locator("#repeat-command"))
                .hasText("./apprentice tune --model /models/gpt2 --data animals.json --judge page-judge");
        assertThat(page.locator("section[aria-labelledby=settings-title] dl")).containsText("sha256:0123456789abcdef");
        assertThat(page.locator("ol.path li")).hasCount(6);
        assertThat(page.locator("ol.path")).containsText("Train");
        assertThat(page.locator("ol.path li").nth(4)).containsText("18 of 18 answers");
    }
}
