package dev.apprentice.dataset.run;

import dev.apprentice.dataset.persistence.Home;
import dev.apprentice.service.files.DurableFiles;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The folders of the runs that this service, or an instance that shares its home, has seen, by name. */
@ApplicationScoped
public class RunFolders {

    private final Path runs;
    private final Home home;
    private final Assignment assignment;
    private final Map<String, RunFolder> open = new ConcurrentHashMap<>();

    RunFolders(Home home, @Identifier(Assignment.NAME) Assignment assignment) {
        this.runs = home.resolve("runs");
        this.home = home;
        this.assignment = assignment;
    }

    /** Returns the run's folder, and creates it if it is new. */
    public RunFolder of(String run) throws IOException {
        try {
            return open.computeIfAbsent(run, unopened -> {
                try {
                    return RunFolder.open(runs.resolve(unopened), assignment, kind -> home.lockOf(kind, unopened));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Returns the folders of all runs. */
    public List<RunFolder> all() throws IOException {
        List<RunFolder> all = new ArrayList<>();
        try (Stream<Path> folders = Files.list(DurableFiles.createFolder(runs))) {
            for (Path folder : folders.toList()) {
                all.add(of(folder.getFileName().toString()));
            }
        }
        return all;
    }
}
