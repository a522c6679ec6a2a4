package dev.apprentice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import dev.apprentice.acceptance.fuzz.HttpFuzz;
import dev.apprentice.acceptance.fuzz.JsonMutation;
import dev.apprentice.acceptance.fuzz.TopicFuzz;
import dev.apprentice.cli.CommandRun;
import dev.apprentice.cli.client.InferenceClient;
import dev.apprentice.cli.client.JudgeClient;
import dev.apprentice.cli.client.ServiceException;
import dev.apprentice.cli.client.TrainerClient;
import dev.apprentice.cli.client.answer.AnsweredExample;
import dev.apprentice.cli.client.answer.CheckpointLocation;
import dev.apprentice.cli.client.answer.RunReport;
import dev.apprentice.cli.client.answer.RunStatus;
import dev.apprentice.cli.client.answer.StepReport;
import dev.apprentice.cli.letters.DeadLetters;
import dev.apprentice.cli.letters.Letter;
import dev.apprentice.contracts.Json;
import dev.apprentice.contracts.event.Progress.Phase;
import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.local.broker.FreePort;
import dev.apprentice.local.log.Broker;
import dev.apprentice.local.log.TopicReader;
import dev.apprentice.local.system.Installation;
import dev.apprentice.local.system.LocalSystem;
import dev.apprentice.local.system.Member;
import dev.apprentice.local.system.Ports;
import dev.apprentice.local.system.SystemFolder;
import dev.apprentice.model.hub.DownloadListener;
import dev.apprentice.model.hub.Hub;
import dev.apprentice.model.hub.HubReference;
import dev.apprentice.model.hub.HubSettings;
import dev.apprentice.testkit.FakeHub;
import dev.apprentice.testkit.MetricsPage;
import dev.apprentice.testkit.Prometheus;
import dev.apprentice.testkit.ScrapingPrometheus;
import dev.apprentice.testkit.ScrapingPrometheus.Query;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs the whole recipe through five real processes, with commands as a user types them. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
@TestMethodOrder(OrderAnnotation.class)
class RecipeIT {

    @TempDir static Path folder;

    private static Path home;
    private static Path model;
    private static Path data;
    private static LocalSystem system;

    @BeforeAll
    static void start() throws IOException {
        home = folder.resolve("home");
        model = Files.createDirectory(folder.resolve("tiny-gpt2"));
        for (String file : List.of("config.json", "generation_config.json", "model.safetensors")) {
            copy("/bytes/tiny-gpt2/" + file, model.resolve(file));
        }
        copy("/bytes/tokenizer.json", model.resolve("tokenizer.json"));
        data = folder.resolve("examples.json");
        copy("/bytes/examples.json", data);
        fillTheHubsCache();
        system = new LocalSystem(Installation.current(), new SystemFolder(home));
        system.upWhole(Optional.of(ports()), line -> {});
    }

    /** Returns free ports other than the default ones, which the demo's test may use at the same time. */
    private static Ports ports() throws IOException {
        Map<Member, Integer> numbers = new EnumMap<>(Member.class);
        for (Member member : Member.values()) {
            numbers.put(member, FreePort.find());
        }
        return new Ports(numbers);
    }

    /** Fills the cache that HF_HUB_CACHE names. From then on no server listens at HF_ENDPOINT, so only the cache can be used. */
    private static void fillTheHubsCache() throws IOException {
        HubSettings environment = HubSettings.fromEnvironment(System.getenv());
        try (FakeHub fake = new FakeHub().withModel("tiny-gpt2")) {
            new Hub(new HubSettings(fake.endpoint(), Optional.empty(), environment.cache(), false))
                    .fetch(HubReference.parse("hf:" + FakeHub.REPOSITORY), DownloadListener.NONE);
        }
    }

    @AfterAll
    static void end() {
        CommandRun down = CommandRun.of(home, "down");

        assertThat(down.status()).isZero();
        assertThat(system.runs()).isFalse();
    }

