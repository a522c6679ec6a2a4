package dev.apprentice.trainer.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.model.ranks.Ranks;
import dev.apprentice.service.threads.WatchedThreads;
import dev.apprentice.trainer.ranks.JobRanks;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests ownership with the calls of the group's protocol, without a broker. */
class OwnershipTest {

    private final ScriptedConsumer consumer = new ScriptedConsumer();
    private final ScriptedConsumer second = new ScriptedConsumer();
    private final ScriptedClients clients = new ScriptedClients(consumer, second);
    private final WatchedThreads watched = new WatchedThreads();
    private final RunThreads threads = new RunThreads(watched, new JobRanks(Ranks.ALONE));
    private final Ownership ownership = new Ownership(
            clients,
            TestSettings.of(Map.of("retry-every", "10ms", "session-timeout", "9s", "instance", "trainer-0")),
            threads);

    @BeforeEach
    void join() {
        for (TopicPartition partition : partitions(0, 1, 2)) {
            consumer.updateBeginningOffsets(Map.of(partition, 0L));
            second.updateBeginningOffsets(Map.of(partition, 0L));
        }
        ownership.start(new StartupEvent());
    }

    @AfterEach
    void leave() throws InterruptedException {
        ownership.stop(new ShutdownEvent());
        assertThat(watched.trouble()).isEmpty();
    }

    @Test
    void ownsWhatTheGroupGivesItUntilTheGroupTakesIt() throws Exception {
        assertThat(owned()).isEmpty();
        consumer.inPoll(() -> consumer.rebalance(partitions(0, 2)));
        assertThat(owned()).containsExactly(0, 2);
        consumer.inPoll(() -> consumer.rebalance(partitions(1, 2)));
        assertThat(owned()).containsExactly(1, 2);
    }

    @Test
    void takesNoRecordsAndStaysAMemberThatIsMissedSoon() throws Exception {
        consumer.inPoll(() -> consumer.rebalance(partitions(0, 1)));
        assertThat(consumer.paused()).containsExactlyInAnyOrderElementsOf(partitions(0, 1));
        assertThat(consumer.subscription()).containsExactly(Topics.RUNS.name());
        assertThat(clients.settings())
                .containsEntry("group.id", "trainer-service")
                .containsEntry("group.instance.id", "trainer-0")
                .containsEntry("session.timeout.ms", 9_000)
                .containsEntry("heartbeat.interval.ms", 3_000);
    }

    @Test
    void whatWasLostInItsAbsenceIsOwnedNoMore() throws Exception {
        consumer.inPoll(() -> consumer.rebalance(partitions(0, 1)));
        consumer.inPoll(() -> consumer.listener().onPartitionsLost(partitions(1)));
        assertThat(owned()).containsExactly(0);
    }

    @Test
    void inDoubtItOwnsNothingUntilTheGroupHasSharedOutAnew() throws Exception {
        consumer.inPoll(() -> consumer.rebalance(partitions(0, 1)));
        ownership.doubt();
        assertThat(owned()).isEmpty();
        consumer.awaitNextPoll();
        consumer.inPoll(() -> {
            assertThat(consumer.shouldRebalance()).as("asks the group").isTrue();
            consumer.rebalance(partitions(0, 1));
        });
        assertThat(owned()).containsExactly(0, 1);
    }

    @Test
    void aRebalanceThatWasUnderWayBeforeTheDoubtEndsNone() throws Exception {
        consumer.inPoll(() -> {
            ownership.doubt();
            consumer.rebalance(partitions(0, 1));
        });
        assertThat(owned()).isEmpty();
        consumer.awaitNextPoll();
        consumer.inPoll(() -> consumer.rebalance(partitions(0, 1)));
        assertThat(owned()).containsExactly(0, 1);
    }

    @Test
    void whileKafkaIsInTroubleItOwnsNothingAndThenJoinsAgain() throws Exception {
        consumer.inPoll(() -> consumer.rebalance(partitions(0)));
        consumer.inPoll(() -> consumer.setPollException(new TimeoutException("the broker is away")));
        second.awaitNextPoll();
        assertThat(owned()).isEmpty();
        assertThat(consumer.closed()).isTrue();
        second.inPoll(() -> second.rebalance(partitions(2)));
        assertThat(owned()).containsExactly(2);
    }

    @Test
    void aSecondProcessOfItsNameEndsItsOwnershipForGoodAndIsNamed() throws Exception {
        consumer.inPoll(() -> consumer.rebalance(partitions(0)));
        consumer.inPoll(() -> consumer.setPollException(new FencedInstanceIdException("fenced")));
        await().until(() -> ownership.excluded().isPresent());
        assertThat(ownership.excluded())
                .hasValue("another process runs as apprentice.trainer.instance=trainer-0; this one stops training");
        await().until(() -> owned().isEmpty());
        assertThat(second.subscription()).as("does not join again").isEmpty();
    }

    private List<Integer> owned() {
        return IntStream.range(0, 3).filter(ownership::owns).boxed().toList();
    }

    private static List<TopicPartition> partitions(Integer... numbers) {
        return Stream.of(numbers).map(number -> new TopicPartition(Topics.RUNS.name(), number)).toList();
    }
}
