package dev.apprentice.cli.client;

import dev.apprentice.local.FileTree;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Packs a folder as the body of a call: a zip. It is compressed lightly, since it stays on this machine. */
final class FolderBody {

    private FolderBody() {}

    /** Packs all files of the folder into this zip, which is replaced if it exists. */
    static void zip(Path folder, Path zip) throws IOException {
        try (OutputStream bytes = new BufferedOutputStream(Files.newOutputStream(zip));
                ZipOutputStream out = new ZipOutputStream(bytes)) {
            out.setLevel(Deflater.BEST_SPEED);
            for (Path file : FileTree.files(folder)) {
                out.putNextEntry(new ZipEntry(folder.relativize(file).toString().replace('\\', '/')));
                Files.copy(file, out);
            }
        }
    }
}
