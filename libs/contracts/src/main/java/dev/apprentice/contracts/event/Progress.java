package dev.apprentice.contracts.event;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.apprentice.contracts.Built;
import dev.apprentice.contracts.Require;
import java.time.Instant;
import java.util.Optional;

/**
 * How far a run has come. Only fields that have changed are set.
 *
 * @param run the run
 * @param at when it was reported
 * @param phase what the run does now
 * @param step optimizer steps done
 * @param steps steps the run will have; empty while unknown
 * @param epoch the epoch under way, from 1; 0 before the first
 * @param epochs epochs the run will have; 0 where it learns from a stream that does not end
 * @param tokensSeen tokens trained on so far
 * @param pieces how far the phase's own work has come
 * @param figures what was measured
 * @param data what the run learns from
 * @param sample an answer of the model in its present state
 * @param message a message for people; the reason if the phase is {@code FAILED}
 * @param resumed set when a run that had ended is resumed: the phase in which it had ended and how often it was resumed; its
 *     earlier end no longer counts
 */
@Built
public record Progress(
        String run,
        Instant at,
        Phase phase,
        int step,
        Optional<Integer> steps,
        int epoch,
        int epochs,
        long tokensSeen,
        // in JSON the fields of the groups are not nested
        @JsonUnwrapped Pieces pieces,
        @JsonUnwrapped Figures figures,
        @JsonUnwrapped Data data,
        Optional<Sample> sample,
        Optional<String> message,
        Optional<Integer> resumed)
        implements Event {

    /** The phases of a run. */
    public enum Phase {
        /** Waiting for its turn, its data or its model. */
        WAITING,
        /** dataset-service turns examples into batches. */
        PREPARING,
        /** Every batch is published. */
        PREPARED,
        TRAINING,
        EVALUATING,
        SAMPLING,
        CHECKPOINTING,
        COMPLETED,
        FAILED,
        CANCELLED;

        /** Tells whether training has ended: no progress of this run follows unless it is resumed. */
        public boolean isFinal() {
            return this == COMPLETED || this == FAILED || this == CANCELLED;
        }
    }

    /**
     * The phase's own work.
     *
     * @param done pieces of the phase's own work done (batches published while preparing)
     * @param total pieces the phase has; empty while unknown
     */
    public record Pieces(Optional<Long> done, Optional<Long> total) {

        static final Pieces NONE = new Pieces(Optional.empty(), Optional.empty());

        /** Creates the progress of a phase's work. */
        public static Pieces of(long done, long total) {
            return new Pieces(Optional.of(done), Optional.of(total));
        }
    }

    /**
     * What was measured.
     *
     * @param trainLoss mean loss a target token: of the step in {@code TRAINING}, over some training batches in {@code EVALUATING}
     * @param validationLoss mean loss a target token over validation batches
     * @param learningRate of the step
     * @param gradientNorm global norm before clipping
     * @param tokensPerSecond training speed of the step
     * @param tokenAccuracy share of the step's targets that were the likeliest token, 0 to 1
     * @param matmulShare the step's rate of matrix multiplications, as a share of the highest rate measured on this machine
     */
    @Built
    public record Figures(
            Optional<Double> trainLoss,
            Optional<Double> validationLoss,
            Optional<Double> learningRate,
            Optional<Double> gradientNorm,
            Optional<Double> tokensPerSecond,
            Optional<Double> tokenAccuracy,
            Optional<Double> matmulShare) {

        static final Figures NONE = ProgressFiguresBuilder.builder().build();
    }

    /**
     * What a run learns from.
     *
     * @param digest {@code sha256:} and the hexadecimal digest of the examples that the run learns from; where the phase is
     *     {@code PREPARED}
     * @param repeats instructions that the examples give more than once; where the phase is {@code PREPARED}
     * @param dataset the dataset's version that the run learns from; where the phase is {@code PREPARED}
     */
    @Built
    public record Data(
            @JsonProperty("dataDigest") Optional<String> digest, Optional<Repeats> repeats, Optional<DatasetVersion> dataset) {

        static final Data NONE = ProgressDataBuilder.builder().build();
    }

    /**
     * One question and the model's answer to it.
     *
     * @param prompt the text the model was given
     * @param response what it wrote
     */
    public record Sample(String prompt, String response) {}

    public Progress {
        Require.name(run, "run");
        Require.present(at, "at");
        Require.present(phase, "phase");
        Require.atLeast(0, step, "step");
        pieces = pieces == null ? Pieces.NONE : pieces;
        figures = figures == null ? Figures.NONE : figures;
        data = data == null ? Data.NONE : data;
    }

    /**
     * Tells that a run which had ended goes on.
     *
     * @param last how it had ended
     * @param times how often it has been resumed by now, this time included
     */
    public static Progress resumed(Progress last, Instant at, int times) {
        return ProgressBuilder.builder()
                .run(last.run)
                .at(at)
                .phase(Phase.WAITING)
                .step(last.step)
                .steps(last.steps)
                .epoch(last.epoch)
                .epochs(last.epochs)
                .tokensSeen(last.tokensSeen)
                .message("resumed, to go on from the newest checkpoint")
                .resumed(times)
                .build();
    }

    @Override
    public String key() {
        return run;
    }
}
