package dev.apprentice.trainer.progress;

import dev.apprentice.contracts.event.Progress.Phase;
import dev.apprentice.model.training.StepMetrics;
import dev.apprentice.service.metrics.Buckets;
import dev.apprentice.trainer.checkpoint.TrainingState;
import dev.apprentice.trainer.run.RunRegistry;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Metrics of this trainer. The gauges are of the run being trained, or else of the last one, and no tag names the run. Apart from
 * the number of runs by phase, they say nothing about runs that other trainers train.
 */
@Startup // registers the meters before the first scrape
@ApplicationScoped
public class TrainingMetrics {

    private final Timer steps;
    private final Counter tokens;
    private final Timer checkpoints;
    private final Timer latency;
    private final AtomicReference<Double> tokensPerSecond;
    private final AtomicReference<Double> stepLoss;
    private final AtomicReference<Double> trainLoss;
    private final AtomicReference<Double> validationLoss;
    private final AtomicReference<Double> firstValidationLoss;
    private final AtomicReference<Double> gradientNorm;
    private final AtomicReference<Double> tokenAccuracy;
    private final AtomicReference<Double> matmulShare;
    private final AtomicLong batchesLeft = new AtomicLong();
    private final AtomicInteger training = new AtomicInteger();
    private final AtomicInteger caughtUp = new AtomicInteger();

    TrainingMetrics(MeterRegistry meters, RunRegistry runs) {
        steps = Timer.builder("apprentice.trainer.step")
                .description("Time of an optimizer step")
                .serviceLevelObjectives(Buckets.ofWork())
                .register(meters);
        tokens = Counter.builder("apprentice.trainer.tokens").description("Input tokens trained on").register(meters);
        checkpoints = Timer.builder("apprentice.trainer.checkpoint")
                .description("Time to write, sync and announce a checkpoint")
                .serviceLevelObjectives(Buckets.ofWork())
                .register(meters);
        latency = Timer.builder("apprentice.trainer.instruction.to.checkpoint")
                .description("Time from the production of a batch's oldest instruction to the publication of a checkpoint that learned it")
                .serviceLevelObjectives(Buckets.ofJourney())
                .register(meters);
        tokensPerSecond = gauge(meters, "tokens.per.second", "Speed of the newest step");
        stepLoss = gauge(meters, "step.loss", "Loss of the newest step");
        trainLoss = gauge(meters, "train.loss", "The newest evaluation's loss on training batches");
        validationLoss = gauge(meters, "validation.loss", "The newest evaluation's loss on validation batches");
        firstValidationLoss = gauge(meters, "first.validation.loss",
                "The first evaluation's loss on validation batches since this trainer took the run; a newest one above it has diverged");
        tokenAccuracy = gauge(meters, "token.accuracy", "Share of the newest step's targets that were the likeliest token");
        matmulShare = gauge(
                meters, "matmul.share", "Matrix multiplications of the newest step over the machine's measured rate, about 0 to 1");
        gradientNorm = gauge(meters, "gradient.norm", "Global gradient norm of the newest step, before clipping");
        Gauge.builder("apprentice.trainer.batches.left", batchesLeft, AtomicLong::get)
                .description("Batches published and not yet trained on")
                .register(meters);
        Gauge.builder("apprentice.trainer.training", training, AtomicInteger::get)
                .description("1 while this trainer has a run in training, from the loading of its model on, else 0")
                .register(meters);
        Gauge.builder("apprentice.trainer.caught.up", caughtUp, AtomicInteger::get)
                .description("1 while the stream in training is fully learned and waits for more, else 0")
                .register(meters);
        for (Phase phase : Phase.values()) {
            Supplier<Number> count =
                    () -> runs.all().stream().filter(known -> known.phase() == phase).count();
            Gauge.builder("apprentice.trainer.runs", count)
                    .description("Runs known, by phase")
                    .tag("phase", phase.name().toLowerCase(Locale.ROOT))
                    .register(meters);
        }
    }

    private static AtomicReference<Double> gauge(MeterRegistry meters, String name, String description) {
        AtomicReference<Double> value = new AtomicReference<>(Double.NaN);
        Gauge.builder("apprentice.trainer." + name, value, AtomicReference::get)
                .description(description)
                .register(meters);
        return value;
    }

    /** Resets the gauges for another run. The result is closed when this trainer leaves the run. */
    public Watched begin() {
        Stream.of(tokensPerSecond, stepLoss, trainLoss, validationLoss, firstValidationLoss, gradientNorm, tokenAccuracy, matmulShare)
                .forEach(gauge -> gauge.set(Double.NaN));
        batchesLeft.set(0);
        training.set(1);
        return () -> {
            training.set(0);
            caughtUp.set(0);
        };
    }

    /** Notes whether a stream is learned to its end and waits for more. */
    public void isCaughtUp(boolean waits) {
        caughtUp.set(waits ? 1 : 0);
    }

    public void stepped(StepMetrics step, double share, long left) {
        steps.record(Duration.ofNanos((long) (step.seconds() * 1e9)));
        tokens.increment(step.tokens());
        tokensPerSecond.set(step.tokensPerSecond());
        stepLoss.set(step.loss());
        gradientNorm.set(step.gradientNorm());
        tokenAccuracy.set(step.tokenAccuracy());
        matmulShare.set(share);
        batchesLeft.set(left);
    }

    public void evaluated(TrainingState state) {
        trainLoss.set(state.trainLoss().orElse(Double.NaN));
        double loss = state.validationLoss().orElse(Double.NaN);
        validationLoss.set(loss);
        firstValidationLoss.updateAndGet(first -> Double.isNaN(first) ? loss : first);
    }

    /**
     * Records how long an instruction waited for a published checkpoint. A jump of the clock can make it negative, which counts
     * as zero.
     */
    public void published(Duration sinceProduced) {
        latency.record(sinceProduced.isNegative() ? Duration.ZERO : sinceProduced);
    }

    public void checkpointed(Duration took) {
        checkpoints.record(took);
    }

    /** Handle of the run in training; closing it ends the run's time in the gauges. */
    @FunctionalInterface
    public interface Watched extends AutoCloseable {

        @Override
        void close();
    }
}
