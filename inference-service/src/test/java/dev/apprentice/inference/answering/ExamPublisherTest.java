package dev.apprentice.inference.answering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apprentice.contracts.event.Prompt;
import dev.apprentice.contracts.event.PromptBuilder;
import dev.apprentice.contracts.event.Response;
import dev.apprentice.contracts.event.Response.FinishReason;
import dev.apprentice.contracts.event.ResponseBuilder;
import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.inference.TestSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownServerException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class ExamPublisherTest {

    private final List<ProducerRecord<String, byte[]>> taken = new ArrayList<>();
    private final AtomicInteger settled = new AtomicInteger();
    private final AtomicInteger opened = new AtomicInteger();

    /** Returns the failure of sending a record; empty if Kafka takes it. */
    private Function<ProducerRecord<String, byte[]>, Optional<RuntimeException>> failure = record -> Optional.empty();

    private final PatientSender sender = new PatientSender(
            new ExamProducer(() -> {
                opened.incrementAndGet();
                return new Broker();
            }),
            TestSettings.of("apprentice.inference.retry.first-wait", "1ms", "apprentice.inference.retry.longest-wait", "1ms"));
    private final ExamPublisher publisher = new ExamPublisher(sender);

    @Test
    void aResponseThatIsTooLargeIsGivenUpByItselfAndItsExamCompletes() throws Exception {
        failure = record -> record.topic().equals(Topics.RESPONSES.name()) && record.value().length > 5_000
                ? Optional.of(new RecordTooLargeException("The message is 9000000 bytes"))
                : Optional.empty();

        publisher.publish(List.of(answered(0, "short"), answered(1, "long ".repeat(2_000)), answered(2, "short")));

        assertThat(settled).hasValue(3);
        assertThat(responses()).extracting(Response::index).containsExactlyInAnyOrder(0, 1, 2);
        Response large = responses().stream().filter(response -> response.index() == 1).findFirst().orElseThrow();
        assertThat(large.response()).isEmpty();
        assertThat(large.unanswered().orElseThrow())
                .startsWith("the response 'run/3/example-1' of ")
                .endsWith(" bytes cannot be sent: The message is 9000000 bytes");
        ProducerRecord<String, byte[]> letter =
                taken.stream().filter(record -> record.topic().equals(Topics.DEAD_LETTERS)).findFirst().orElseThrow();
        assertThat(letter.key()).isEqualTo("run/3/example-1");
        assertThat(header(letter, "dead-letter-topic")).isEqualTo("apprentice.prompts");
        assertThat(header(letter, "dead-letter-partition")).isEqualTo("2");
        assertThat(header(letter, "dead-letter-offset")).isEqualTo("71");
        assertThat(opened).hasValue(1);
    }

    @Test
    void whileTheBrokerIsAwayRecordsAreSentAgainAndTheServiceIsAlive() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        failure = record -> {
            assertThat(sender.trouble()).isEmpty();
            return tries.incrementAndGet() < 4 ? Optional.of(new TimeoutException("no broker")) : Optional.empty();
        };

        publisher.publish(List.of(answered(0, "answer")));

        assertThat(tries).hasValue(4);
        assertThat(responses()).extracting(Response::response).containsExactly("answer");
        assertThat(opened).hasValue(1);
    }

    @Test
    void anErrorWithoutAReasonIsTriedOnceMoreBeforeTheRecordIsBlamedForIt() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        failure = record -> tries.incrementAndGet() == 1 ? Optional.of(new UnknownServerException("no reason")) : Optional.empty();
        publisher.publish(List.of(answered(0, "answer")));
        assertThat(responses()).extracting(Response::response).containsExactly("answer");
        assertThat(sender.trouble()).isEmpty();
        assertThat(opened).hasValue(1);

        taken.clear();
        tries.set(0);
        failure = record -> record.topic().equals(Topics.RESPONSES.name()) && tries.incrementAndGet() <= 2
                ? Optional.of(new UnknownServerException("no reason"))
                : Optional.empty();
        publisher.publish(List.of(answered(1, "answer")));
        assertThat(responses()).extracting(response -> response.unanswered().orElseThrow()).singleElement().asString()
                .endsWith(" bytes cannot be sent: no reason");
        assertThat(taken).extracting(ProducerRecord::topic).contains(Topics.DEAD_LETTERS);
    }

    @Test
    void whatMustBeMendedIsSaidUntilItIsAndThenTheRecordIsSentByANewProducer() throws Exception {
        List<Optional<String>> said = new ArrayList<>();
        failure = record -> {
            said.add(sender.trouble());
            return said.size() < 3 ? Optional.of(new TopicAuthorizationException("not authorized")) : Optional.empty();
        };

        publisher.publish(List.of(answered(0, "answer")));

        assertThat(said.get(0)).isEmpty();
        assertThat(said.get(1).orElseThrow()).contains("Kafka does not take responses", "not authorized");
        assertThat(sender.trouble()).isEmpty();
        assertThat(responses()).hasSize(1);
        assertThat(opened).hasValue(3);
    }

    @Test
    void whatStandsForAMissingAnswerIsSmallHoweverLargeTheQuestionIs() throws Exception {
        Prompt large = PromptBuilder.builder()
                .run("run")
                .step(3)
                .example("example-0")
                .index(0)
                .of(1)
                .checkpoint("/models/a")
                .digest("sha256:0")
                .prompt("\ud83d\ude00".repeat(100_000))
                .instruction("\ud83d\ude00".repeat(100_000))
                .input("i".repeat(100_000))
                .output("o".repeat(100_000))
                .maxNewTokens(8)
                .build();

        publisher.giveUp(List.of(received(large)), new IllegalStateException("w".repeat(100_000)));

        ProducerRecord<String, byte[]> stand = taken.stream()
                .filter(record -> record.topic().equals(Topics.RESPONSES.name())).findFirst().orElseThrow();
        assertThat(stand.value().length).isLessThan(20_000);
        assertThat(Topics.RESPONSES.read(stand.value()).instruction()).matches("(\ud83d\ude00)+…");
    }

    private AnsweredPrompt answered(int index, String text) {
        Prompt prompt = PromptBuilder.builder()
                .run("run")
                .step(3)
                .example("example-" + index)
                .index(index)
                .of(3)
                .checkpoint("/models/a")
                .digest("sha256:0")
                .prompt("prompt")
                .instruction("instruction")
                .input("")
                .output("output")
                .maxNewTokens(8)
                .build();
        Response response = ResponseBuilder.builder()
                .run("run")
                .step(3)
                .example("example-" + index)
                .index(index)
                .of(3)
                .instruction("instruction")
                .input("")
                .output("output")
                .response(text)
                .finishReason(FinishReason.STOP)
                .promptTokens(3)
                .generatedTokens(2)
                .seconds(0.1)
                .build();
        return new AnsweredPrompt(received(prompt), response, new RecordHeaders());
    }

    private ReceivedPrompt received(Prompt prompt) {
        return new ReceivedPrompt(
                new ConsumerRecord<>(Topics.PROMPTS.name(), 2, 70 + prompt.index(), prompt.key(), new byte[] {1}),
                prompt,
                new Poll(1, settled::incrementAndGet));
    }

    private List<Response> responses() {
        return taken.stream()
                .filter(record -> record.topic().equals(Topics.RESPONSES.name()))
                .map(record -> Topics.RESPONSES.read(record.headers(), record.value()))
                .toList();
    }

    private static String header(ProducerRecord<String, byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return new String(header.value());
    }

    /** A broker that takes the records for which {@link #failure} is empty. */
    private final class Broker extends MockProducer<String, byte[]> {

        Broker() {
            super(true, null, new StringSerializer(), new ByteArraySerializer());
        }

        @Override
        public Future<RecordMetadata> send(ProducerRecord<String, byte[]> record) {
            Optional<RuntimeException> refusal = failure.apply(record);
            if (refusal.isPresent()) {
                return CompletableFuture.failedFuture(refusal.get());
            }
            taken.add(record);
            return CompletableFuture.completedFuture(null);
        }
    }
}
