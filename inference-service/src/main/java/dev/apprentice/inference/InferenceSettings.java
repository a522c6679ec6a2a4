package dev.apprentice.inference;

import dev.apprentice.model.Precision;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What can be set about answering. */
@ConfigMapping(prefix = "apprentice.inference")
public interface InferenceSettings {

    /** Prompts generated together; answers do not depend on it, speed and memory do. */
    @WithDefault("32")
    @Min(1)
    int batchSize();

    /** Checkpoints kept in memory at the same time. */
    @WithDefault("2")
    @Min(1)
    int modelsHeld();

    /** What models are held and computed in: float32, or bfloat16, which is up to twice as fast and takes half the memory. */
    @WithDefault("float32")
    Precision precision();

    /** Where models answer: {@code cpu}, {@code gpu} or, of several, {@code gpu:N}, counted from 0. */
    @WithDefault("cpu")
    String device();

    /** Questions of people that may wait for their model or their answer at once; more are turned away with 503. */
    @WithDefault("64")
    @Min(1)
    int questionsWaiting();

    /** Tokens an answer to a person may have unless the question says otherwise. */
    @WithDefault("256")
    @Min(1)
    int maxNewTokens();

    /** Responses kept for {@code GET /runs/{run}/responses}; beyond it the exam least recently added to is let go. */
    @WithDefault("100000")
    @Min(1)
    int responsesKept();

    /** Folders and {@code s3:} URIs that checkpoints must lie in, links resolved, separated by commas; any where none is set. */
    Optional<List<String>> checkpointRoots();

    /** Whether an exam also measures how likely the model finds the reference answers, for their perplexity. */
    @WithDefault("true")
    boolean referenceLikelihood();

    /** How a checkpoint that cannot be read is tried again. */
    Retry retry();

    /** Each wait is twice the one before, up to the longest. */
    interface Retry {

        /** How often a prompt is tried before it goes to the dead letters. */
        @WithDefault("10")
        @Min(1)
        int attempts();

        /** The wait after the first failure. */
        @WithDefault("1s")
        Duration firstWait();

        /** The longest wait. */
        @WithDefault("1m")
        Duration longestWait();

        /**
         * Prompts that may wait in memory for checkpoints that cannot be read, in megabytes; beyond it those of the one that
         * was missed first go to the dead letters.
         */
        @WithDefault("64")
        @Min(1)
        int waitingMegabytes();

        /** The wait after this many failures, counted from 1. */
        default Duration waitAfter(int failures) {
            Duration doubled = firstWait().multipliedBy(1L << Math.min(failures - 1, 20));
            return doubled.compareTo(longestWait()) < 0 ? doubled : longestWait();
        }
    }
}
