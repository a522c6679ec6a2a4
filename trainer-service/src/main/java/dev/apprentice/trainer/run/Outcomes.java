package dev.apprentice.trainer.run;

import dev.apprentice.contracts.Json;
import dev.apprentice.service.files.DurableFiles;
import dev.apprentice.trainer.TrainerSettings;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** How runs ended, kept durably in each run's folder, so that nothing is trained twice. */
@ApplicationScoped
public class Outcomes {

    private final Path runs;
    private final Set<String> ended = ConcurrentHashMap.newKeySet();

    Outcomes(TrainerSettings settings) {
        this.runs = settings.home().resolve("runs");
    }

    /** The folder that belongs to a run. */
    public Path folder(String run) {
        return runs.resolve(run);
    }

    /** Whether the run has ended, whoever trained it. */
    public boolean has(String run) {
        if (ended.contains(run)) {
            return true;
        }
        boolean there = Files.exists(file(run));
        if (there) {
            ended.add(run);
        }
        return there;
    }

    /** Records it; it survives any crash on return. */
    public void record(Outcome outcome) throws IOException {
        DurableFiles.write(file(outcome.run()), Json.MAPPER.writeValueAsBytes(outcome));
        ended.add(outcome.run());
    }

    private Path file(String run) {
        return folder(run).resolve("outcome.json");
    }
}
