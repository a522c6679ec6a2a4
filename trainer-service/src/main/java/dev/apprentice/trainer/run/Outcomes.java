package dev.apprentice.trainer.run;

import dev.apprentice.contracts.Json;
import dev.apprentice.contracts.event.Run;
import dev.apprentice.service.files.DurableFiles;
import dev.apprentice.trainer.TrainerSettings;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Outcomes of runs, kept durably in each run's folder, so no run is trained twice. */
@ApplicationScoped
public class Outcomes {

    private static final int NEVER = -1;

    private final Path runs;
    /** For each run that has ended, how often it had been resumed by then. */
    private final Map<String, Integer> ended = new ConcurrentHashMap<>();

    Outcomes(TrainerSettings settings) {
        this.runs = settings.home().resolve("runs");
    }

    /** Returns the run's own folder. */
    public Path folder(String run) {
        return runs.resolve(run);
    }

    /** Tells whether the run has ended, on any trainer, and was not resumed since. */
    public boolean has(Run run) {
        int resumed = ended.getOrDefault(run.run(), NEVER);
        if (resumed < run.timesResumed()) {
            resumed = read(run.run());
            if (resumed > NEVER) {
                ended.put(run.run(), resumed);
            }
        }
        return resumed >= run.timesResumed();
    }

    private int read(String run) {
        try {
            return Json.MAPPER.readTree(Files.readAllBytes(file(run))).path("resumed").asInt(0);
        } catch (NoSuchFileException e) {
            return NEVER;
        } catch (IOException e) {
            return Files.exists(file(run)) ? 0 : NEVER; // a damaged file counts as an outcome, an unreachable storage does not
        }
    }

    /** Records an outcome. On return, it survives any crash. */
    public void record(RunEnd outcome) throws IOException {
        DurableFiles.write(file(outcome.run()), Json.MAPPER.writeValueAsBytes(outcome));
        ended.put(outcome.run(), outcome.resumed());
    }

    private Path file(String run) {
        return folder(run).resolve("outcome.json");
    }
}
