package dev.apprentice.cli;

import dev.apprentice.cli.terminal.Screen;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/**
 * The result of a command.
 *
 * @param status its exit status
 * @param out its standard output
 * @param err its standard error
 */
public record CommandRun(int status, String out, String err) {

    private static final int WIDTH = 100;

    /** Runs a command as if it had been typed, without a terminal. */
    public static CommandRun of(Path home, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StringWriter err = new StringWriter();
        CommandLine commandLine =
                Apprentice.commandLine(new Screen(new PrintStream(out, true, StandardCharsets.UTF_8), false, WIDTH));
        commandLine.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
        commandLine.setErr(new PrintWriter(err, true));
        List<String> all = new ArrayList<>(List.of("--home", home.toString()));
        all.addAll(List.of(arguments));
        int status = commandLine.execute(all.toArray(String[]::new));
        return new CommandRun(status, out.toString(StandardCharsets.UTF_8), err.toString());
    }
}
