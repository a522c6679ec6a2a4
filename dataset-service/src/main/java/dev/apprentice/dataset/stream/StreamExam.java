package dev.apprentice.dataset.stream;

import dev.apprentice.dataset.datasets.example.Example;
import dev.apprentice.dataset.datasets.example.ExampleLines;
import dev.apprentice.dataset.prompts.Exams;
import dev.apprentice.dataset.run.RunFolder;
import dev.apprentice.service.files.DurableFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;

/**
 * Writes a stream run's exam: the test examples known so far, up to a size.
 *
 * <p>If there are more, those with the smallest hashes are asked. That is an even sample in which most questions stay as others
 * come, so the scores of neighbouring checkpoints can be compared.
 */
final class StreamExam {

    private final RunFolder folder;
    private final KnownExamples known;
    private final int size;
    private final Exams exams;

    StreamExam(RunFolder folder, KnownExamples known, int size, Exams exams) {
        this.folder = folder;
        this.known = known;
        this.size = size;
        this.exams = exams;
    }

    /** Writes the current exam; the first one starts the exams of the checkpoints that waited for it. */
    void write() throws IOException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (Example example : known.sample(StoreTable.EXAM, size)) {
            ExampleLines.write(example, lines);
        }
        boolean isFirst = !Files.exists(folder.exam());
        if (lines.size() == 0) {
            Files.deleteIfExists(folder.exam()); // checkpoints wait until there is something to ask
            return;
        }
        DurableFiles.write(folder.exam(), lines.toByteArray());
        if (isFirst) {
            exams.hold(folder);
        }
    }
}
