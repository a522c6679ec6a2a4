package dev.apprentice.judge.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.apprentice.contracts.Json;
import dev.apprentice.contracts.Shortened;
import dev.apprentice.contracts.event.Checkpoint;
import dev.apprentice.contracts.event.Progress;
import dev.apprentice.contracts.event.Progress.Phase;
import dev.apprentice.contracts.event.Report;
import dev.apprentice.contracts.event.Run;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The content of some events about a run, in MLflow's terms. Not thread-safe. */
final class RunNews {

    /** The longest value of a parameter that all MLflow servers accept, in characters. */
    private static final int PARAMETER_LENGTH = 500;

    /**
     * A metric at a step.
     *
     * @param timestamp milliseconds since 1970
     */
    record Metric(String key, double value, long timestamp, int step) {}

    final List<Metric> metrics = new ArrayList<>();
    final Map<String, String> parameters = new LinkedHashMap<>();
    final Map<String, String> tags = new LinkedHashMap<>();
    final List<Checkpoint> models = new ArrayList<>();
    Optional<String> status = Optional.empty();
    Optional<Instant> ended = Optional.empty();
    Instant began = Instant.MAX;

    /** Takes the settings of a requested run. */
    void take(Run run) {
        seen(run.begunAt());
        flatten("", Json.MAPPER.valueToTree(run.specification()));
    }

    private void flatten(String name, JsonNode value) {
        if (value.isObject()) {
            value.properties().forEach(field ->
                    flatten(name.isEmpty() ? field.getKey() : name + "." + field.getKey(), field.getValue()));
        } else {
            String text = value.isValueNode() ? value.asText() : value.toString();
            parameters.put(name, Shortened.to(PARAMETER_LENGTH, text));
        }
    }

    /** Takes a run's progress: its figures and its state. */
    void take(Progress progress) {
        seen(progress.at());
        Phase phase = progress.phase();
        Progress.Figures figures = progress.figures();
        if (phase == Phase.TRAINING) {
            metric("train_loss", figures.trainLoss(), progress);
            metric("learning_rate", figures.learningRate(), progress);
            metric("gradient_norm", figures.gradientNorm(), progress);
            metric("token_accuracy", figures.tokenAccuracy(), progress);
            metric("tokens_per_second", figures.tokensPerSecond(), progress);
        } else if (phase == Phase.EVALUATING) {
            metric("evaluation_train_loss", figures.trainLoss(), progress);
            metric("validation_loss", figures.validationLoss(), progress);
        }
        progress.data().digest().ifPresent(digest -> tags.put("apprentice.data_digest", digest));
        status = Optional.of(switch (phase) {
            case COMPLETED -> "FINISHED";
            case FAILED -> "FAILED";
            case CANCELLED -> "KILLED";
            default -> "RUNNING";
        });
        ended = phase.isFinal() ? Optional.of(progress.at()) : Optional.empty();
        if (phase == Phase.FAILED) {
            progress.message().ifPresent(reason -> tags.put("apprentice.reason", reason));
        }
    }

    private void metric(String key, Optional<Double> value, Progress progress) {
        value.ifPresent(number -> metrics.add(new Metric(key, number, progress.at().toEpochMilli(), progress.step())));
    }

    /** Takes a checkpoint; the last one is the run's model. */
    void take(Checkpoint checkpoint) {
        seen(checkpoint.createdAt());
        if (checkpoint.last()) {
            models.add(checkpoint);
        }
    }

    /** Takes a checkpoint's report, unless its exam is incomplete. */
    void take(Report report, Instant at) {
        seen(at);
        if (report.complete()) {
            report.metrics().forEach((name, value) -> score(name, value, report, at));
            report.judges().forEach(judge -> judge.mean().ifPresent(mean -> score("judge/" + judge.judge(), mean, report, at)));
        }
    }

    /** Adds a figure as a metric. Every version of MLflow accepts names of letters, digits and these few signs. */
    private void score(String name, double value, Report report, Instant at) {
        metrics.add(new Metric(
                "exam/" + name.replaceAll("[^A-Za-z0-9_./ -]", "_"), value, at.toEpochMilli(), report.step()));
    }

    private void seen(Instant at) {
        began = at.isBefore(began) ? at : began;
    }
}
