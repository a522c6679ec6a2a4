package dev.apprentice.judge.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.apprentice.contracts.event.Checkpoint;
import dev.apprentice.contracts.event.Progress.Phase;
import dev.apprentice.contracts.event.ProgressBuilder;
import dev.apprentice.contracts.event.ProgressDataBuilder;
import dev.apprentice.contracts.event.ProgressFiguresBuilder;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MlflowExportTest {

    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");

    private final FakeMlflow mlflow = new FakeMlflow();

    @AfterEach
    void stop() {
        mlflow.close();
    }

    @Test
    void whatIsToldTwiceIsThereOnceAlsoByAProcessThatKnowsNoIds() throws Exception {
        export().export("first", news());
        export().export("first", news());

        assertThat(mlflow.runs("first")).singleElement().satisfies(run -> {
            assertThat(run.start()).isEqualTo(AT.toEpochMilli());
            assertThat(run.tags()).containsEntry("apprentice.run", "first").containsEntry("apprentice.data_digest", "sha256:1");
            assertThat(run.status()).isEqualTo("RUNNING");
            assertThat(run.metrics()).containsExactlyInAnyOrder(
                    new FakeMlflow.Metric("train_loss", 1.5, AT.toEpochMilli(), 7),
                    new FakeMlflow.Metric("learning_rate", 5e-5, AT.toEpochMilli(), 7));
        });
        assertThat(mlflow.versions("first")).singleElement().satisfies(version -> {
            assertThat(version.source()).isEqualTo("apprentice:///first@7");
            assertThat(version.tags()).containsEntry("apprentice.digest", "sha256:2");
            assertThat(version.runId()).isEqualTo(mlflow.runs("first").get(0).id());
        });
    }

    @Test
    void whatTheServerRefusesKeepsNothingElseFromBeingTold() throws Exception {
        RunNews changed = news();
        changed.parameters.put("training.epochs", "3");
        export().export("first", changed);
        changed.parameters.put("training.epochs", "4"); // MLflow refuses to change a parameter
        changed.status = Optional.of("FINISHED");

        export().export("first", changed);

        assertThat(mlflow.runs("first").get(0).parameters()).containsEntry("training.epochs", "3");
        assertThat(mlflow.runs("first").get(0).status()).isEqualTo("FINISHED");
    }

    @Test
    void aServerThatIsAwayOrBusyIsNamedAndAllCanBeToldAgain() throws Exception {
        for (int status : new int[] {401, 429, 500, 503}) {
            mlflow.answering(status);
            assertThatThrownBy(() -> export().export("first", news()))
                    .isInstanceOf(IOException.class)
                    .hasMessage("MLflow at 127.0.0.1 answers experiments/get-by-name with " + status + ": no reason given");
        }
        mlflow.answering(200);
        export().export("first", news());
        assertThat(mlflow.runs("first")).hasSize(1);
        assertThat(mlflow.authorizations()).containsExactly("Bearer key");

        mlflow.close();
        assertThatThrownBy(() -> export().export("first", news()))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("MLflow at 127.0.0.1 does not answer: ");
    }

    private MlflowExport export() {
        return new MlflowExport(
                new TrackingServer(URI.create(mlflow.address()), Optional.of("Bearer key"), () -> {}), "apprentice", new HashMap<>());
    }

    private static RunNews news() {
        RunNews news = new RunNews();
        news.take(ProgressBuilder.builder().run("first").at(AT).phase(Phase.PREPARED).data(ProgressDataBuilder.builder().digest("sha256:1").build()).build());
        news.take(ProgressBuilder.builder().run("first").at(AT).phase(Phase.TRAINING).step(7)
                .figures(ProgressFiguresBuilder.builder().trainLoss(1.5).learningRate(5e-5).build())
                .build());
        news.take(new Checkpoint("first", 7, 1, true, "file:///checkpoints/first/7", "sha256:2", Optional.empty(),
                Optional.empty(), 70, 7, "alpaca", AT));
        return news;
    }
}
