package dev.apprentice.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a class in a JVM of its own with this JVM's class path. It serves tests of what a JVM does only once or keeps globally. */
public final class OwnProcess {

    private static final int MOST_MINUTES = 5;

    private OwnProcess() {}

    /**
     * Returns the process, not yet started; its error stream is this process's.
     *
     * @param program has a main method
     * @param options of the JVM, such as {@code -Xmx128m}
     */
    public static ProcessBuilder java(Class<?> program, List<String> options, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    }

    /**
     * Runs it to its end. It is killed after {@value #MOST_MINUTES} minutes, so a program that hangs fails only its own test.
     *
     * @return the lines of its output
     * @throws IllegalStateException if its exit code is not 0
     */
    public static List<String> output(ProcessBuilder program) throws IOException, InterruptedException {
        Process process = program.start();
        process.onExit().orTimeout(MOST_MINUTES, TimeUnit.MINUTES).exceptionally(late -> killed(process));
        try (BufferedReader reader = process.inputReader()) {
            List<String> lines = reader.lines().toList();
            int exit = process.waitFor();
            if (exit != 0) {
                throw new IllegalStateException(program.command() + " ended with exit code " + exit + " and said: " + lines);
            }
            return lines;
        } finally {
            process.destroyForcibly();
        }
    }

    private static Process killed(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        return process.destroyForcibly();
    }
}
