package dev.apprentice.cli.letters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.apprentice.contracts.event.Instruction;
import dev.apprentice.contracts.topic.Topic;
import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.local.broker.KafkaBroker;
import dev.apprentice.local.log.Broker;
import dev.apprentice.local.log.TopicReader;
import dev.apprentice.testkit.KafkaTopics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadLettersTest {

    @TempDir static Path folder;

    private static KafkaBroker broker;
    private static DeadLetters letters;

    @BeforeAll
    static void deadLetterSome() throws Exception {
        broker = KafkaBroker.start(folder, 0);
        letters = new DeadLetters(new Broker(broker.bootstrapServers()));
        assertThat(letters.all()).isEmpty();
        try (KafkaTopics topics = new KafkaTopics(broker.bootstrapServers());
                KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", broker.bootstrapServers()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            topics.create(Topics.INSTRUCTIONS);
            topics.create(new Topic<>(Topics.DEAD_LETTERS, Instruction.class, "any", true, Map.of()));
            producer.send(letter(1, "{\"poison\": 1}", Topics.INSTRUCTIONS.name(), "2")).get();
            producer.send(letter(2, "{\"poison\": 2}", Topics.batches("tired").name(), "0")).get();
            producer.send(new ProducerRecord<>(
                            Topics.DEAD_LETTERS, null, 3L, null, new byte[] {(byte) 0xff, 0}, List.of()))
                    .get();
        }
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void tellsWhereALetterCameFromWhenAndWhy() {
        Letter letter = letters.all().get(0);
        assertThat(letter.topic()).contains("apprentice.instructions");
        assertThat(letter.partition()).contains("2");
        assertThat(letter.reason()).isEqualTo("field 'output' is missing");
        assertThat(letter.key()).contains("facts/1");
        assertThat(letter.value()).contains("{\"poison\": 1}");
        assertThat(letter.at()).hasToString("1970-01-01T00:00:00.001Z");
        assertThat(letters.find(letter.id()).value()).isEqualTo(letter.value());
        List<String> backwards = List.of(letters.all().get(1).id(), letter.id());
        assertThat(letters.find(backwards)).extracting(Letter::id).isEqualTo(backwards);
    }

    @Test
    void aReplayedRecordIsTheOneThatCame() {
        replay(letters.all().get(0));
        List<ConsumerRecord<byte[], byte[]>> records =
                new TopicReader(new Broker(broker.bootstrapServers())).records(Topics.INSTRUCTIONS.name());
        assertThat(records).hasSize(1);
        ConsumerRecord<byte[], byte[]> record = records.get(0);
        assertThat(record.partition()).isEqualTo(2);
        assertThat(record.key()).asString().isEqualTo("facts/1");
        assertThat(record.value()).asString().isEqualTo("{\"poison\": 1}");
        assertThat(record.headers().toArray()).containsExactly(new RecordHeader("ce_id", bytes("abc")));
        assertThat(letters.all()).first().satisfies(letter -> assertThat(letter.sentAgain()).isPresent());
        assertThat(letters.all()).filteredOn(letter -> letter.topic().equals(Optional.of("apprentice.instructions")))
                .extracting(Letter::sentAgain).filteredOn(Optional::isPresent).hasSize(1);
    }

    @Test
    void aLetterThatCarriesAPartIsReplayedWholeFromWhereItsRecordLies() {
        String whole = "{\"poison\": \"" + "x".repeat(3 << 20) + "\"}";
        try (KafkaTopics topics = new KafkaTopics(broker.bootstrapServers())) {
            topics.create(Topics.SCORES);
            topics.publishText(Topics.SCORES.name(), "facts/1", whole);
            ConsumerRecord<String, byte[]> lying = topics.records(Topics.SCORES.name()).get(0);
            publishPart(topics, lying, 100);
        }

        replay(part(Topics.SCORES.name()));

        assertThat(new TopicReader(new Broker(broker.bootstrapServers())).records(Topics.SCORES.name()))
                .hasSize(2)
                .allSatisfy(record -> assertThat(new String(record.value(), StandardCharsets.UTF_8)).isEqualTo(whole));
    }

    @Test
    void aPartWhoseRecordIsGoneIsSaidToBe() {
        try (KafkaTopics topics = new KafkaTopics(broker.bootstrapServers())) {
            topics.create(Topics.PROMPTS);
            topics.publishText(Topics.PROMPTS.name(), "facts/1", "of another life of the topic");
            ConsumerRecord<String, byte[]> lying = topics.records(Topics.PROMPTS.name()).get(0);
            publishPart(topics, new ConsumerRecord<>(
                    lying.topic(), lying.partition(), lying.offset(), lying.key(), bytes("gone by now")), 4);
        }

        assertThatThrownBy(() -> replay(part(Topics.PROMPTS.name())))
                .hasMessageMatching("Dead letter \\d/\\d+ is truncated, and the whole record is no longer at"
                        + " apprentice\\.prompts-\\d offset 0; it cannot be resent\\.");
    }

    /** Writes the dead letter of a record as services write it, with this many bytes of the value. */
    private static void publishPart(KafkaTopics topics, ConsumerRecord<String, byte[]> record, int bytes) {
        topics.publishText(
                Topics.DEAD_LETTERS,
                record.key(),
                new String(record.value(), 0, bytes, StandardCharsets.UTF_8),
                Map.of(
                        "dead-letter-topic", record.topic(),
                        "dead-letter-partition", Integer.toString(record.partition()),
                        "dead-letter-offset", Long.toString(record.offset()),
                        "dead-letter-whole-bytes", Integer.toString(record.value().length)));
    }

    private static Letter part(String topic) {
        return letters.all().stream()
                .filter(letter -> letter.topic().equals(Optional.of(topic)))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aRecordThatTwoReadersDeadLetteredIsOneLetterAndAnotherInItsPlaceIsNot() {
        LetterBox box = new LetterBox(letter -> true);
        box.take(read(0, letter(5, "{}", Topics.INSTRUCTIONS.name(), "2")));
        box.take(read(1, letter(4, "{}", Topics.INSTRUCTIONS.name(), "2")));
        box.take(read(2, letter(6, "{\"of a topic\": \"made anew\"}", Topics.INSTRUCTIONS.name(), "2")));

        assertThat(box.open()).extracting(Letter::id).containsExactly("0/0", "0/2");
    }

    private static ConsumerRecord<byte[], byte[]> read(long offset, ProducerRecord<byte[], byte[]> letter) {
        return new ConsumerRecord<>(Topics.DEAD_LETTERS, 0, offset, letter.timestamp(), TimestampType.CREATE_TIME,
                0, 0, letter.key(), letter.value(), letter.headers(), Optional.empty());
    }

    private static void replay(Letter letter) {
        try (DeadLetterReplay replay = new DeadLetterReplay(new Broker(broker.bootstrapServers()))) {
            replay.send(letter);
        }
        new DeadLetterReplay(new Broker(broker.bootstrapServers())).close(); // waits until the records of the replay before can be read
    }

    @Test
    void aBatchIsNotReplayedBecauseItsRunReadsInOrder() {
        assertThatThrownBy(() -> replay(letters.all().get(1)))
                .hasMessageMatching("Dead letter \\d/\\d is a batch of apprentice.batches.tired: batches are learned in"
                        + " their order, so it cannot come later; start a new run instead.");
    }

    @Test
    void aLetterThatSaysNothingIsShownAndNotReplayed() {
        Letter mute = letters.all().get(2);
        assertThat(mute.value()).contains("0xff00");
        assertThat(mute.reason()).isEqualTo("no reason given");
        assertThatThrownBy(() -> replay(mute)).hasMessageEndingWith("does not name its topic.");
    }

    @Test
    void anUnknownLetterIsNamed() {
        assertThatThrownBy(() -> letters.find("7/7"))
                .hasMessage("There is no dead letter 7/7; `apprentice dead-letters list` shows those there are.");
    }

    private static ProducerRecord<byte[], byte[]> letter(long at, String value, String topic, String partition) {
        return new ProducerRecord<>(
                Topics.DEAD_LETTERS,
                null,
                at,
                bytes("facts/1"),
                bytes(value),
                List.of(
                        new RecordHeader("ce_id", bytes("abc")),
                        new RecordHeader("dead-letter-reason", bytes("field 'output' is missing")),
                        new RecordHeader("dead-letter-topic", bytes(topic)),
                        new RecordHeader("dead-letter-partition", bytes(partition)),
                        new RecordHeader("dead-letter-offset", bytes("17"))));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
