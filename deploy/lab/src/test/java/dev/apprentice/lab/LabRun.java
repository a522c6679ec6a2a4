package dev.apprentice.lab;

import dev.apprentice.cli.CommandLines;
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
 * The result of a command of the laboratory.
 *
 * @param status its exit status
 * @param out its standard output
 * @param err its standard error
 */
record LabRun(int status, String out, String err) {

    private static final int WIDTH = 100;

    static LabRun of(Path home, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StringWriter err = new StringWriter();
        CommandLine lab = CommandLines.of(new Lab(new Screen(new PrintStream(out, true, StandardCharsets.UTF_8), false, WIDTH)));
        lab.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
        lab.setErr(new PrintWriter(err, true));
        List<String> all = new ArrayList<>(List.of("--home", home.toString()));
        all.addAll(List.of(arguments));
        int status = lab.execute(all.toArray(String[]::new));
        return new LabRun(status, out.toString(StandardCharsets.UTF_8), err.toString());
    }
}
