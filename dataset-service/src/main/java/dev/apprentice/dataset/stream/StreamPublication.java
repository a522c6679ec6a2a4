package dev.apprentice.dataset.stream;

import dev.apprentice.dataset.DatasetMetrics;
import dev.apprentice.dataset.run.RunFolder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Publishes a stream's batches, together with its position in the instructions topic, and then writes the exam if it changed. */
final class StreamPublication {

    private final RunFolder folder;
    private final KnownExamples known;
    private final InstructionFeed feed;
    private final StreamTransactions transactions;
    private final StreamExam exam;
    private final StreamCounts counts;
    private final DatasetMetrics metrics;
    private final int batchesPerTransaction;
    private final List<FormedBatch> formed = new ArrayList<>();

    StreamPublication(
            RunFolder folder,
            KnownExamples known,
            InstructionFeed feed,
            StreamTransactions transactions,
            StreamExam exam,
            StreamCounts counts,
            DatasetMetrics metrics,
            int batchesPerTransaction) {
        this.folder = folder;
        this.known = known;
        this.feed = feed;
        this.transactions = transactions;
        this.exam = exam;
        this.counts = counts;
        this.metrics = metrics;
        this.batchesPerTransaction = batchesPerTransaction;
    }

    /** Writes the exam from the store, since a crash may have come between a commit and its exam. */
    void begin() throws IOException {
        exam.write();
    }

    /** Keeps a batch for the next commit. */
    void add(FormedBatch batch) {
        formed.add(batch);
    }

    /** Tells whether it holds as many batches as one transaction takes. */
    boolean isFull() {
        return formed.size() >= batchesPerTransaction;
    }

    /** Tells whether a commit would publish no batch. */
    boolean isEmpty() {
        return formed.isEmpty();
    }

    /** Commits all batches formed and records read since the last commit. */
    void commit() throws IOException {
        transactions.commit(formed, feed.offsets(), feed.group());
        for (FormedBatch batch : formed) {
            counts.batched(batch.newRows());
            counts.replayed(batch.batch().replayed().orElse(0));
        }
        metrics.batchesPublished(formed.size());
        folder.crashes().forget();
        if (known.examChanged()) {
            exam.write();
        }
        feed.committed();
        formed.clear();
    }
}
