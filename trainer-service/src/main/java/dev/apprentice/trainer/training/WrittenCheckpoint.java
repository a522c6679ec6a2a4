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

/** A checkpoint that is being written, possibly by another thread. All methods are for the training thread. */
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
     * Begins to write the checkpoint.
     *
     * @param mark how much of the run's learning it holds
     * @param contents closed with this
     * @param writer executes the writing to the disk
     * @param sharer executes the copying to where others find it
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

    /** Starts writing, or retries what failed. */
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

    /** Returns when writing began, in nanoseconds of {@link System#nanoTime}. */
    long began() {
        return began;
    }

    /** Tells whether {@link #await} returns at once. */
    boolean isOver() {
        return written.isDone();
    }

    /**
     * Waits until the checkpoint is written and shared.
     *
     * @throws IOException if the disk or the object store does not take it
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

    /** Waits until nothing is being written any more, and frees the contents. */
    @Override
    public void close() {
        written.handle((saved, failure) -> saved).join();
        contents.close();
    }
}
