package dev.apprentice.local.system;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Builds the command that starts a member: with this command's Java, and with options for little memory and a fast start. */
final class JavaCommand {

    /** The first Java version that warns of native libraries and of sun.misc.Unsafe, which Kafka, Netty and DJL use. */
    private static final int WARNS_OF_NATIVE_ACCESS = 24;

    /**
     * The initial heap. By default it is a 64th of the machine's memory, whose young part fills before the first collection. On a
     * machine with 24 GB, this option reduced judge-service from 309 MB to 208 MB, at no cost in processor time.
     */
    private static final String SMALL_AT_FIRST = "-Xms32m";

    private JavaCommand() {}

    static List<String> of(Member member, Path jar) {
        List<String> command = new ArrayList<>(ownSession());
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add(SMALL_AT_FIRST);
        command.add("-Xmx" + member.heap());
        command.add("-XX:+UseSerialGC");
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-XX:+ExitOnOutOfMemoryError");
        command.addAll(quietOn(Runtime.version().feature()));
        if (Boolean.getBoolean("apprentice.class-data")) {
            command.addAll(ClassData.of(jar, Runtime.version().toString()));
        }
        command.add("-jar");
        command.add(jar.toString());
        return command;
    }

    static List<String> quietOn(int javaVersion) {
        return javaVersion < WARNS_OF_NATIVE_ACCESS
                ? List.of()
                : List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");
    }

    /** Returns the prefix that starts a session of its own, so Ctrl-C for the foreground command does not reach the process. */
    private static List<String> ownSession() {
        String path = System.getenv("PATH");
        if (path == null) {
            return List.of();
        }
        for (String folder : path.split(File.pathSeparator)) {
            if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, "setsid"))) {
                return List.of("setsid");
            }
        }
        return List.of();
    }
}
