package dev.apprentice.inference;

import dev.apprentice.model.Precision;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The settings of inference-service. */
@ConfigMapping(prefix = "apprentice.inference")
public interface InferenceSettings {

    /** How many prompts are answered in one batch. Answers do not depend on it; speed and memory do. */
    @WithDefault("32")
    @Min(1)
    int batchSize();

    /** How many models are kept in memory at once. */
    @WithDefault("2")
    @Min(1)
    int modelsHeld();

    /**
     * The number format that models are held and computed in: float32, or bfloat16, which is up to twice as fast and takes half the
     * memory.
     */
    @WithDefault("float32")
    Precision precision();

    /** The device that models run on: {@code cpu}, {@code gpu}, or {@code gpu:N} for one of several cards, counted from 0. */
    @WithDefault("cpu")
    String device();

    /** How many users' questions may wait for their model or their answer at once; more are refused with 503. */
    @WithDefault("64")
    @Min(1)
    int questionsWaiting();

    /** The most tokens of an answer to a user, unless the question sets another limit. */
    @WithDefault("256")
    @Min(1)
    int maxNewTokens();

    /** How many responses are kept for {@code GET /runs/{run}/responses}. Beyond that, the least recently updated exam is evicted. */
    @WithDefault("100000")
    @Min(1)
    int responsesKept();

    /**
     * The folders and {@code s3:} URIs that checkpoints must lie in after links are resolved, separated by commas. Unset, they may
     * lie anywhere.
     */
    Optional<List<String>> checkpointRoots();

    /** Whether an exam also measures the likelihood of the reference answers, for their perplexity. */
    @WithDefault("true")
    boolean referenceLikelihood();

    /** Retries of checkpoints that cannot be read. */
    Retry retry();

    /** Retries with exponential backoff: each wait is twice as long as the one before, up to the longest. */
    interface Retry {

        /**
         * How often a checkpoint that cannot be read is tried before its prompts become dead letters. The service waits for an
         * unreachable object store without a limit.
         */
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
         * The most memory, in megabytes, of prompts that wait for checkpoints that cannot be read. Beyond that, the prompts of the
         * longest-missing checkpoint become dead letters.
         */
        @WithDefault("64")
        @Min(1)
        int waitingMegabytes();

        /** Returns the wait after this many failures, counted from 1. */
        default Duration waitAfter(int failures) {
            Duration doubled = firstWait().multipliedBy(1L << Math.min(failures - 1, 20));
            return doubled.compareTo(longestWait()) < 0 ? doubled : longestWait();
        }
    }
}
