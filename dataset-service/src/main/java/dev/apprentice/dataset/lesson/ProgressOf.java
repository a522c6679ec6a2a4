package dev.apprentice.dataset.lesson;

import dev.apprentice.contracts.DataSource.Source;
import dev.apprentice.contracts.Progress;
import dev.apprentice.contracts.Progress.Phase;
import dev.apprentice.contracts.Run;
import java.time.Instant;
import java.util.Optional;

/** What this service has to tell about a run, which is before its first step. */
final class ProgressOf {

    private ProgressOf() {}

    /**
     * @param done batches published
     * @param total batches there will be
     * @param dataDigest of the examples
     */
    static Progress preparation(
            Run run,
            Phase phase,
            Optional<Integer> done,
            Optional<Integer> total,
            Optional<String> dataDigest,
            String message) {
        return new Progress(
                run.run(),
                Instant.now(),
                phase,
                0,
                Optional.empty(),
                0,
                run.specification().data().source() == Source.STREAM
                        ? 0
                        : run.specification().training().epochs(),
                done.map(Integer::longValue),
                total.map(Integer::longValue),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.of(message),
                Optional.empty(),
                Optional.empty(),
                dataDigest);
    }
}
