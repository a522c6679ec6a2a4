package dev.apprentice.local.command;

import dev.apprentice.local.Apprentice;
import dev.apprentice.local.system.LocalSystem;
import dev.apprentice.local.system.Member;
import dev.apprentice.local.system.Ports;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Starts the broker and the four services. */
@Command(
        name = "up",
        description = "Starts the broker and the four services, or those of them that do not run.",
        mixinStandardHelpOptions = true)
public final class UpCommand implements Callable<Integer> {

    @ParentCommand private Apprentice apprentice;

    @Option(
            names = "--port-base",
            paramLabel = "PORT",
            description = "Five ports in a row from here on, instead of 9092 for the broker and 8081 to 8084.")
    private Optional<Integer> portBase;

    @Option(
            names = "--port",
            paramLabel = "MEMBER=PORT",
            split = ",",
            description = "The port of one member, such as dataset-service=9001; may be repeated.")
    private Map<String, Integer> single = Map.of();

    @Override
    public Integer call() throws IOException {
        LocalSystem system = apprentice.system();
        system.up(ports(), apprentice.screen()::print);
        apprentice.screen().print("Everything runs. Logs: `apprentice logs SERVICE`. End it with `apprentice down`.");
        return 0;
    }

    private Optional<Ports> ports() {
        if (portBase.isEmpty() && single.isEmpty()) {
            return Optional.empty();
        }
        Map<Member, Integer> named = new EnumMap<>(Member.class);
        single.forEach((id, port) -> named.put(MemberName.read(id), port));
        return Optional.of(portBase.map(Ports::startingAt).orElseGet(Ports::defaults).with(named));
    }
}
