package dev.apprentice.model.card;

import ai.djl.engine.EngineException;
import dev.apprentice.model.ranks.RankFailedException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A failure after which this process can compute nothing more on the graphics card: CUDA answers every later call with an earlier
 * error. Only a new process helps.
 */
public final class CardFailure {

    private static final int EXIT_CODE = 1;

    /** The messages of CUDA and cuBLAS for errors that make the CUDA context unusable. Exhausted memory is not among them. */
    private static final Pattern LASTING = Pattern.compile("CUDA error: ((?:an illegal memory access|an illegal instruction|misaligned address"
            + "|unspecified launch failure|the launch timed out|device-side assert|uncorrectable|hardware stack error"
            + "|invalid program counter|operation not supported on global/shared address space|Invalid access of peer GPU memory"
            + "|unknown error|driver shutting down|CUBLAS_STATUS_(?:EXECUTION_FAILED|INTERNAL_ERROR))[^\n]{0,100})");

    private CardFailure() {}

    /**
     * Returns CUDA's message if the failure or one of its causes is such an error. Only exceptions of the engine and of another
     * rank count, because others may quote what a user wrote.
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
     * Ends the process at once if the failure is such an error, so that its supervisor starts it again. Unfinished work is done
     * then. A run that ends its trainer again and again is given up.
     *
     * @param log receives a sentence before the process ends
     */
    public static void endProcessIf(Throwable failure, Consumer<String> log) {
        in(failure).ifPresent(words -> {
            log.accept("the graphics card failed (CUDA error: " + words + "), and this process can no longer use it, so it ends;"
                    + " after a restart it continues with the unfinished work. If that happens again, look at `dmesg` for NVIDIA's Xid and at"
                    + " `nvidia-smi -q -d ECC`");
            Runtime.getRuntime().halt(EXIT_CODE);
        });
    }
}
