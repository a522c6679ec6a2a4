package dev.apprentice.trainer.training;

import dev.apprentice.trainer.checkpoint.CheckpointContents;
import dev.apprentice.trainer.checkpoint.CheckpointStore;
import dev.apprentice.trainer.checkpoint.SavedCheckpoint;
import dev.apprentice.trainer.checkpoint.TrainingState;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/** A checkpoint that is being written, maybe by a thread of its own. All else is for the thread that trains. */
final class WrittenCheckpoint implements AutoCloseable {

    private final CheckpointStore store;
    private final TrainingState state;
    private final List<Map<String, String>> traces;
    private final CheckpointContents contents;
    private final Executor writer;
    private final Executor sharer;
    private final Unpublished.Mark mark;
    private final long began = System.nanoTime();
    private CompletableFuture<SavedCheckpoint> onDisk;
    private CompletableFuture<SavedCheckpoint> written;

    /**
     * Begins to write it.
     *
     * @param mark what of the run's learning it holds
     * @param contents closed with this
     * @param writer runs what writes it to the disk
     * @param sharer runs what takes it to where others find it
     */
    WrittenCheckpoint(
            CheckpointStore store,
            TrainingState state,
            List<Map<String, String>> traces,
            Unpublished.Mark mark,
            CheckpointContents contents,
            Executor writer,
            Executor sharer) {
        this.store = store;
        this.state = state;
        this.traces = traces;
        this.mark = mark;
        this.contents = contents;
        this.writer = writer;
        this.sharer = sharer;
        write();
    }

    /** Tries again what did not succeed. */
    void write() {
        if (onDisk == null || onDisk.isCompletedExceptionally()) {
            onDisk = carryOut(writer, () -> store.save(state, traces, contents));
        }
        written = onDisk.thenCompose(saved -> carryOut(sharer, () -> {
            store.share(saved);
            return saved;
        }));
    }

    private static CompletableFuture<SavedCheckpoint> carryOut(Executor executor, Callable<SavedCheckpoint> work) {
        CompletableFuture<SavedCheckpoint> result = new CompletableFuture<>();
        executor.execute(() -> {
            try {
                result.complete(work.call());
            } catch (Exception | Error e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    int step() {
        return state.step();
    }

    Unpublished.Mark mark() {
        return mark;
    }

    /** When it was begun, by the clock that never jumps, in nanoseconds. */
    long began() {
        return began;
    }

    /** Whether {@link #await} would not wait. */
    boolean isOver() {
        return written.isDone();
    }

    /**
     * Waits until it is written.
     *
     * @throws IOException if the disk does not take it
     */
    SavedCheckpoint await() throws IOException {
        try {
            return written.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw (Error) e.getCause();
        }
    }

    /** Waits until nothing is being written any more, and frees what was held for it. */
    @Override
    public void close() {
        written.handle((saved, failure) -> saved).join();
        contents.close();
    }
}
