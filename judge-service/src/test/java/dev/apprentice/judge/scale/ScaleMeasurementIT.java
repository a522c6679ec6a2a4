package dev.apprentice.judge.scale;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import dev.apprentice.contracts.Json;
import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.judge.page.Browser;
import dev.apprentice.local.broker.KafkaBroker;
import dev.apprentice.testkit.KafkaTopics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Measures the heap of the views and the loading time of the page with very many responses in the topics. It prints figures, and
 * fails if judge-service exceeds a second or 200 MB.
 *
 * <pre>
 * mvn verify -pl judge-service -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false -Dit.test=ScaleMeasurementIT \
 *     -Dapprentice.measure=true
 * </pre>
 *
 * This writes 5,000,000 responses and as many scores, and takes about 6 GB of disk and a quarter of an hour. With
 * {@code -Dapprentice.measure.responses=20} it writes 100,000.
 */
@EnabledIfSystemProperty(named = "apprentice.measure", matches = "true")
class ScaleMeasurementIT {

    private static final LargeLog LOG = new LargeLog(
            Integer.getInteger("apprentice.measure.runs", 100),
            Integer.getInteger("apprentice.measure.checkpoints", 50),
            Integer.getInteger("apprentice.measure.responses", 1_000),
            Integer.getInteger("apprentice.measure.steps", 2_000));
    private static final String RUN = LargeLog.run(0);
    private static final int TURNS = 5;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @TempDir
    Path folder;

    @Test
    void opensThePageWithinASecondAndKeepsItsViewsWithin200Megabytes() throws Exception {
        long empty;
        List<Figures> figures = new ArrayList<>();
        try (KafkaBroker broker = KafkaBroker.start(folder.resolve("nothing"), 0);
                JudgeProcess judge = JudgeProcess.start(broker.bootstrapServers(), folder.resolve("nobody"))) {
            judge.await("/q/health/ready", 200);
            empty = judge.liveHeap();
        }
        try (KafkaBroker broker = KafkaBroker.start(folder.resolve("log"), 0);
                KafkaTopics topics = new KafkaTopics(broker.bootstrapServers())) {
            long begun = System.nanoTime();
            LOG.write(broker.bootstrapServers(), topics);
            tell(begun, "%,d responses and scores are written".formatted(LOG.runs() * LOG.checkpoints() * LOG.responses()));
            LargeLog.consumed(broker.bootstrapServers(), Map.of(
                    "judge-service", List.of(Topics.RESPONSES), "judge-service-reports", List.of(Topics.SCORES, Topics.REPORTS)));
            for (String start : List.of("without its folder", "with its folder")) {
                System.out.println("started " + start);
                try (JudgeProcess judge = JudgeProcess.start(broker.bootstrapServers(), folder.resolve("home"))) {
                    awaitEverything(judge);
                    figures.add(measure(judge, empty));
                }
            }
        }
        System.out.printf("on disk: log %,d MB, judge-service's folder %,d MB%n", size("log"), size("home"));
        assertThat(figures).allSatisfy(figure -> {
            assertThat(figure.heap).as("megabytes of heap of the views").isLessThan(200);
            assertThat(figure.page).as("milliseconds to the page").isLessThan(1_000);
        });
    }

    private static void awaitEverything(JudgeProcess judge) {
        long begun = System.nanoTime();
        judge.await("/", 200);
        tell(begun, "the page is there");
        Awaitility.await().atMost(PATIENCE).until(() -> everythingIsSeen(judge));
        tell(begun, "every run and report is seen");
        judge.await("/reports/" + RUN + "/0/responses", 200);
        tell(begun, "responses can be looked at");
        judge.await("/q/health/ready", 200);
    }

    private static boolean everythingIsSeen(JudgeProcess judge) throws IOException {
        int graded = 0;
        for (JsonNode run : Json.MAPPER.readTree(judge.get("/runs").body())) {
            graded += run.path("phase").asText().equals("COMPLETED") ? run.path("exams").path("checkpoints").asInt() : 0;
        }
        return graded >= LOG.runs() * LOG.checkpoints();
    }

    private Figures measure(JudgeProcess judge, long empty) throws IOException {
        int last = LOG.step(LOG.checkpoints() - 1);
        for (String path : List.of(
                "/",
                "/runs",
                "/runs/" + RUN,
                "/runs/" + RUN + "/curves",
                "/reports/" + RUN,
                "/reports/" + RUN + "/" + last + "/responses",
                "/reports/" + RUN + "/" + last + "/responses?sort=token_f1&order=desc",
                "/reports/" + RUN + "/" + last + "/responses?text=water",
                "/reports/compare?runs=" + RUN + "," + LargeLog.run(1))) {
            time("GET " + path, () -> assertThat(judge.get(path).statusCode()).isEqualTo(200));
        }
        long slowest = Browser.installed().isPresent() ? openThePage(judge.address()) : 0;
        long heap = judge.liveHeap();
        System.out.printf(
                "live heap %d MB of %s, %d MB of it with an empty log; the process takes %d MB in all%n",
                heap, JudgeProcess.HEAP, empty, judge.resident());
        return new Figures(heap - empty, slowest);
    }

    /**
     * The figures that are limited.
     *
     * @param heap megabytes of heap that the views occupy
     * @param page milliseconds until the slowest view is shown
     */
    private record Figures(long heap, long page) {}

    private static long openThePage(String address) {
        PlaywrightAssertions.setDefaultAssertionTimeout(Browser.PATIENCE_MS);
        try (Browser browser = Browser.open()) {
            Page page = browser.page(1280, 900, ColorScheme.LIGHT);
            page.navigate("about:blank");
            long list = time("the page with its list of runs", () -> {
                page.navigate(address + "/");
                assertThat(page.locator("tr[data-run]")).hasCount(LOG.runs());
            });
            long run = time("the page of a run with its scores and answers", () -> openExamples(page, address, "runs/" + RUN));
            long compared = time("the page that compares two runs",
                    () -> openExamples(page, address, "compare?runs=" + RUN + "," + LargeLog.run(1)));
            return LongStream.of(list, run, compared).max().getAsLong();
        }
    }

    private static void openExamples(Page page, String address, String view) {
        page.navigate("about:blank"); // a change after '#' alone would not reload the page
        page.navigate(address + "/#/" + view);
        assertThat(page.locator("article.example").first()).isVisible();
    }

    /** Prints the first time and the median of some more, and returns the median in milliseconds. */
    private static long time(String what, Runnable work) {
        long first = milliseconds(work);
        long median = Stream.generate(() -> milliseconds(work)).limit(TURNS).sorted().skip(TURNS / 2).findFirst().orElseThrow();
        System.out.printf("%s: %,d ms, the first time %,d ms%n", what, median, first);
        return median;
    }

    private static long milliseconds(Runnable work) {
        long begun = System.nanoTime();
        work.run();
        return (System.nanoTime() - begun) / 1_000_000;
    }

    private static void tell(long begun, String what) {
        System.out.printf("after %.1f s: %s%n", (System.nanoTime() - begun) / 1e9, what);
    }

    private long size(String name) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve(name))) {
            return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum() >> 20;
        }
    }
}
