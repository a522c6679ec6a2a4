package dev.apprentice.local.system;

import dev.apprentice.local.CommandException;
import dev.apprentice.local.FileTree;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The folder of a local system: {@code run} (processes and ports), {@code logs}, and one folder for each member's data. */
public record SystemFolder(Path home) {

    public SystemFolder {
        home = home.toAbsolutePath().normalize();
    }

    Path processFile(Member member) {
        return run().resolve(member.id() + ".json");
    }

    Path portsFile() {
        return run().resolve("ports.json");
    }

    /** Returns the file that records which files the datasets were made from. */
    public Path datasetsFile() {
        return run().resolve("datasets.json");
    }

    Path lockFile() {
        return run().resolve("lock");
    }

    public Path log(Member member) {
        return logs().resolve(member.id() + ".log");
    }

    /** Returns the folder of a member's data. */
    public Path data(Member member) {
        return home.resolve(member.id());
    }

    private Path run() {
        return home.resolve("run");
    }

    private Path logs() {
        return home.resolve("logs");
    }

    /** Creates the folders. @throws CommandException if one cannot be created or written */
    void create() {
        try {
            for (Path folder : own()) {
                Files.createDirectories(folder);
                if (!Files.isWritable(folder)) {
                    throw new AccessDeniedException(folder.toString());
                }
            }
        } catch (IOException e) {
            throw new CommandException(home + " is not a writable folder; choose another with --home or APPRENTICE_HOME.", e);
        }
    }

    /** Deletes what a system left here, but no other files in the folder. */
    public void clear() throws IOException {
        for (Path folder : own()) {
            FileTree.delete(folder);
        }
    }

    private List<Path> own() {
        List<Path> own = new ArrayList<>(List.of(run(), logs()));
        for (Member member : Member.values()) {
            own.add(data(member));
        }
        return own;
    }
}
