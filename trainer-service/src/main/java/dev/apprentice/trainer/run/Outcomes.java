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

/** How runs ended, kept durably in each run's folder, so that nothing is trained twice. */
@ApplicationScoped
public class Outcomes {

    private static final int NEVER = -1;

    private final Path runs;
    /** Of runs that have ended, how often each had been resumed by then. */
    private final Map<String, Integer> ended = new ConcurrentHashMap<>();

    Outcomes(TrainerSettings settings) {
        this.runs = settings.home().resolve("runs");
    }

    /** The folder that belongs to a run. */
    public Path folder(String run) {
        return runs.resolve(run);
    }

    /** Whether the run has ended, with any trainer, and was not resumed since. */
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
            return Files.exists(file(run)) ? 0 : NEVER; // damaged, but there; or a storage that cannot be reached
        }
    }

    /** Records it; it survives any crash on return. */
    public void record(RunEnd outcome) throws IOException {
        DurableFiles.write(file(outcome.run()), Json.MAPPER.writeValueAsBytes(outcome));
        ended.put(outcome.run(), outcome.resumed());
    }

    private Path file(String run) {
        return folder(run).resolve("outcome.json");
    }
}
