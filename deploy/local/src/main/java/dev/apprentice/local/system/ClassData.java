package dev.apprentice.local.system;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The archive of classes beside a package (class data sharing), with which a JVM starts sooner. A JVM that ends in order writes it
 * where there is none; the next start maps it. A package that is built anew has none, and a JVM that cannot use one goes without.
 */
final class ClassData {

    private ClassData() {}

    /**
     * The JVM's options for it; none where it can neither be used nor be written.
     *
     * @param jar the package
     * @param javaVersion each Java has archives of its own
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

    /** The header comes first in the file and is written last: one that was cut off begins with zeros. */
    private static boolean isWhole(Path archive) {
        if (!Files.isRegularFile(archive)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(archive); DataInputStream header = new DataInputStream(in)) {
            return header.readInt() != 0;
        } catch (IOException e) { // shorter than that, or not to be read: made anew
            return false;
        }
    }
}
