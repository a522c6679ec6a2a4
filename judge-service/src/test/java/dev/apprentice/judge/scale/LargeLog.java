package dev.apprentice.judge.scale;

import dev.apprentice.contracts.event.Checkpoint;
import dev.apprentice.contracts.event.Event;
import dev.apprentice.contracts.event.Progress.Phase;
import dev.apprentice.contracts.event.ProgressBuilder;
import dev.apprentice.contracts.event.ProgressFiguresBuilder;
import dev.apprentice.contracts.event.Report;
import dev.apprentice.contracts.event.Report.Distribution;
import dev.apprentice.contracts.event.Report.Interval;
import dev.apprentice.contracts.event.ReportBuilder;
import dev.apprentice.contracts.event.ReportJudgeSummaryBuilder;
import dev.apprentice.contracts.event.Response;
import dev.apprentice.contracts.event.Score;
import dev.apprentice.contracts.event.Score.Verdict;
import dev.apprentice.contracts.event.ScoreBuilder;
import dev.apprentice.contracts.event.ScoreVerdictBuilder;
import dev.apprentice.contracts.topic.EventSerializer;
import dev.apprentice.contracts.topic.Topic;
import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.judge.Samples;
import dev.apprentice.judge.metrics.Grades;
import dev.apprentice.judge.metrics.ReferenceMetrics;
import dev.apprentice.judge.page.SampleRun;
import dev.apprentice.testkit.KafkaTopics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The content of the topics after many runs have been trained, answered, graded and reported on. It is written directly, because
 * a judge would take days for it. The answers are sentences of random words, and all checkpoints share them.
 *
 * @param runs how many runs
 * @param checkpoints how many checkpoints of each run
 * @param responses how many responses of each checkpoint, each with a score by the reference metrics and one judge
 * @param steps how many steps of each run
 */
record LargeLog(int runs, int checkpoints, int responses, int steps) {

    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
    private static final String JUDGE = "llama3";
    private static final List<String> WORDS = List.of((
                    "the a of to and is in that it was for on are with as his they be at one have this from or had by hot but some"
                            + " what there we can out other were all your when up use word how said each she which do their time"
                            + " if will way about many then them would write like so these her long make thing see him two has look"
                            + " more day could go come did my sound no most number who over know water than call first people")
            .split(" "));

    static String run(int number) {
        return "run-" + number;
    }

    int step(int checkpoint) {
        return checkpoint * steps / Math.max(1, checkpoints - 1);
    }

