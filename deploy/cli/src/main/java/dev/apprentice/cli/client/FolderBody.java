package dev.apprentice.cli.client;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Packs a folder as the body of a call: a zip in a temporary file. It is compressed lightly, since it stays on this machine. */
final class FolderBody {

    private FolderBody() {}

    /** Packs all files of the folder and returns the temporary file, which the caller deletes. */
    static Path zip(Path folder) throws IOException {
        Path zip = Files.createTempFile("apprentice-folder", ".zip");
        try (Stream<Path> walk = Files.walk(folder);
                OutputStream bytes = new BufferedOutputStream(Files.newOutputStream(zip));
                ZipOutputStream out = new ZipOutputStream(bytes)) {
            out.setLevel(Deflater.BEST_SPEED);
            List<Path> files = walk.filter(Files::isRegularFile).sorted().toList();
            for (Path file : files) {
                out.putNextEntry(new ZipEntry(folder.relativize(file).toString().replace('\\', '/')));
                Files.copy(file, out);
            }
        }
        return zip;
    }
}