    @Test
    void teachesExaminesAndGradesAModel() throws IOException {
        CommandRun tune = CommandRun.of(home,
                "tune", "--model", "hf:" + FakeHub.REPOSITORY, "--data", data.toString(), "--run", "first",
                "--epochs", "2", "--batch-size", "4", "--max-new-tokens", "8");

        assertThat(tune.err()).isEmpty();
        assertThat(tune.status()).isZero();
        assertThat(tune.out())
                .contains("Dataset examples has 61 examples.", "Run first has begun.", "first: trained for 24 steps")
                .containsPattern("answer, step 24 +100%.* 6/6 answers")
                .containsPattern("grade, base +100%.* 6/6 grades")
                .doesNotContain("\r", "\u001b");

        // 61 examples: 51 train in 12 batches of 4, 6 are the test, 4 validate
        RunReport report = new JudgeClient(system.ports()).report("first");
        assertThat(report.steps()).extracting("step").containsExactly(0, 12, 24);
        assertThat(report.steps()).allSatisfy(step -> {
            assertThat(step.questions()).isEqualTo(6);
            assertThat(step.graded()).isEqualTo(6);
            assertThat(step.metrics()).containsKeys("exact_match", "token_f1", "rouge_l");
            assertThat(step.judges()).isEmpty();
            assertThat(step.note()).isNotEmpty();
        });

        RunStatus run = new TrainerClient(system.ports()).run("first");
        Path tuned = CheckpointLocation.of(run.newestCheckpoint().orElseThrow()).folder().orElseThrow();
        assertThat(tuned).isDirectoryContaining("glob:**/model.safetensors")
                .isDirectoryContaining("glob:**/config.json")
                .isDirectoryContaining("glob:**/tokenizer.json");

        assertThat(CommandRun.of(home, "report", "first").out())
                .contains("Loss of first", "exact match", "step 24", tuned.toString());
        assertThat(answers("first", "0")).hasSize(6);
        assertThat(answers("first", "24")).hasSize(6).extracting(AnsweredExample::output).doesNotContainNull();
        assertThat(CommandRun.of(home, "runs").out()).containsPattern("first .* complete ");
        assertThat(CommandRun.of(home, "ask", "Name the opposite of the word.", "--input", "hot", "--run", "first",
                        "--max-new-tokens", "4").status())
                .isZero();
        assertThat(CommandRun.of(home, "status").status()).isZero();
        CommandRun doctor = CommandRun.of(home, "doctor");
        assertThat(doctor.status()).as(doctor.out()).isZero();
        assertThat(doctor.out()).contains("1 broker at 127.0.0.1:", "all 10 are there", "judge-service   ready", "PyTorch 2.7.1");
    }

