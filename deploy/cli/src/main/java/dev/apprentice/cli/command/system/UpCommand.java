package dev.apprentice.cli.command.system;

import dev.apprentice.cli.Apprentice;
import dev.apprentice.cli.command.option.MemberName;
import dev.apprentice.local.system.LocalSystem;
import dev.apprentice.local.system.Member;
import dev.apprentice.local.system.NotReady;
import dev.apprentice.local.system.Ports;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Starts the broker and the four services. */
@Command(
        name = "up",
        description = {
            "Starts the broker and the four services, or those of them that do not run, and says which are not ready and why.",
            "Exits with 0 if all are ready, else with 1; what runs is left running."
        },
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

    /** Returns 0 if all members are ready, else 1. */
    @Override
    public Integer call() throws IOException {
        LocalSystem system = apprentice.system();
        List<NotReady> lacking = system.up(ports(), apprentice.screen()::print);
        if (lacking.isEmpty()) {
            String command = "`apprentice" + apprentice.homeRepeated();
            apprentice.screen().print("Everything runs. The page: " + system.ports().page()
                    + "  Logs: " + command + " logs SERVICE`. Stop it with " + command + " down`.");
            return 0;
        }
        lacking.forEach(member -> apprentice.screen().print(member.toString()));
        apprentice.screen().print("All others are left running. `apprentice status` shows how each is doing, `apprentice up`"
                + " restarts what has stopped, `apprentice down` stops everything.");
        return 1;
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
