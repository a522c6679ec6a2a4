package dev.apprentice.dataset.batches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.apprentice.contracts.event.Batch;
import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.dataset.Runs;
import dev.apprentice.dataset.ServiceTest;
import dev.apprentice.dataset.persistence.EventProducers;
import dev.apprentice.dataset.persistence.WorkFailure;
import dev.apprentice.dataset.table.Longs;
import dev.apprentice.model.tokenizer.Row;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of the publisher. In tests a transaction holds four batches; the curriculum here has 2 + 3 x 6 = 20. */
@QuarkusTest
class CurriculumPublisherTest extends ServiceTest {

    @TempDir
    Path folder;

    private static final BooleanSupplier ALWAYS = () -> true;

    @Inject
    CurriculumPublisher publisher;

    @Inject
    EventProducers producers;

    @Test
    void publishesEveryBatchInOrderAndTellsHowFarItIs() {
        List<Integer> told = new ArrayList<>();
        boolean complete = publisher.publish(name, curriculum(3), ALWAYS, told::add);
        assertThat(complete).isTrue();
        assertThat(told).containsExactly(0, 4, 8, 12, 16, 20);
        assertHoldsEveryBatchOnce();
    }

    @Test
    void goesOnWhereItWasInterrupted() {
        assertThat(publisher.publish(name, curriculum(3), allowing(2), done -> {})).isFalse();
        assertThat(batches(8)).hasSize(8);

        assertThat(publisher.publish(name, curriculum(3), ALWAYS, done -> {})).isTrue();
        assertHoldsEveryBatchOnce();
    }

    @Test
    void doesNothingWhereEverythingIsThere() {
        publisher.publish(name, curriculum(3), ALWAYS, done -> {});
        List<Integer> told = new ArrayList<>();
        assertThat(publisher.publish(name, curriculum(3), ALWAYS, told::add)).isTrue();
        assertThat(told).containsExactly(20);
        assertHoldsEveryBatchOnce();
    }

    @Test
    void whatAPredecessorLeftUncommittedNeverWas() {
        publisher.publish(name, curriculum(3), allowing(3), done -> {});
        try (Producer<String, Batch> dead = producers.transactional(name)) {
            dead.initTransactions();
            dead.beginTransaction();
            for (int place = 12; place < 15; place++) {
                send(dead, curriculum(3).batch(place));
            }
            dead.flush();

            assertThat(publisher.publish(name, curriculum(3), ALWAYS, done -> {})).isTrue();
            assertThatThrownBy(dead::commitTransaction).matches(failure -> WorkFailure.of(failure) == WorkFailure.FENCED, "is shut out");
        }
        assertHoldsEveryBatchOnce();
    }

    @Test
    void looksBehindManyAbortedBatchesForTheLastCommittedOne() {
        publisher.publish(name, curriculum(3), allowing(1), done -> {});
        try (Producer<String, Batch> failing = producers.transactional(name)) {
            failing.initTransactions();
            for (int attempt = 0; attempt < 50; attempt++) {
                failing.beginTransaction();
                send(failing, curriculum(3).batch(4));
                failing.flush();
                failing.abortTransaction();
            }
        }
        publisher.publish(name, curriculum(3), ALWAYS, done -> {});
        assertHoldsEveryBatchOnce();
    }

    @Test
    void refusesATopicWithOtherBatches() {
        publisher.publish(name, curriculum(3), allowing(1), done -> {});
        assertThatThrownBy(() -> publisher.publish(name, curriculum(4), ALWAYS, done -> {}))
                .isInstanceOf(PreparationException.class)
                .hasMessage("topic apprentice.batches." + name + " holds other batches than this run's examples and"
                        + " tokenizer give now; start a run of another name");
    }

    private void assertHoldsEveryBatchOnce() {
        Curriculum curriculum = curriculum(3);
        assertThat(batches(curriculum.size()))
                .isEqualTo(IntStream.range(0, curriculum.size()).mapToObj(curriculum::batch).toList());
    }

    /** Returns all batches, once there are at least this many: a broker shows committed batches a moment after it confirmed them. */
    private List<Batch> batches(int atLeast) {
        return topics.await(Topics.batches(name), atLeast, batch -> true);
    }

    private void send(Producer<String, Batch> producer, Batch batch) {
        producer.send(new ProducerRecord<>(Topics.batches(name).name(), batch.key(), batch));
    }

    private static BooleanSupplier allowing(int transactions) {
        int[] left = {transactions};
        return () -> left[0]-- > 0;
    }

    /** @param token that distinguishes this curriculum from others */
    private Curriculum curriculum(int token) {
        return new Curriculum(name, Runs.training(3, 5, true, false), rows(30, token), rows(10, token),
                new Longs(folder), 0);
    }

    private static List<Row> rows(int count, int token) {
        return IntStream.range(0, count).mapToObj(row -> new Row(new int[] {row, token, 0}, 1)).toList();
    }
}
