package dev.apprentice.service.metrics;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The room on a folder's disk, in bytes. For a folder that does not exist yet, it is the disk of its nearest existing parent.
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
