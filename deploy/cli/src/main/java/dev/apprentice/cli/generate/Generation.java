package dev.apprentice.cli.generate;

import dev.apprentice.cli.generate.file.GeneratedFiles;
import dev.apprentice.cli.generate.file.Made;
import dev.apprentice.cli.terminal.Bar;
import dev.apprentice.cli.terminal.Screen;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;

/**
 * Does every piece of work that an earlier call has not done: several at a time, with results written in their order. A piece
 * whose request fails is left to the next call. A piece with an unusable answer is done and becomes a reject. After
 * {@value #MOST_FAILURES} failures in a row, all remaining pieces are left to the next call, which tries the failed ones last.
 */
public final class Generation {

    static final int MOST_FAILURES = 5;

    private final GeneratedFiles files;
    private final Screen screen;
    private final int parallel;

    /** Creates a generation. @param parallel how many pieces are done at once */
    public Generation(GeneratedFiles files, Screen screen, int parallel) {
        this.files = files;
        this.screen = screen;
        this.parallel = parallel;
    }

    /**
     * The result of a call.
     *
     * @param earlier pieces that an earlier call has done
     * @param done pieces that were done now
     * @param failed pieces that failed and that the next call tries again
     * @param left pieces that were not started, because the model gave no answers
     */
    public record Outcome(int earlier, int done, int failed, int left) {

        /** Tells whether the next call has nothing to do. */
        public boolean isComplete() {
            return failed + left == 0;
        }
    }

    private record Begun<T>(T piece, Future<Made> made) {}

    /**
     * Does the pieces.
     *
     * @param unit the name of a piece in messages, in the plural
     * @param filter removes what equals or resembles earlier examples; called in the order of the pieces
     */
    <T> Outcome run(String unit, List<T> pieces, Task<T> task, UnaryOperator<Made> filter) {
        List<T> open = pieces.stream()
                .filter(piece -> !files.isDone(task.id(piece)))
                .sorted(Comparator.comparing(piece -> files.hasFailed(task.id(piece))))
                .toList();
        int done = 0;
        int failed = 0;
        int failedInARow = 0;
        ExecutorService threads = Executors.newFixedThreadPool(parallel);
        try (Bar bar = new Bar(screen, "generate", unit, open.size())) {
            Deque<Begun<T>> begun = new ArrayDeque<>();
            Iterator<T> next = open.iterator();
            while ((next.hasNext() || !begun.isEmpty()) && failedInARow < MOST_FAILURES) {
                while (next.hasNext() && begun.size() < parallel) {
                    T piece = next.next();
                    begun.add(new Begun<>(piece, threads.submit(() -> task.make(piece))));
                }
                Begun<T> first = begun.remove();
                if (take(first, task, filter)) {
                    done++;
                    failedInARow = 0;
                } else {
                    failed++;
                    failedInARow++;
                }
                bar.update(done + failed);
            }
        } finally {
            threads.shutdownNow();
        }
        if (failedInARow == MOST_FAILURES && done + failed < open.size()) {
            screen.print(MOST_FAILURES + " " + unit + " in a row failed, so this call stops here; the next call continues.");
        }
        return new Outcome(pieces.size() - open.size(), done, failed, open.size() - done - failed);
    }

    private <T> boolean take(Begun<T> begun, Task<T> task, UnaryOperator<Made> filter) {
        try {
            files.write(task.id(begun.piece), filter.apply(begun.made.get()));
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnusableAnswerException answer) {
                files.write(task.id(begun.piece), task.unanswered(begun.piece, answer.getMessage()));
                return true;
            }
            String reason = ModelFailure.words(e.getCause());
            files.fail(task.id(begun.piece), reason);
            screen.print(task.place(begun.piece) + ": " + reason + "; the next call tries again.");
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            screen.print(task.place(begun.piece) + ": interrupted; the next call tries again.");
            return false;
        }
    }
}
