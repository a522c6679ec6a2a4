package dev.apprentice.judge.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import dev.apprentice.contracts.Json;
import dev.apprentice.judge.OllamaResource;
import dev.apprentice.judge.judges.pairwise.Contestant;
import dev.apprentice.judge.judges.pairwise.PairwiseResult;
import dev.apprentice.testkit.BrokerResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Comparisons in a real browser. */
@QuarkusTest
@WithTestResource(BrokerResource.class)
@WithTestResource(OllamaResource.class)
class ComparePageTest extends BrowserTest {

    @Test
    void twoCheckpointsAreComparedExampleByExample() throws Exception {
        Page page = desktop();
        String judged = Json.MAPPER.writeValueAsString(List.of(judgedSideBySide()));
        page.route("**/pairwise", route -> route.fulfill(new Route.FulfillOptions()
                .setContentType("application/json")
                .setBody(judged)));
        openFirstRun(page);
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

    private static PairwiseResult judgedSideBySide() {
        return new PairwiseResult(
                "one", new Contestant(FIRST, SampleRun.STEPS), new Contestant(FIRST, 0), "page-judge", "page-judge", "pairwise",
                "77aa", 6, 6, true, 4, 1, 0, 1, 0, Optional.of(0.75), Optional.of(0.125), Optional.of(0.6), Optional.of(24.2),
                Optional.of(31.4), List.of());
    }
}
