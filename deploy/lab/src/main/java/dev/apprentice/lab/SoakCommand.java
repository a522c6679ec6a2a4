package dev.apprentice.lab;

import dev.apprentice.cli.terminal.Screen;
import dev.apprentice.lab.soak.Soak;
import dev.apprentice.local.CommandException;
import dev.apprentice.local.system.LocalSystem;
import dev.apprentice.local.system.OwnSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Tests that memory stays flat however many examples stream through. */
@Command(
        name = "soak",
        description = "Starts a system of its own, streams small examples through it far faster than they can be learned,"
                + " and shows the memory of each process.",
        footer = {
            "",
            "Exits with 0 if every service's resident memory stays near its plateau after the first quarter, every"
                    + " checkpoint is examined and graded, and no question to the served model fails; else with 1. A few"
                    + " hundred thousand examples are the least that a JVM warms up on. Its files are in the folder soak in"
                    + " --home. Needs Linux."
        },
        mixinStandardHelpOptions = true)
public final class SoakCommand implements Callable<Integer> {

    private static final int PERCENT = 100;
    private static final int FEWEST = 2_000;

    @ParentCommand private Lab lab;

    @Option(
            names = "--examples",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "Examples to stream, at least 2000 (default: 1000000).")
    private int examples;

    @Option(
            names = "--within",
            paramLabel = "PERCENT",
            defaultValue = "10",
            description = "How far from its plateau a service's memory may be (default: 10).")
    private double within;

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "32",
            description = "Rows in a training batch; fewer rows slow the trainer down, so Kafka keeps unlearned batches longer"
                    + " (default: 32).")
    private int batch;

    @Override
    public Integer call() throws IOException {
        if (examples < FEWEST || batch < 1 || !(within > 0)) {
            throw new CommandException(
                    "--examples must be at least " + FEWEST + ", --batch at least 1 and --within above 0.");
        }
        if (!Files.isReadable(Path.of("/proc/self/status"))) {
            throw new CommandException("A soak reads the memory of processes from /proc, which this machine does not have.");
        }
        LocalSystem system = lab.system("soak");
        Screen screen = lab.screen();
        try (OwnSystem own = OwnSystem.start(system, screen::print, () -> screen.end("Stopping the soak's system."))) {
            return new Soak(system, screen, examples, batch).run(within / PERCENT) ? 0 : 1;
        }
    }
}
