package dev.apprentice.cli.command.system;

import dev.apprentice.cli.Apprentice;
import dev.apprentice.cli.demo.Demo;
import dev.apprentice.cli.demo.DemoFiles;
import dev.apprentice.cli.demo.DemoSetting;
import dev.apprentice.cli.terminal.Screen;
import dev.apprentice.local.system.LocalSystem;
import dev.apprentice.local.system.OwnSystem;
import dev.apprentice.local.system.Ports;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Runs the whole recipe on bundled data, on a system that it starts and ends. */
@Command(
        name = "demo",
        description = "Runs the whole recipe on bundled data: starts a system of its own, teaches a small pretrained"
                + " model, shows it, and ends the system.",
        mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {

    @ParentCommand private Apprentice apprentice;

    @Option(names = "--keep", description = "Leave the demo's system running.")
    private boolean keep;

    @Option(names = "--epochs", paramLabel = "N", description = "Passes over the training split, instead of the demo's own.")
    private Optional<Integer> epochs;

    @Option(
            names = "--from-scratch",
            description = "Start from random weights, to see what pretraining is worth: it then knows nothing but what instructions say.")
    private boolean fromScratch;

    @Option(names = "--quick", description = "The smaller scale that continuous integration uses.")
    private boolean quick;

    /** Returns 0 if the model learned what the demo promises, else 1. */
    @Override
    public Integer call() throws IOException {
        LocalSystem system = DemoSystem.of(apprentice).system();
        Screen screen = apprentice.screen();
        if (system.runs()) {
            system.upWhole(Optional.empty(), screen::print);
            return run(system, true);
        }
        try (OwnSystem own = OwnSystem.start(system, screen::print, () -> screen.end("Stopping the demo."))) {
            int status = run(system, keep);
            if (keep) {
                own.keep();
            }
            return status;
        }
    }

    private int run(LocalSystem system, boolean stays) throws IOException {
        apprentice.screen().print("See it on a page, too: " + system.ports().page());
        int status = run(system.ports(), DemoFiles.unpack(system.folder().home()));
        sayWhatNext(system, stays);
        return status;
    }

    private int run(Ports ports, DemoFiles files) {
        DemoSetting setting = quick ? DemoSetting.quick() : DemoSetting.full();
        Map<String, Object> training = new HashMap<>(setting.training());
        epochs.ifPresent(number -> training.put("epochs", number));
        Map<String, Double> exactMatch = new Demo(ports, apprentice.screen())
                .run(files, fromScratch ? Optional.of("random") : Optional.empty(), training, setting.generation());
        if (epochs.isPresent() || fromScratch) {
            return 0;
        }
        for (Map.Entry<String, Double> floor : setting.floors().entrySet()) {
            if (exactMatch.get(floor.getKey()) < floor.getValue()) {
                apprentice.screen().print(String.format(
                        Locale.ROOT, "For %s facts this is below the expected %.0f %%; please report it.",
                        floor.getKey(), 100 * floor.getValue()));
                return 1;
            }
        }
        return 0;
    }

    private void sayWhatNext(LocalSystem system, boolean running) {
        Screen screen = apprentice.screen();
        String command = "./apprentice --home '" + system.folder().home() + "' ";
        screen.print("");
        screen.print("What to try next:");
        if (running) {
            screen.print("  " + system.ports().page() + "   the report page");
        } else {
            screen.print("  " + command + "up");
        }
        screen.print("  " + command + "ask \"Tell me where Clara lives.\"");
        screen.print("  " + command + "ask \"Which pet does this person have?\" --input Jacob");
        if (running) {
            screen.print("  " + command + "down   stops the demo's system");
        }
        screen.print("  ./apprentice up; ./apprentice tune --model DIR --data FILE   your own model and data");
        screen.print("The next demo replaces what this one left; copy the model to keep it.");
        screen.print("");
    }
}
