package dev.apprentice.local.system;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How a member is started: with the Java that runs this command, and as little memory and start-up time as it needs. */
final class JavaCommand {

    /** From here on a JVM warns of native libraries and of sun.misc.Unsafe, which Kafka, Netty and DJL use. */
    private static final int WARNS_OF_NATIVE_ACCESS = 24;

    /**
     * A JVM begins with a 64th of the machine's memory as its heap, and fills the young part of that before it collects anything:
     * on a machine of 24 GB, judge-service had 309 MB where it has 208 MB so, with no more processor time.
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

    /** A session of its own keeps a process from the Ctrl-C that is meant for the command in the foreground. */
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
