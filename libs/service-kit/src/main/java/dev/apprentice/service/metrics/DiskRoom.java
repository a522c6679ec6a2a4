package dev.apprentice.service.metrics;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The room on the disk that a folder lies on, in bytes. A folder that is not there yet will lie where its nearest parent does.
 *
 * @param folder absolute or relative to the working folder
 */
public record DiskRoom(Path folder) {

    public double free() {
        return existing().toFile().getUsableSpace();
    }

    public double size() {
        return existing().toFile().getTotalSpace();
    }

    private Path existing() {
        Path each = folder.toAbsolutePath();
        while (!Files.exists(each) && each.getParent() != null) {
            each = each.getParent();
        }
        return each;
    }
}