    void write(String bootstrapServers, KafkaTopics topics) {
        Topics.STANDING.forEach(topics::create);
        List<Graded> exam = exam();
        List<Template> records = exam.stream()
                .flatMap(each -> Stream.of(
                        Template.of(Topics.RESPONSES, each.response), Template.of(Topics.SCORES, each.score)))
                .toList();
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                        ProducerConfig.LINGER_MS_CONFIG, 50,
                        ProducerConfig.BATCH_SIZE_CONFIG, 1 << 18,
                        ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4"),
                new StringSerializer(),
                new ByteArraySerializer())) {
            for (int run = 0; run < runs; run++) {
                new SampleRun(topics, run(run), Optional.of(JUDGE)).asked();
                train(producer, run(run));
                for (int checkpoint = 0; checkpoint < checkpoints; checkpoint++) {
                    int step = step(checkpoint);
                    save(producer, run(run), step);
                    for (Template record : records) {
                        producer.send(record.of(run(run), step));
                    }
                    send(producer, Topics.REPORTS, report(run(run), step, exam));
                }
            }
        }
    }

    /**
     * A record that is equal for many checkpoints except for its run and step: creating each from an event would take most of the
     * time.
     *
     * @param rest its JSON after run and step
     */
    private record Template(String topic, String example, Headers headers, byte[] rest) {

        private static final String BEGINNING = "{\"run\":\"any\",\"step\":0,";

        static <E extends Event> Template of(Topic<E> topic, E event) {
            Headers headers = new RecordHeaders();
            byte[] json = serialized(topic, headers, event);
            if (!new String(json, StandardCharsets.UTF_8).startsWith(BEGINNING)) {
                throw new IllegalStateException("records of " + topic.name() + " begin otherwise by now");
            }
            String example = event.key().substring(event.key().lastIndexOf('/') + 1);
            return new Template(topic.name(), example, headers, Arrays.copyOfRange(json, BEGINNING.length(), json.length));
        }

        ProducerRecord<String, byte[]> of(String run, int step) {
            byte[] beginning = ("{\"run\":\"" + run + "\",\"step\":" + step + ",").getBytes(StandardCharsets.UTF_8);
            byte[] json = Arrays.copyOf(beginning, beginning.length + rest.length);
            System.arraycopy(rest, 0, json, beginning.length, rest.length);
            return new ProducerRecord<>(topic, null, run + "/" + step + "/" + example, json, headers);
        }
    }

    private static <E extends Event> byte[] serialized(Topic<E> topic, Headers headers, E event) {
        try (EventSerializer<E> serializer = new EventSerializer<>()) {
            return serializer.serialize(topic.name(), headers, event);
        }
    }

    private void train(KafkaProducer<String, byte[]> producer, String run) {
        for (int step = 1; step <= steps; step++) {
            send(producer, Topics.PROGRESS, ProgressBuilder.builder()
                    .run(run)
                    .at(START.plusSeconds(step))
                    .phase(step == steps ? Phase.COMPLETED : step % 5 == 0 ? Phase.EVALUATING : Phase.TRAINING)
                    .step(step)
                    .steps(steps)
                    .epoch(1)
                    .epochs(1)
                    .figures(ProgressFiguresBuilder.builder()
                            .trainLoss(1.0 / step)
                            .validationLoss(2.0 / step)
                            .learningRate(5e-5)
                            .gradientNorm(1.0)
                            .tokensPerSecond(1000.0)
                            .build())
                    .tokensSeen(step * 100L)
                    .build());
        }
    }

    private void save(KafkaProducer<String, byte[]> producer, String run, int step) {
        send(producer, Topics.CHECKPOINTS, new Checkpoint(
                run, step, 1, step == steps, "file:///checkpoints/" + run + "/" + step, "sha256:" + "0".repeat(64),
                Optional.of(1.0), Optional.of(1.0), step, step, "alpaca", START));
    }

    /** An answer and its score. */
    private record Graded(Response response, Score score) {}

    private List<Graded> exam() {
        SplittableRandom random = new SplittableRandom(123);
        ReferenceMetrics metrics = new ReferenceMetrics();
        List<Graded> exam = new ArrayList<>();
        for (int index = 0; index < responses; index++) {
            Response response = Samples.response(
                    "any", 0, index, responses, words(random, 25), words(random, 35), Optional.of(JUDGE));
            Verdict verdict = ScoreVerdictBuilder.builder()
                    .judge(JUDGE)
                    .score((double) random.nextInt(101))
                    .seconds(1.5)
                    .model(JUDGE)
                    .digest("sha256:365c0bd3c000")
                    .rubric("textbook")
                    .rubricVersion("1f2e3d4c")
                    .reason(words(random, 20))
                    .promptTokens(120)
                    .answerTokens(30)
                    .build();
            Grades grades = metrics.of(response);
            exam.add(new Graded(response, ScoreBuilder.builder()
                    .run(response.run())
                    .step(0)
                    .example(response.example())
                    .index(index)
                    .of(responses)
                    .verdicts(List.of(verdict))
                    .metrics(grades.metrics())
                    .statistics(grades.statistics())
                    .build()));
        }
        return exam;
    }

    private static String words(SplittableRandom random, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> WORDS.get(random.nextInt(WORDS.size())))
                .collect(Collectors.joining(" "));
    }

    private Report report(String run, int step, List<Graded> exam) {
        Map<String, Double> means = new TreeMap<>();
        exam.forEach(each -> each.score.metrics().forEach((name, value) -> means.merge(name, value / responses, Double::sum)));
        Map<String, Interval> intervals = new TreeMap<>();
        Map<String, Report.Comparison> comparisons = new TreeMap<>();
        means.forEach((name, mean) -> {
            intervals.put(name, new Interval(mean, mean));
            comparisons.put(name, new Report.Comparison(0, 0, 0, 1, responses, Report.Outcome.NOISE));
        });
        return ReportBuilder.builder()
                .run(run)
                .step(step)
                .questions(responses)
                .graded(responses)
                .judges(List.of(ReportJudgeSummaryBuilder.builder()
                        .judge(JUDGE)
                        .mean(50.0)
                        .scored(responses)
                        .unreadable(0)
                        .model(JUDGE)
                        .rubric("textbook")
                        .rubricVersion("1f2e3d4c")
                        .build()))
                .metrics(means)
                .sinceBase(step == 0 ? Map.of() : means)
                .intervals(intervals)
                .againstBase(step == 0 ? Map.of() : comparisons)
                .distributions(Map.of("judge:" + JUDGE, new Distribution(0, 100, IntStream.range(0, 20).boxed().toList())))
                .build();
    }

    private static <E extends Event> void send(KafkaProducer<String, byte[]> producer, Topic<E> topic, E event) {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic.name(), event.key(), null);
        byte[] json = serialized(topic, record.headers(), event);
        producer.send(new ProducerRecord<>(topic.name(), null, event.key(), json, record.headers()));
    }

    /** Commits the end offsets for these groups, as their services would have done while reading. */
    static void consumed(String bootstrapServers, Map<String, List<Topic<?>>> groups) throws Exception {
        try (Admin admin = Admin.create(Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            for (Map.Entry<String, List<Topic<?>>> group : groups.entrySet()) {
                Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
                admin.describeTopics(group.getValue().stream().map(Topic::name).toList()).allTopicNames().get()
                        .forEach((name, topic) -> topic.partitions()
                                .forEach(each -> ends.put(new TopicPartition(name, each.partition()), OffsetSpec.latest())));
                Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
                admin.listOffsets(ends).all().get()
                        .forEach((partition, end) -> offsets.put(partition, new OffsetAndMetadata(end.offset())));
                admin.alterConsumerGroupOffsets(group.getKey(), offsets).all().get();
            }
        }
    }
}
