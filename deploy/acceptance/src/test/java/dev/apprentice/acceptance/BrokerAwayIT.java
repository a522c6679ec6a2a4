package dev.apprentice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.apprentice.cli.CommandRun;
import dev.apprentice.contracts.Json;
import dev.apprentice.contracts.event.Batch;
import dev.apprentice.contracts.event.Instruction;
import dev.apprentice.contracts.event.Progress;
import dev.apprentice.contracts.event.Progress.Phase;
import dev.apprentice.contracts.event.Report;
import dev.apprentice.contracts.topic.KafkaPrefix;
import dev.apprentice.contracts.topic.Topic;
import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.local.broker.FreePort;
import dev.apprentice.local.broker.KafkaBroker;
import dev.apprentice.local.system.Member;
import dev.apprentice.local.system.Ports;
import dev.apprentice.local.system.RunningSystem;
import dev.apprentice.testkit.AccessControl;
import dev.apprentice.testkit.Fixtures;
import dev.apprentice.testkit.KafkaTopics;
import dev.apprentice.testkit.PackagedService;
import dev.apprentice.testkit.TraceCollector;
import dev.apprentice.testkit.TraceCollector.CollectedSpan;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the packaged services, each as {@code java -jar} with environment variables only. All start at once, since starting takes
 * most of the test's time, and before there is a broker. Later the broker goes away in the middle of their work. It requires TLS
 * and a password, has the topics already, and allows each service exactly what deploy/kubernetes does. The services require keys
 * from their callers.
 */
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class BrokerAwayIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final List<String> SERVICES = List.of("dataset", "trainer", "inference", "judge");
    private static final String KEY = "0123456789abcdefghij";
    private static final int EPOCHS = 6;
    /** 51 of the fixtures' 61 examples train, 4 a batch. */
    private static final int STEPS_PER_EPOCH = 12;
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final int MANY_EPOCHS = 5_000;

    /** Short timeouts; with the default ones Kafka's clients give up only after minutes, and the test would take as long. */
    private static final Map<String, String> IMPATIENCE = Map.of(
            "KAFKA_MAX_BLOCK_MS", "3000",
            "KAFKA_DELIVERY_TIMEOUT_MS", "3000",
            "KAFKA_REQUEST_TIMEOUT_MS", "2500",
            "KAFKA_DEFAULT_API_TIMEOUT_MS", "3000",
            "APPRENTICE_KAFKA_CHECK_EVERY", "1s",
            "APPRENTICE_TRAINER_RETRY_EVERY", "500ms",
            "APPRENTICE_DATASET_BATCHES_PER_TRANSACTION", "1");

    private final HttpClient http = HttpClient.newHttpClient();
    private int brokerPort;
    private final Map<String, String> addresses = new LinkedHashMap<>();
    private final List<Process> processes = new ArrayList<>();
    private KafkaBroker broker;
    private TraceCollector collector;
    private AccessControl access;

    @TempDir
    static Path folder;

    @AfterAll
    void stop() throws InterruptedException {
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
        if (broker != null) {
            broker.close();
        }
        if (collector != null) {
            collector.close();
        }
    }

    @Test
    @Order(1)
    void isLiveButNotReadyUntilTheBrokerComesAndThenWorks() throws Exception {
        brokerPort = FreePort.find();
        collector = new TraceCollector();
        access = AccessControl.of(folder, "broker.test").withAuthorizer(SERVICES.stream().map(name -> name + "-service").toList());
        makeTopicsAndPermissions();
        Files.writeString(hosts(), "127.0.0.1 localhost\n");
        for (String service : SERVICES) {
            start(service);
        }
        for (String address : addresses.values()) {
            await().atMost(PATIENCE)
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .until(() -> get(address + "/q/health/live").statusCode() == 200);
            awaitNotReady(address, "No resolvable bootstrap urls");
            assertThat(get(address + "/runs").body()).contains("broker.test:" + brokerPort + "' can be resolved");
        }
        for (String service : SERVICES) { // although each tried at least twice a second since its start
            assertThat(Files.readAllLines(log(service))).filteredOn(line -> line.contains("resolv")).hasSizeBetween(1, 6);
        }
        Files.writeString(hosts(), "127.0.0.1 localhost broker.test\n");
        for (String address : addresses.values()) {
            awaitNotReady(address, "it does not answer");
            assertThat(get(address + "/q/health/live").statusCode()).isEqualTo(200);
        }
        startTheBroker();
        for (String address : addresses.values()) {
            assertThat(get(address + "/q/metrics").body()).contains("apprentice_");
            assertThat(statusWithoutKey(address + "/runs")).isEqualTo(401);
            assertThat(get(address + "/q/openapi").body()).contains("paths:");
        }
        try (KafkaTopics topics = new KafkaTopics(connection())) {
            topics.publish(Topics.INSTRUCTIONS, new Instruction("songs", "one", "Sing.", "", "La."));
            String songs = addresses.get("dataset") + "/datasets/songs";
            await().atMost(PATIENCE).until(() -> get(songs).statusCode() == 200);

            topics.publishText(Topics.INSTRUCTIONS.name(), "songs/two", "no JSON");
            topics.awaitDeadLetter("");
        }
    }

    /** The command line reads its connection from a file like those of Kafka's own tools. */
    @Test
    @Order(2)
    void theCommandLineConnectsAsItsFileSays() throws IOException {
        Path home = folder.resolve("home");
        RunningSystem.pretend(home, Ports.defaults().with(Map.of(Member.BROKER, brokerPort)));
        Path file = folder.resolve("client.properties");
        Properties properties = new Properties();
        properties.putAll(access.client());
        try (Writer writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        }
        CommandRun list = CommandRun.of(home, "dead-letters", "list", "--kafka-config", file.toString());
        assertThat(list.err()).isEmpty();
        assertThat(list.out().lines().skip(1)).singleElement().asString().contains("songs/two");
        String id = list.out().lines().skip(1).findFirst().orElseThrow().split(" ")[0];
        assertThat(CommandRun.of(home, "dead-letters", "replay", id, "--kafka-config", file.toString()).out())
                .contains("1 sent again.");
    }

    /** One run is learned and examined while another one's batches are being made. */
    @Test
    @Order(3)
    void awayInTheMiddleForLongerThanAnyoneWaitsItIsNamedAndAllWorkGoesOnByItself() throws Exception {
        post(addresses.get("dataset") + "/datasets/facts", Fixtures.bytes("examples.json"));
        startRun("through", EPOCHS);
        int before;
        try (KafkaTopics topics = new KafkaTopics(connection())) {
            topics.await(Topics.RESPONSES, 1, response -> response.run().equals("through"));
            startRun("long", MANY_EPOCHS);
            topics.await(Topics.batches("long"), 1, batch -> true);
            before = topics.read(Topics.batches("long")).size();
        }
        broker.close();
        for (String address : addresses.values()) {
            awaitAway(address);
            assertThat(get(address + "/q/health/ready").statusCode()).as(address).isEqualTo(200);
        }
        for (String finished : List.of(
                addresses.get("dataset") + "/datasets/facts", addresses.get("trainer") + "/runs/through",
                addresses.get("judge") + "/runs/through")) {
            assertThat(get(finished).statusCode()).as(finished).isEqualTo(200);
        }
        refusesInstructions();
        awaitLog("dataset", "cannot yet prepare run long and will try again: ");
        awaitLog("trainer", "paused while Kafka is unavailable: ");

        startTheBroker();
        try (KafkaTopics topics = new KafkaTopics(connection())) {
            Progress end = topics.await(Topics.PROGRESS, 1, p -> p.run().equals("through") && p.phase().isFinal()).get(0);
            assertThat(end.phase()).isEqualTo(Phase.COMPLETED);
            assertThat(end.step()).isEqualTo(EPOCHS * STEPS_PER_EPOCH);
            for (int epoch = 0; epoch <= EPOCHS; epoch++) {
                int step = epoch * STEPS_PER_EPOCH;
                Report report = topics.await(
                                Topics.REPORTS, 1, r -> r.run().equals("through") && r.step() == step && r.complete())
                        .get(0);
                assertThat(report.graded()).isEqualTo(6); // a tenth of the examples
            }
            topics.await(Topics.batches("long"), before + 100, batch -> true);
            delete(addresses.get("trainer") + "/runs/long");
            List<Batch> batches = topics.read(Topics.batches("long"));
            assertThat(batches.stream().skip(1).map(batch -> (batch.epoch() - 1) * STEPS_PER_EPOCH + batch.index()))
                    .containsExactlyElementsOf(IntStream.range(0, batches.size() - 1).boxed().toList());
            assertThat(topics.records(Topics.DEAD_LETTERS)).allSatisfy(
                    letter -> assertThat(letter.key()).isEqualTo("songs/two"));
        }
    }

    private void refusesInstructions() throws Exception {
        HttpResponse<String> refused = http.send(
                request(addresses.get("dataset") + "/datasets/facts/instructions")
                        .header("Content-Type", "application/x-ndjson")
                        .POST(BodyPublishers.ofString("{\"instruction\": \"Sing.\", \"output\": \"La.\"}\n".repeat(1_500)))
                        .build(),
                BodyHandlers.ofString());
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("5");
        assertThat(refused.body()).contains("\"Kafka unavailable\"", "Kafka did not take what was sent to apprentice.instructions: it does"
                + " not answer; 0 examples are accepted. Send the rest again when Kafka is back: what is sent twice counts once.");
    }

    /** Creates topics and permissions as an operator would, before any service runs. */
    private void makeTopicsAndPermissions() throws Exception {
        broker = KafkaBroker.start(folder.resolve("broker"), brokerPort, access.broker());
        try (Admin admin = Admin.create(connection())) {
            admin.createAcls(KafkaPermissions.ofTheManifests()).all().get();
            List<NewTopic> topics = new ArrayList<>(List.of(topic(Topics.DEAD_LETTERS, Map.of())));
            Topics.PROVISIONED.forEach(each -> topics.add(topic(each.name(), each.settings())));
            admin.createTopics(topics).all().get();
        }
        broker.close();
    }

    private static NewTopic topic(String name, Map<String, String> settings) {
        Map<String, String> all = new LinkedHashMap<>(settings);
        all.put("max.message.bytes", "8388608");
        all.put("message.timestamp.type", "LogAppendTime");
        return new NewTopic(name, 3, (short) 1).configs(all);
    }

    /** Kafka's refusals show in a client's log, so the logs must have none. An operation that is not listed must be refused. */
    @Test
    @Order(5)
    void noServiceMissedAPermissionAndNoneHasMore() throws IOException {
        for (String service : SERVICES) {
            assertThat(Files.readAllLines(log(service))).filteredOn(line -> line.contains("AuthorizationException")
                    || line.contains("may not create") || line.contains("authorization failed")).isEmpty();
            Map<String, Object> connection = connection();
            connection.putAll(access.as(service + "-service"));
            try (Admin admin = Admin.create(connection)) {
                assertThat(admin.createTopics(List.of(topic(Topics.PREFIX + "more", Map.of())))
                                .all().toCompletionStage().toCompletableFuture())
                        .failsWithin(PATIENCE)
                        .withThrowableThat()
                        .withCauseInstanceOf(TopicAuthorizationException.class);
            }
        }
    }

    /**
     * The trace leads from an instruction's producer to the score of the checkpoint that learned it, and is in the log of each
     * service.
     */
    @Test
    @Order(4)
    void oneTraceGoesThroughAllServicesFromAnInstructionToAScore() throws Exception {
        startRun("traced", "traced", "\"source\": \"stream\", \"linger\": \"PT0.5S\"", "\"batchSize\": 4, \"checkpointAfter\": \"PT2S\"");
        CollectedSpan graded;
        try (KafkaTopics topics = new KafkaTopics(connection())) {
            AtomicInteger taught = new AtomicInteger();
            // a dataset of its own, all of whose instructions have the trace: with another cause, a checkpoint could belong to
            // another trace. Instructions keep coming, so there are some to examine it with
            graded = await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).until(
                    () -> {
                        teach(topics, taught);
                        return collector.of(TRACE).stream().filter(span -> span.name().equals("grade response")
                                && way(span).size() == 5).findFirst().orElse(null);
                    },
                    Objects::nonNull);
        }
        assertThat(way(graded)).extracting(CollectedSpan::service, CollectedSpan::name).containsExactly(
                tuple("judge-service", "grade response"),
                tuple("inference-service", "answer prompt"),
                tuple("dataset-service", "set exam"),
                tuple("trainer-service", "publish checkpoint"),
                tuple("dataset-service", "form batch"));
        assertThat(way(graded).get(4).parent()).as("the producer's own span").isEqualTo("00f067aa0ba902b7");
        assertThat(collector.of(TRACE)).extracting(CollectedSpan::name).contains("learn batch");
        assertThat(way(graded).get(1).attributes())
                .containsEntry("gen_ai.operation.name", "text_completion")
                .containsEntry("gen_ai.usage.output_tokens", "8")
                .containsKeys("gen_ai.request.model", "gen_ai.usage.input_tokens", "gen_ai.response.finish_reasons");
        assertThat(graded.events().get("gen_ai.evaluation.result"))
                .containsEntry("gen_ai.evaluation.name", "metric:chrf").containsKey("gen_ai.evaluation.score.value");
        for (String service : List.of("dataset", "trainer", "inference")) {
            awaitLog(service, TRACE);
            assertThat(logged(service, TRACE)).allSatisfy(mdc -> {
                assertThat(mdc.path("run").asText()).isEqualTo("traced");
                assertThat(mdc.path("step").asText()).matches("[1-9]\\d*");
            });
        }
        delete(addresses.get("trainer") + "/runs/traced");
    }

    private static void teach(KafkaTopics topics, AtomicInteger taught) throws JsonProcessingException {
        for (int i = 0; i < 4; i++) {
            int number = taught.incrementAndGet();
            Instruction instruction = new Instruction("traced", "traced-" + number, "Say " + number + ".", "", "It is " + number + ".");
            topics.publishText(Topics.INSTRUCTIONS.name(), instruction.key(), Json.MAPPER.writeValueAsString(instruction),
                    Map.of("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01"));
        }
    }

    /** Returns the span and its ancestors, back to the first that was exported. */
    private List<CollectedSpan> way(CollectedSpan span) {
        return Stream.iterate(Optional.of(span), Optional::isPresent, one -> one.flatMap(collector::parentOf))
                .flatMap(Optional::stream).toList();
    }

    /** Returns the context (MDC) of each JSON line with this text. */
    private static List<JsonNode> logged(String service, String text) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(log(service))) {
            if (line.contains(text)) {
                lines.add(Json.MAPPER.readTree(line).path("mdc"));
            }
        }
        return lines;
    }

    /**
     * Runs another system in this cluster, with a prefix and one service at a time. Each service becomes ready while all others
     * are down, reads the events of version 0.1 on every topic, and stays up. All names that the system adds begin with its
     * prefix.
     */
    @Test
    @Order(6)
    void aSystemWithAPrefixSharesTheClusterAndEachOfItsServicesRunsAloneOnEventsOfVersionOne() throws Exception {
        try (KafkaTopics topics = new KafkaTopics(connection()); Admin admin = Admin.create(connection())) {
            Set<String> before = namesInKafka(admin);
            for (String service : SERVICES) {
                Process alone = start(service, "blue-" + service, access.client(), Map.of(KafkaPrefix.VARIABLE, "blue."));
                String address = addresses.get("blue-" + service);
                await().atMost(PATIENCE).ignoreExceptionsInstanceOf(IOException.class)
                        .until(() -> get(address + "/q/health/ready").statusCode() == 200);
                if (service.equals("dataset")) { // it has created the topics
                    publishEventsOfVersionOne(topics);
                }
                awaitWhatItMakesOfThem(service, address, topics);
                assertThat(get(address + "/q/health/live").statusCode()).as(service).isEqualTo(200);
                assertThat(get(address + "/q/health/ready").statusCode()).as(service).isEqualTo(200);
                alone.destroy();
                assertThat(alone.waitFor(30, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(topics.records("blue." + Topics.DEAD_LETTERS))
                    .extracting(letter -> KafkaTopics.header(letter, "dead-letter-reason"))
                    .noneMatch(reason -> reason.contains("cannot be used") || reason.contains("does not know"));
            assertThat(get(addresses.get("dataset") + "/datasets/instructions").statusCode()).isEqualTo(404);
            assertThat(get(addresses.get("trainer") + "/runs/first-run").statusCode()).isEqualTo(404);
            Set<String> added = namesInKafka(admin);
            added.removeAll(before);
            assertThat(added)
                    .contains("blue.apprentice.runs", "blue.dataset-service", "blue.trainer-service", "blue.inference-service",
                            "blue.judge-service", "blue.judge-service-reports")
                    .allSatisfy(name -> assertThat(name).startsWith("blue."));
        }
    }

    private static void publishEventsOfVersionOne(KafkaTopics topics) throws IOException {
        Path golden = Path.of(System.getProperty("apprentice.root"), "libs/contracts/src/test/resources/golden/0.1");
        for (Topic<?> topic : Topics.STANDING) {
            String json = Files.readString(golden.resolve(topic.event().getSimpleName().toLowerCase(Locale.ROOT) + ".json"));
            String key = topic.read(json.getBytes(StandardCharsets.UTF_8)).key();
            topics.publishText("blue." + topic.name(), key, json);
        }
    }

    private void awaitWhatItMakesOfThem(String service, String address, KafkaTopics topics) {
        await(service).atMost(PATIENCE).until(() -> switch (service) {
            // its model does not exist, so the run cannot be prepared
            case "dataset" -> get(address + "/datasets/instructions").statusCode() == 200
                    && topics.records("blue." + Topics.PROGRESS.name()).size() > 1;
            case "trainer" -> get(address + "/runs").body().contains("\"first-run\"");
            // nor does its checkpoint
            case "inference" -> topics.records("blue." + Topics.DEAD_LETTERS).stream()
                    .anyMatch(letter -> letter.key().equals("first-run/116/940"));
            default -> get(address + "/reports").body().contains("\"first-run\"")
                    && get(address + "/runs/first-run").statusCode() == 200
                    && get(address + "/judges").body().contains("llama3"); // the judge that must grade the response
        });
    }

    /** Returns the names of topics, groups and transactional ids. */
    private static Set<String> namesInKafka(Admin admin) throws Exception {
        Set<String> names = new TreeSet<>(admin.listTopics().names().get());
        admin.listGroups().all().get().forEach(group -> names.add(group.groupId()));
        admin.listTransactions().all().get().forEach(transaction -> names.add(transaction.transactionalId()));
        return names;
    }

    private void startTheBroker() throws IOException {
        broker = KafkaBroker.start(folder.resolve("broker"), brokerPort, access.broker());
        for (String address : addresses.values()) {
            await().atMost(PATIENCE).until(() -> get(address + "/q/health").statusCode() == 200);
        }
    }

    private Map<String, Object> connection() {
        Map<String, Object> connection = new LinkedHashMap<>(access.client());
        connection.put("bootstrap.servers", broker.bootstrapServers());
        return connection;
    }

    /** Returns the file in which the services look up host names, instead of DNS. */
    private static Path hosts() {
        return folder.resolve("hosts");
    }

    private void awaitNotReady(String address, String reason) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            HttpResponse<String> ready = get(address + "/q/health/ready");
            assertThat(ready.statusCode()).isEqualTo(503);
            assertThat(ready.body()).contains("Kafka at broker.test:" + brokerPort + " cannot be used", reason);
        });
    }

    private void awaitAway(String address) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            HttpResponse<String> well = get(address + "/q/health/well");
            assertThat(well.statusCode()).isEqualTo(503);
            assertThat(well.body()).contains("Kafka at broker.test:" + brokerPort + " cannot be used");
        });
    }

    private void awaitLog(String service, String words) {
        await().atMost(PATIENCE).until(() -> Files.readString(log(service)).contains(words));
    }

    private void startRun(String name, int epochs) throws IOException, InterruptedException {
        startRun(name, "facts", "", "\"epochs\": %d, \"batchSize\": 4, \"evaluateEvery\": 100".formatted(epochs));
    }

    private void startRun(String name, String dataset, String source, String training) throws IOException, InterruptedException {
        Path model = Fixtures.modelFolder("tiny-gpt2", folder.resolve("model"));
        post(addresses.get("trainer") + "/runs", """
                {"run": "%s", "model": {"location": "%s"}, "data": {"dataset": "%s"%s}, "training": {%s},
                 "generation": {"maxNewTokens": 8}, "judge": "metric:chrf"}"""
                .formatted(name, model, dataset, source.isEmpty() ? "" : ", " + source, training).getBytes(StandardCharsets.UTF_8));
    }

    private void start(String service) throws IOException {
        start(service, service, access.as(service + "-service"), Map.of());
    }

    private Process start(String service, String name, Map<String, ?> connection, Map<String, String> more) throws IOException {
        int port = FreePort.find();
        Map<String, String> environment = new LinkedHashMap<>(IMPATIENCE);
        environment.putAll(Map.of(
                "QUARKUS_HTTP_HOST", "127.0.0.1",
                "QUARKUS_HTTP_PORT", String.valueOf(port),
                "KAFKA_BOOTSTRAP_SERVERS", "broker.test:" + brokerPort,
                "APPRENTICE_SIGN_IN_KEYS", "test:trainer:" + KEY,
                "JAVA_TOOL_OPTIONS", "-Djdk.net.hosts.file=" + hosts() + " -Dsun.net.inetaddr.negative.ttl=1",
                "APPRENTICE_" + service.toUpperCase(Locale.ROOT) + "_HOME", folder.resolve(name).toString()));
        environment.putAll(collector.environment());
        environment.putAll(more);
        connection.forEach((key, value) ->
                environment.put("KAFKA_" + key.toUpperCase(Locale.ROOT).replace('.', '_'), value.toString()));
        Path module = Path.of(System.getProperty("apprentice.root"), service + "-service");
        Process process = PackagedService.start(module, "256m", environment, log(name).toFile());
        processes.add(process);
        addresses.put(name, "http://127.0.0.1:" + port);
        return process;
    }

    private static Path log(String service) {
        return folder.resolve(service + ".log");
    }

    private HttpResponse<String> get(String address) throws IOException, InterruptedException {
        return http.send(request(address).build(), BodyHandlers.ofString());
    }

    private int statusWithoutKey(String address) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString()).statusCode();
    }

    private static HttpRequest.Builder request(String address) {
        return HttpRequest.newBuilder(URI.create(address)).header("Authorization", "Bearer " + KEY);
    }

    private void post(String address, byte[] body) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(
                request(address)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(body))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    private void delete(String address) throws IOException, InterruptedException {
        http.send(request(address).DELETE().build(), BodyHandlers.ofString());
    }
}
