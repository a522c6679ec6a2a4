package dev.apprentice.judge.judges.grading;

import dev.apprentice.contracts.event.Event;
import dev.apprentice.contracts.event.Response;
import dev.apprentice.contracts.topic.EventSerializer;
import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.judge.JudgeSettings;
import dev.apprentice.judge.Samples;
import dev.apprentice.testkit.BrokerResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Measures how much of a judge server's capacity for {@code parallel} questions is used, from the first response written to Kafka
 * to the last score read from it. This is not a test: it prints figures.
 *
 * <pre>mvn test -pl judge-service -Dtest=ThroughputMeasurement -Dapprentice.measure=true -Dapprentice.judge.parallel=16</pre>
 */
@QuarkusTest
@WithTestResource(BrokerResource.class)
@WithTestResource(PunctualServer.class)
@TestProfile(ThroughputMeasurement.AsByDefault.class)
@EnabledIfSystemProperty(named = "apprentice.measure", matches = "true")
class ThroughputMeasurement {

    /** Uses the default time limit; the tests' settings publish partial scores sooner. */
    public static class AsByDefault implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("apprentice.judge.partial-after", "10s", "apprentice.judge.pending", "1000");
        }
    }

    /** The seconds that each measurement takes without any loss. */
    private static final int SECONDS = Integer.getInteger("apprentice.measure.seconds", 8);
    private static final int TURNS = Integer.getInteger("apprentice.measure.turns", 1);
    private static final List<Integer> MILLISECONDS = Stream.of(
                    System.getProperty("apprentice.measure.milliseconds", "50,250,1000").split(","))
            .map(Integer::valueOf)
            .toList();
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @Inject
    JudgeSettings settings;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @Test
    void shareOfTheServersThroughput() throws Exception {
        int warmUp = 200 * settings.parallel();
        graded("warm-up", 10, warmUp);
        asked(10, warmUp, settings.parallel());
        for (int milliseconds : MILLISECONDS) {
            for (int turn = 1; turn <= TURNS; turn++) {
                measure(milliseconds, "turn-" + turn + "-of-" + milliseconds);
            }
        }
    }

    private void measure(int milliseconds, String run) throws Exception {
        int parallel = settings.parallel();
        int questions = parallel * SECONDS * 1_000 / milliseconds;
        double bare = asked(milliseconds, questions, parallel);
        worked();
        double computed = computed();
        double paused = paused();
        double graded = graded(run, milliseconds, questions);
        computed = computed() - computed;
        paused = paused() - paused;
        double worked = worked();
        System.out.printf(
                "%d at once, %d ms each, %,d questions: at best %d s, bare client %.2f s (%.1f %%),"
                        + " first question to last answer %.2f s (%.1f %%), response to score %.2f s (%.1f %%), %.2f of %d cores busy,"
                        + " %.2f s stopped for garbage%n",
                parallel, milliseconds, questions, SECONDS, bare, 100 * SECONDS / bare, worked, 100 * SECONDS / worked, graded,
                100 * SECONDS / graded, computed / graded, Runtime.getRuntime().availableProcessors(), paused);
    }

    /** Returns the seconds from the first response to the last score. */
    private double graded(String run, int milliseconds, int count) {
        try (KafkaConsumer<String, byte[]> scores = scores();
                KafkaProducer<String, Event> producer = new KafkaProducer<>(
                        Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
                        new StringSerializer(),
                        new EventSerializer<>())) {
            long begun = System.nanoTime();
            for (int index = 0; index < count; index++) {
                Response response = Samples.response(
                        run, 0, index, count, "The reference answer to question " + index,
                        "What the model makes of question " + index + " of " + run,
                        Optional.of(PunctualServer.model(milliseconds)));
                producer.send(new ProducerRecord<>(Topics.RESPONSES.name(), response.key(), response));
            }
            producer.flush();
            int seen = 0;
            while (seen < count) {
                if (System.nanoTime() - begun > PATIENCE.toNanos()) {
                    throw new IllegalStateException(seen + " of " + count + " scores after " + PATIENCE);
                }
                for (ConsumerRecord<String, byte[]> score : scores.poll(Duration.ofMillis(100))) {
                    seen += Topics.SCORES.read(score.value()).whole() ? 1 : 0;
                }
            }
            return seconds(begun);
        }
    }

    /** Returns a consumer of all scores from now on. */
    private KafkaConsumer<String, byte[]> scores() {
        KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(Topics.SCORES.name()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .collect(Collectors.toList());
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        return consumer;
    }

    /** Returns the seconds that the server takes for as many questions from a client that does nothing else. */
    private double asked(int milliseconds, int count, int parallel) throws Exception {
        HttpRequest question = HttpRequest.newBuilder(URI.create(settings.ollama().url() + "/api/chat"))
                .POST(HttpRequest.BodyPublishers.ofString("{\"model\":\"" + PunctualServer.model(milliseconds) + "\"}"))
                .build();
        HttpClient client = HttpClient.newHttpClient();
        ExecutorService threads = Executors.newFixedThreadPool(parallel);
        try {
            long begun = System.nanoTime();
            Callable<Integer> ask = () -> client.send(question, HttpResponse.BodyHandlers.ofString()).statusCode();
            for (Future<Integer> answer : threads.invokeAll(IntStream.range(0, count).mapToObj(i -> ask).toList())) {
                if (answer.get() != 200) {
                    throw new IllegalStateException("the server answers with " + answer.get());
                }
            }
            return seconds(begun);
        } finally {
            threads.shutdown();
        }
    }

    /** Returns the seconds from the first question to the last answer, as measured by the server. */
    private double worked() throws Exception {
        HttpRequest question = HttpRequest.newBuilder(URI.create(settings.ollama().url() + "/worked")).build();
        String nanoseconds =
                HttpClient.newHttpClient().send(question, HttpResponse.BodyHandlers.ofString()).body();
        return Long.parseLong(nanoseconds) / 1e9;
    }

    /** Returns the processor seconds that this process has used: server, broker, judge-service and measurement. */
    private static double computed() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos() / 1e9;
    }

    /** Returns the seconds that all threads of this process, the server's included, have been stopped by garbage collection. */
    private static double paused() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                        .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                        .sum()
                / 1e3;
    }

    private static double seconds(long begun) {
        return (System.nanoTime() - begun) / 1e9;
    }
}
