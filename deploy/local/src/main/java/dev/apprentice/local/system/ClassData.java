package dev.apprentice.local.system;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The class data sharing archive beside a package, which speeds up the start of a JVM. A JVM writes the archive at its graceful
 * shutdown if there is none, and the next start maps it. A newly built package has none. A JVM that cannot use the archive runs
 * without it.
 */
final class ClassData {

    private ClassData() {}

    /**
     * Returns the JVM's options for the archive; none if it can neither be used nor be written.
     *
     * @param jar the package
     * @param javaVersion the version of Java; each has an archive of its own
     */
    static List<String> of(Path jar, String javaVersion) {
        Path archive = jar.toAbsolutePath().resolveSibling("classes-" + javaVersion.replaceAll("[^A-Za-z0-9.-]", "_") + ".jsa");
        if (isWhole(archive)) {
            return List.of("-XX:SharedArchiveFile=" + archive, "-Xshare:auto", "-Xlog:cds=off,cds+dynamic=off");
        }
        return Files.isWritable(archive.getParent())
                ? List.of("-XX:ArchiveClassesAtExit=" + archive, "-Xlog:cds=off,cds+dynamic=off")
                : List.of();
    }

    /** Tells whether the archive is complete. Its header is at the start and is written last, so a truncated archive begins with zeros. */
    private static boolean isWhole(Path archive) {
        if (!Files.isRegularFile(archive)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(archive); DataInputStream header = new DataInputStream(in)) {
            return header.readInt() != 0;
        } catch (IOException e) { // shorter than that, or unreadable: it is written again
            return false;
        }
    }
}
