package dev.apprentice.testkit;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Starts a service as it is deployed: {@code java -jar} with environment variables, in a process of its own. Bytecode
 * verification is off, which saves a seventh of the start; the tests of the whole recipe keep it on.
 */
public final class PackagedService {

    private static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");

    private PackagedService() {}

    /** Starts the service of the module whose tests these are. */
    public static Process start(String heap, Map<String, String> environment, File log) throws IOException {
        return start(Path.of(""), heap, environment, log);
    }

    /** Returns the service's program, which the caller may change before starting it. */
    public static ProcessBuilder program(String heap, Map<String, String> environment, File log) {
        return program(Path.of(""), heap, environment, log);
    }

    /**
     * Starts it as {@code ./apprentice up} does.
     *
     * @param module its folder, packaged
     * @param heap the maximum heap, such as {@code 256m}
     * @param environment variables added to those of this process
     * @param log the file to which its output is appended
     */
    public static Process start(Path module, String heap, Map<String, String> environment, File log) throws IOException {
        return program(module, heap, environment, log).start();
    }

    private static ProcessBuilder program(Path module, String heap, Map<String, String> environment, File log) {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:-BytecodeVerificationRemote",
                "-jar",
                module.resolve(JAR).toString());
        builder.environment().putAll(environment);
        return builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log));
    }

    /** Returns the resident memory of a process, in MiB; Linux only. */
    public static long residentMiB(Process process) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .map(line -> line.replaceAll("\\D", ""))
                    .mapToLong(kibibytes -> Long.parseLong(kibibytes) / 1024)
                    .findFirst()
                    .orElseThrow();
        }
    }
}
