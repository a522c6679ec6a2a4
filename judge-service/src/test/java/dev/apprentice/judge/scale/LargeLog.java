package dev.apprentice.judge.scale;

import dev.apprentice.contracts.Checkpoint;
import dev.apprentice.contracts.Event;
import dev.apprentice.contracts.EventSerializer;
import dev.apprentice.contracts.Progress;
import dev.apprentice.contracts.Progress.Phase;
import dev.apprentice.contracts.Report;
import dev.apprentice.contracts.Report.Distribution;
import dev.apprentice.contracts.Report.Interval;
import dev.apprentice.contracts.Report.JudgeSummary;
import dev.apprentice.contracts.Response;
import dev.apprentice.contracts.Score;
import dev.apprentice.contracts.Score.Verdict;
import dev.apprentice.contracts.Topic;
import dev.apprentice.contracts.Topics;
import dev.apprentice.judge.Samples;
import dev.apprentice.judge.metrics.Grades;
import dev.apprentice.judge.metrics.ReferenceMetrics;
import dev.apprentice.judge.page.SampleRun;
import dev.apprentice.testkit.KafkaTopics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * What the log holds after many runs have been trained, answered, graded and reported on: written at once, because a judge that
 * does all that would take days. The answers are sentences of random words; those of one checkpoint are another's.
 *
 * @param runs how many
 * @param checkpoints of each run
 * @param responses of each checkpoint, with a score each by the reference metrics and one judge
 * @param steps of each run
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
        try (KafkaProducer<String, Event> producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                        ProducerConfig.LINGER_MS_CONFIG, 50,
                        ProducerConfig.BATCH_SIZE_CONFIG, 1 << 18,
                        ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4"),
                new StringSerializer(),
                new EventSerializer<>())) {
            for (int run = 0; run < runs; run++) {
                new SampleRun(topics, run(run), Optional.of(JUDGE)).asked();
                train(producer, run(run));
                for (int checkpoint = 0; checkpoint < checkpoints; checkpoint++) {
                    examine(producer, run(run), step(checkpoint), exam);
                }
            }
        }
    }

    private void train(KafkaProducer<String, Event> producer, String run) {
        for (int step = 1; step <= steps; step++) {
            send(producer, Topics.PROGRESS, new Progress(
                    run, START.plusSeconds(step),
                    step == steps ? Phase.COMPLETED : step % 5 == 0 ? Phase.EVALUATING : Phase.TRAINING, step, Optional.of(steps),
                    1, 1, Optional.empty(), Optional.empty(), Optional.of(1.0 / step), Optional.of(2.0 / step), Optional.of(5e-5),
                    Optional.of(1.0), step * 100L, Optional.of(1000.0), Optional.empty(), Optional.empty()));
        }
    }

    private void examine(KafkaProducer<String, Event> producer, String run, int step, List<Graded> exam) {
        send(producer, Topics.CHECKPOINTS, new Checkpoint(
                run, step, 1, step == steps, "file:///checkpoints/" + run + "/" + step, "sha256:" + "0".repeat(64),
                Optional.of(1.0), Optional.of(1.0), step, step, "alpaca", START));
        for (Graded each : exam) {
            Response it = each.response;
            send(producer, Topics.RESPONSES, new Response(
                    run, step, it.example(), it.index(), it.of(), it.instruction(), it.input(), it.output(), it.response(),
                    it.finishReason(), it.promptTokens(), it.generatedTokens(), it.seconds(), it.judge()));
            send(producer, Topics.SCORES, new Score(
                    run, step, it.example(), it.index(), it.of(), List.of(each.verdict), each.grades.metrics(),
                    each.grades.statistics()));
        }
        send(producer, Topics.REPORTS, report(run, step, exam));
    }

    /** An answer and what is thought of it. */
    private record Graded(Response response, Grades grades, Verdict verdict) {}

    private List<Graded> exam() {
        SplittableRandom random = new SplittableRandom(123);
        ReferenceMetrics metrics = new ReferenceMetrics();
        List<Graded> exam = new ArrayList<>();
        for (int index = 0; index < responses; index++) {
            Response response = Samples.response(
                    "any", 0, index, responses, words(random, 25), words(random, 35), Optional.of(JUDGE));
            Verdict verdict = new Verdict(
                    JUDGE, Optional.of((double) random.nextInt(101)), Optional.empty(), 1.5, Optional.of(JUDGE),
                    Optional.of("sha256:365c0bd3c000"), Optional.of("textbook"), Optional.of("1f2e3d4c"), Optional.empty(),
                    Optional.of(words(random, 20)), Optional.of(120), Optional.of(30), Optional.empty());
            exam.add(new Graded(response, metrics.of(response), verdict));
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
        exam.forEach(each -> each.grades.metrics().forEach((name, value) -> means.merge(name, value / responses, Double::sum)));
        Map<String, Interval> intervals = new TreeMap<>();
        Map<String, Report.Comparison> comparisons = new TreeMap<>();
        means.forEach((name, mean) -> {
            intervals.put(name, new Interval(mean, mean));
            comparisons.put(name, new Report.Comparison(0, 0, 0, 1, responses, Report.Outcome.NOISE));
        });
        return new Report(
                run, step, responses, responses,
                List.of(new JudgeSummary(
                        JUDGE, Optional.of(50.0), responses, 0, Optional.empty(), Optional.of(JUDGE), Optional.empty(),
                        Optional.of("textbook"), Optional.of("1f2e3d4c"), Optional.empty(), Optional.empty(), Optional.empty(),
                        Optional.empty())),
                means, step == 0 ? Map.of() : means, Optional.empty(), intervals, step == 0 ? Map.of() : comparisons,
                Map.of("judge:" + JUDGE, new Distribution(0, 100, IntStream.range(0, 20).boxed().toList())));
    }

    private static <E extends Event> void send(KafkaProducer<String, Event> producer, Topic<E> topic, E event) {
        producer.send(new ProducerRecord<>(topic.name(), event.key(), event));
    }

    /** Says of these groups that they have read everything, as they had when it was written by those who do. */
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