    @Test
    void learnsWhatKeepsComing() throws IOException {
        CommandRun begun = CommandRun.of(home,
                "stream", lines("early", 0, 40).toString(), "--dataset", "coming", "--model", model.toString(),
                "--run", "coming", "--batch-size", "4", "--linger", "1s", "--checkpoint-after", "1s");

        assertThat(begun.err()).isEmpty();
        assertThat(begun.status()).isZero();
        StepReport early = awaitExam("coming", 0);

        CommandRun more = CommandRun.of(home, "stream", lines("late", 40, 61).toString(), "--dataset", "coming");

        assertThat(more.status()).isZero();
        StepReport late = awaitExam("coming", early.step());
        assertThat(late.questions()).isGreaterThanOrEqualTo(early.questions());
        assertThat(CommandRun.of(home, "cancel", "coming").status()).isZero();
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() ->
                assertThat(CommandRun.of(home, "runs").out()).containsPattern("coming .* cancelled "));
    }

    /** An exam is given up while its checkpoint cannot be read; after the repair its questions are sent again. */
    @Test
    void questionsThatCouldNotBeAnsweredAreSentAgainOnceTheReasonIsMended() throws Exception {
        String inference = Long.toString(system.state().get(Member.INFERENCE_SERVICE.ordinal()).pid().orElseThrow());
        Path tuned;
        Path away = folder.resolve("away");
        signal("-STOP", inference); // so it finds the checkpoint moved away
        try {
            CommandRun begun = CommandRun.of(home,
                    "tune", "--model", model.toString(), "--data", data.toString(), "--run", "mended", "--epochs", "1",
                    "--batch-size", "16", "--max-new-tokens", "4", "--detach");
            assertThat(begun.status()).isZero();
            RunStatus trained = await().atMost(Duration.ofMinutes(3)).until(
                    () -> new TrainerClient(system.ports()).run("mended"), run -> run.phase() == Phase.COMPLETED);
            tuned = CheckpointLocation.of(trained.newestCheckpoint().orElseThrow()).folder().orElseThrow();
            Files.move(tuned, away);
        } finally {
            signal("-CONT", inference);
        }

        CommandRun given = CommandRun.of(home, "follow", "mended");

        assertThat(given.status()).isEqualTo(1);
        assertThat(given.out()).contains("The report is not complete. 6 questions of mended became dead letters");
        CommandRun list = CommandRun.of(home, "dead-letters", "list", "--topic", "apprentice.prompts");
        assertThat(list.out().lines().skip(1)).hasSize(6).allMatch(line -> line.contains(" mended/3/"));
        String id = list.out().lines().skip(1).findFirst().orElseThrow().split(" ")[0];
        assertThat(CommandRun.of(home, "dead-letters", "show", id).out())
                .contains("model.safetensors is missing", "topic      apprentice.prompts", "\"run\":\"mended\"");

        Files.move(away, tuned);
        assertThat(CommandRun.of(home, "dead-letters", "replay", id).out()).contains("1 sent again.");
        assertThat(CommandRun.of(home, "dead-letters", "replay", "--topic", "apprentice.prompts").out())
                .contains("5 sent again; 1 were sent again before");

        CommandRun complete = CommandRun.of(home, "follow", "mended");
        assertThat(complete.out()).containsPattern("grade, step 3 +100%.* 6/6 grades");
        assertThat(complete.status()).isZero();
        assertThat(CommandRun.of(home, "dead-letters", "list", "--topic", "apprentice.prompts").out())
                .contains("There are no dead letters from apprentice.prompts.", "6 more were sent again");
        assertThat(new TopicReader(new Broker(system.ports().bootstrapServers())).events(Topics.PROMPTS))
                .filteredOn(prompt -> prompt.key().startsWith("mended/3/"))
                .as("asked, and sent again once")
                .hasSize(12);
    }

    private static void signal(String signal, String process) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", signal, process).start().waitFor()).isZero();
    }

    /** Returns the report of a checkpoint after this step, once all its answers are graded. */
    private static StepReport awaitExam(String run, int step) {
        return await().atMost(Duration.ofMinutes(2)).ignoreExceptionsInstanceOf(ServiceException.class).until(
                () -> new JudgeClient(system.ports()).report(run).steps().stream()
                        .filter(report -> report.step() > step && report.questions() > 0)
                        .filter(report -> report.graded() == report.questions())
                        .findFirst()
                        .orElse(null),
                Objects::nonNull);
    }

    private static Path lines(String name, int from, int to) throws IOException {
        StringBuilder lines = new StringBuilder();
        JsonNode examples = Json.MAPPER.readTree(data.toFile());
        for (int i = from; i < to; i++) {
            lines.append(examples.get(i)).append('\n');
        }
        return Files.writeString(folder.resolve(name + ".jsonl"), lines);
    }

    @Test
    void refusesWhatCannotBeUsedInASentence() throws IOException {
        Path malformed = Files.writeString(folder.resolve("malformed.json"), "[{\"instruction\": \"a\",\n \"output\" 1}]");
        CommandRun badData = CommandRun.of(home, "tune", "--model", model.toString(), "--data", malformed.toString());
        assertThat(badData.status()).isEqualTo(1);
        assertThat(badData.err()).startsWith("dataset-service says: ").contains("line 2");

        CommandRun badSettings = CommandRun.of(home,
                "tune", "--model", model.toString(), "--data", data.toString(), "--epochs", "0", "--batch-size", "0");
        assertThat(badSettings.status()).isEqualTo(1);
        assertThat(badSettings.err()).startsWith("trainer-service says: ").contains("--epochs", "--batch-size");

        Path lacking = Files.createDirectory(folder.resolve("no-model"));
        CommandRun badModel = CommandRun.of(home, "tune", "--model", lacking.toString(), "--data", data.toString());
        assertThat(badModel.status()).isEqualTo(1);
        assertThat(badModel.err()).contains("trainer-service says: ", "config.json");

        assertThat(CommandRun.of(home, "follow", "nobody").err()).contains("There is no run 'nobody'");
        assertThat(CommandRun.of(home, "cancel", "nobody").status()).isEqualTo(1);
        assertThat(CommandRun.of(home, "responses", "nobody").err()).contains("nobody");
        assertThat(CommandRun.of(home, "ask", "Why?", "--run", "nobody").err()).contains("nobody");
    }

    /** Runs last, since it leaves dead letters that would disturb other tests. */
    @Test
    @Order(Integer.MAX_VALUE)
    void brokenCallsAndRecordsFailNoServiceAndEndNoChannelAndAnOrdinaryRunCompletes() throws Exception {
        ordinaryRun(HttpFuzz.RUN);
        Broker broker = new Broker(system.ports().bootstrapServers());
        JsonMutation mutation = new JsonMutation(20_261_128);

        assertThat(new HttpFuzz(system.ports(), mutation).run(30)).isEmpty();
        Set<String> unusable = new TopicFuzz(broker, mutation).run(30, HttpFuzz.RUN);

        new TrainerClient(system.ports()).runs().stream()
                .filter(run -> !run.phase().isFinal())
                .forEach(run -> CommandRun.of(home, "cancel", run.run()));
        ordinaryRun("after-fuzz");
        assertThat(answers("after-fuzz", "3")).hasSize(6);
        assertThat(CommandRun.of(home, "report", "after-fuzz").out()).contains("exact match", "step 3");
        assertThat(CommandRun.of(home, "status").status()).isZero();
        assertThat(CommandRun.of(home, "dead-letters", "list").status()).isZero();
        // every channel has read to the end of its partitions
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(
                        new DeadLetters(broker).all().stream().map(Letter::place).collect(Collectors.toSet()))
                .containsAll(unusable));
    }

    /** Runs after the other tests, so every metric has values. */
    @Test
    @Order(Integer.MAX_VALUE - 1)
    void everyQueryOfTheDashboardsAndEveryMetricOfTheAlertsIsAnsweredByAPrometheusThatScrapesTheSystem() throws IOException {
        assumeTrue(Prometheus.isInstalled(), "prometheus is not installed (Debian's package)");
        Path deploy = Path.of("").toAbsolutePath().getParent();
        Map<String, Integer> services = Stream.of(Member.values()).filter(member -> member != Member.BROKER)
                .collect(Collectors.toMap(Member::id, member -> system.ports().of(member)));
        // queries about models that judge are checked by judge-service's JudgedResponsesTest, which has a judge
        List<Query> queries = Stream.of(ScrapingPrometheus.dashboards(deploy), ScrapingPrometheus.metricsOfRules(deploy))
                .flatMap(List::stream).filter(query -> !query.isAboutJudges()).toList();
        try (ScrapingPrometheus scraped = ScrapingPrometheus.begin(deploy, services, folder.resolve("prometheus"))) {
            // a service that has just started shows the lag of its consumers within a minute
            await().atMost(Duration.ofSeconds(150)).untilAsserted(() -> assertThat(scraped.silent(queries)).isEmpty());
            assertThat(scraped.query("apprentice_trainer_step_seconds_count > 0")).isNotEmpty();
            assertThat(scraped.query("apprentice_build_info")).hasSize(4);
            assertThat(scraped.query("apprentice:disk_free:ratio > 0")).as("of data and of temporary files").hasSize(2 * services.size());
            assertThat(scraped.query("kafka_consumer_fetch_manager_records_lag{topic=~\"apprentice_.*\"}")).as("counted twice").isEmpty();
        }
        for (Map.Entry<String, Integer> service : services.entrySet()) { // with the metrics of Kafka's clients, which appear after a minute
            assertThat(scrape(service.getValue()).length).as(service.getKey()).isLessThan(MetricsPage.MOST_BYTES);
        }
    }

    /** Returns the page as Prometheus requests it, in OpenMetrics. */
    private static byte[] scrape(int port) throws IOException {
        URLConnection asked = URI.create("http://127.0.0.1:" + port + "/q/metrics").toURL().openConnection();
        asked.setRequestProperty("Accept", "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5");
        try (InputStream page = asked.getInputStream()) {
            return page.readAllBytes();
        }
    }

    private static void ordinaryRun(String name) {
        CommandRun run = CommandRun.of(home,
                "tune", "--model", model.toString(), "--data", data.toString(), "--run", name,
                "--epochs", "1", "--batch-size", "16", "--max-new-tokens", "4");
        assertThat(run.status()).as(run.out() + run.err()).isZero();
        assertThat(run.out()).contains(name + ": trained for 3 steps");
    }

    /** Uses the textbook's data and split, on a small model with GPT-2's vocabulary. */
    @Test
    void teachesTheTextbooksExamplesThoughWhoAnswersAndWhoGradesAreKilledInTheMiddle() throws IOException {
        Path fixtures = Path.of(System.getProperty("apprentice.fixtures"));
        assumeTrue(Files.isDirectory(fixtures), "there are no fixtures in " + fixtures);
        Path textbook = Files.createDirectory(folder.resolve("textbook"));
        for (String file : List.of("tiny-gpt2/config.json", "tiny-gpt2/model.safetensors", "gpt2-tokenizer/tokenizer.json")) {
            Path source = fixtures.resolve(file);
            Files.copy(source, textbook.resolve(source.getFileName()));
        }

        CommandRun begun = CommandRun.of(home,
                "tune", "--model", textbook.toString(),
                "--data", fixtures.resolve("data/instruction-data.json").toString(),
                "--run", "textbook", "--epochs", "1", "--evaluate-every", "100", "--max-new-tokens", "16", "--detach");
        assertThat(begun.status()).isZero();
        InferenceClient answering = new InferenceClient(system.ports());
        await().atMost(Duration.ofMinutes(3)).pollInterval(Duration.ofMillis(20))
                .ignoreExceptionsInstanceOf(ServiceException.class)
                .until(() -> !answering.responses("textbook", Optional.of(0)).examples().isEmpty());
        system.kill(Member.INFERENCE_SERVICE);
        system.kill(Member.JUDGE_SERVICE);
        system.upWhole(Optional.empty(), line -> {});

        CommandRun tune = CommandRun.of(home, "follow", "textbook");

        assertThat(tune.err()).isEmpty();
        assertThat(tune.status()).isZero();
        assertThat(tune.out()).contains("textbook: trained for 116 steps");
        RunReport report = new JudgeClient(system.ports()).report("textbook");
        assertThat(report.steps()).extracting("step").containsExactly(0, 116);
        assertThat(report.steps()).extracting("questions").containsOnly(110);
        assertThat(report.steps()).extracting("graded").containsOnly(110);
        assertThat(answers("textbook", "0")).hasSize(110);
        assertThat(answers("textbook", "116")).hasSize(110);
    }

    private static List<AnsweredExample> answers(String run, String step) throws IOException {
        CommandRun responses = CommandRun.of(home, "responses", run, "--step", step);
        assertThat(responses.status()).isZero();
        return Json.MAPPER.readValue(responses.out(), new TypeReference<>() {});
    }

    private static void copy(String resource, Path target) throws IOException {
        try (InputStream content = RecipeIT.class.getResourceAsStream(resource)) {
            Files.copy(content, target);
        }
    }
}
