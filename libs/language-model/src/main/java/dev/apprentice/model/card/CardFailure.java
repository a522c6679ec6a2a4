package dev.apprentice.model.card;

import ai.djl.engine.EngineException;
import dev.apprentice.model.ranks.RankFailedException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A graphics card on which nothing more can be computed by this process: CUDA answers every later call with the
 * error of an earlier one. Only a new process helps.
 */
public final class CardFailure {

    private static final int EXIT_CODE = 1;

    /** CUDA's words for errors after which its context is of no use, and cuBLAS's; memory that is used up is none of them. */
    private static final Pattern LASTING = Pattern.compile("CUDA error: ((?:an illegal memory access|an illegal instruction|misaligned address"
            + "|unspecified launch failure|the launch timed out|device-side assert|uncorrectable|hardware stack error"
            + "|invalid program counter|operation not supported on global/shared address space|Invalid access of peer GPU memory"
            + "|unknown error|driver shutting down|CUBLAS_STATUS_(?:EXECUTION_FAILED|INTERNAL_ERROR))[^\n]{0,100})");

    private CardFailure() {}

    /**
     * What CUDA says, if the failure or one of its causes is such an error. Only the engine's words count, and those of another
     * rank: others may quote what a user wrote.
     */
    public static Optional<String> in(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .filter(cause -> cause instanceof EngineException || cause instanceof RankFailedException)
                .map(cause -> LASTING.matcher(String.valueOf(cause.getMessage())))
                .filter(Matcher::find)
                .findFirst()
                .map(found -> found.group(1).strip());
    }

    /**
     * Ends the process at once where the failure is such an error, so that what started it starts it anew: work that is not done
     * is done then, and a run that ends its trainer again and again is given up.
     *
     * @param log to be given a sentence before
     */
    public static void endProcessIf(Throwable failure, Consumer<String> log) {
        in(failure).ifPresent(words -> {
            log.accept("the graphics card failed (CUDA error: " + words + "), and this process can compute nothing more on it, so it ends;"
                    + " started again, it goes on with what is not done. If that happens again, look at `dmesg` for NVIDIA's Xid and at"
                    + " `nvidia-smi -q -d ECC`");
            Runtime.getRuntime().halt(EXIT_CODE);
        });
    }
}
