package dev.apprentice.inference.answering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apprentice.contracts.event.PromptBuilder;
import dev.apprentice.inference.InferenceSettings;
import dev.apprentice.inference.TestSettings;
import dev.apprentice.inference.models.CheckpointUnavailableException;
import dev.apprentice.service.storage.AlteredException;
import dev.apprentice.service.storage.StorageException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.Test;

class AbsentCheckpointsTest {

    private static final CheckpointUnavailableException MISSING = new CheckpointUnavailableException("it is missing");

    private final InferenceSettings settings =
            TestSettings.of("apprentice.inference.retry.waiting-megabytes", "1", "apprentice.inference.retry.attempts", "7");
    private final AbsentCheckpoints absent = new AbsentCheckpoints(settings);

    @Test
    void aBatchOfACheckpointThatIsAwayWaitsWithTheOthersUntilItIsBack() {
        PromptBatch first = batch("/models/a", "run", 3, 1, 10);
        PromptBatch second = batch("/models/a", "run", 3, 1, 10);
        assertThat(absent.join(first)).isFalse();

        absent.miss(first, MISSING);

        assertThat(absent.join(second)).isTrue();
        assertThat(absent.join(batch("/models/b", "run", 4, 1, 10))).isFalse();
        assertThat(absent.remove(first.checkpoint()).orElseThrow().batches()).containsExactly(first, second);
        assertThat(absent.join(second)).isFalse();
    }

    @Test
    void theOneMissedFirstGivesWayWhereMoreWaitThanThereIsMemoryFor() {
        absent.miss(batch("/models/a", "run", 0, 1, 400_000), MISSING);
        absent.miss(batch("/models/b", "run", 1, 1, 400_000), MISSING);
        assertThat(absent.removeBeyondTheLimit()).isEmpty();

        absent.join(batch("/models/b", "run", 1, 1, 400_000));

        assertThat(absent.removeBeyondTheLimit()).extracting(gone -> gone.checkpoint().uri()).containsExactly("/models/a");
        assertThat(absent.all()).extracting(left -> left.checkpoint().uri()).containsExactly("/models/b");
    }

    @Test
    void soManyGiveWayThatTheRestFitsAndThoseBeingFetchedLast() {
        absent.expect(batch("/models/fetched", "run", 0, 1, 300_000));
        absent.miss(batch("/models/a", "run", 1, 1, 100_000), MISSING);
        absent.miss(batch("/models/b", "run", 2, 1, 100_000), MISSING);
        absent.miss(batch("/models/c", "run", 3, 1, 400_000), MISSING);
        assertThat(absent.removeBeyondTheLimit()).isEmpty();

        absent.miss(batch("/models/d", "run", 4, 1, 300_000), MISSING);
        assertThat(absent.removeBeyondTheLimit()).extracting(gone -> gone.checkpoint().uri()).containsExactly("/models/a", "/models/b");
        assertThat(absent.all().stream().mapToLong(AbsentCheckpoint::bytes).sum()).isEqualTo(1_000_000);

        absent.expect(batch("/models/large", "run", 5, 1, 900_000));
        assertThat(absent.removeBeyondTheLimit()).extracting(gone -> gone.checkpoint().uri())
                .containsExactly("/models/c", "/models/d", "/models/fetched");
        assertThat(absent.all()).extracting(left -> left.checkpoint().uri()).containsExactly("/models/large");
    }

    @Test
    void oneWhoseObjectStoreIsAwayIsWaitedForHoweverLongAndHasAllItsAttemptsOnceThatIsBack() {
        PromptBatch batch = batch("s3://bucket/a", "run", 3, 1, 10);
        CheckpointUnavailableException away = new CheckpointUnavailableException("away", new StorageException("it answers with status 503"));
        CheckpointUnavailableException incomplete = new CheckpointUnavailableException("incomplete", new AlteredException("it is not complete"));
        absent.miss(batch, away);
        for (int attempt = 2; attempt <= 20; attempt++) {
            assertThat(absent.missAgain(batch.checkpoint(), away).orElseThrow().isWaitedFor(7)).isTrue();
        }

        for (int attempt = 1; attempt < 7; attempt++) {
            assertThat(absent.missAgain(batch.checkpoint(), incomplete).orElseThrow().isWaitedFor(7)).isTrue();
        }

        assertThat(absent.missAgain(batch.checkpoint(), incomplete).orElseThrow().isWaitedFor(7)).isFalse();
    }

    @Test
    void saysOfEachRunWhichExamsWaitAndWhy() {
        absent.miss(batch("/models/a", "run", 3, 2, 10), MISSING);
        absent.join(batch("/models/a", "other", 0, 5, 10));
        absent.missAgain(batch("/models/a", "run", 3, 1, 10).checkpoint(), new CheckpointUnavailableException("still missing"));

        assertThat(new WaitingExams(absent, settings).of("run"))
                .containsExactly(new WaitingExam(3, "/models/a", 2, 2, 7, "still missing"));
        assertThat(new WaitingExams(absent, settings).of("nobody")).isEmpty();
    }

    @Test
    void healthSaysHowMuchWaitsAndNamesNothingOfAUsers() {
        CheckpointsCondition condition = new CheckpointsCondition(absent);
        assertThat(condition.call().getStatus()).isEqualTo(HealthCheckResponse.Status.UP);

        absent.miss(batch("/models/a", "run", 3, 2, 10), MISSING);

        assertThat(condition.call().getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
        assertThat(condition.call().getData()).contains(Map.of("reason",
                "checkpoints that cannot be read: 1; prompts that wait for them: 2; GET /runs/{run}/waiting shows why"));
    }

    private static PromptBatch batch(String checkpoint, String run, int step, int prompts, int bytes) {
        List<ReceivedPrompt> received = IntStream.range(0, prompts)
                .mapToObj(index -> new ReceivedPrompt(
                        new ConsumerRecord<>("apprentice.prompts", 0, index, "key", new byte[bytes]),
                        PromptBuilder.builder()
                                .run(run)
                                .step(step)
                                .example("example-" + index)
                                .index(index)
                                .of(prompts)
                                .checkpoint(checkpoint)
                                .digest("sha256:0")
                                .prompt("text")
                                .instruction("instruction")
                                .input("")
                                .output("output")
                                .maxNewTokens(8)
                                .build(),
                        new Poll(1, () -> {})))
                .toList();
        return PromptBatch.of(received, prompts).get(0);
    }
}
