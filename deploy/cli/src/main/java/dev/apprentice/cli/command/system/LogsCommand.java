package dev.apprentice.cli.command.system;

import dev.apprentice.cli.Apprentice;
import dev.apprentice.cli.command.option.MemberName;
import dev.apprentice.local.CommandException;
import dev.apprentice.local.system.LogFollower;
import dev.apprentice.local.system.Member;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Shows the log of a member. */
@Command(
        name = "logs",
        description = "Shows the log of a service or of the broker, readable.",
        mixinStandardHelpOptions = true)
public final class LogsCommand implements Callable<Integer> {

    @ParentCommand private Apprentice apprentice;

    @Parameters(paramLabel = "SERVICE", description = "broker, or dataset-service (or dataset), trainer, inference, judge.")
    private String member;

    @Option(names = {"-f", "--follow"}, description = "Go on with new lines until Ctrl-C.")
    private boolean follow;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Member wanted = MemberName.read(member);
        Path log = apprentice.system().folder().log(wanted);
        if (!Files.exists(log)) {
            throw new CommandException(wanted + " has no log in " + log + "; it was not started there.");
        }
        try (LogFollower lines = new LogFollower(log)) {
            lines.copyTo(this::print, follow);
        }
        return 0;
    }

    private boolean print(String line) {
        apprentice.screen().print(line);
        return apprentice.screen().isRead();
    }
}
