package dev.apprentice.cli.demo;

import dev.apprentice.cli.client.DatasetClient;
import dev.apprentice.cli.client.JudgeClient;
import dev.apprentice.cli.client.TrainerClient;
import dev.apprentice.cli.client.answer.Dataset;
import dev.apprentice.cli.client.answer.RunReport;
import dev.apprentice.cli.follow.FollowedRun;
import dev.apprentice.cli.follow.RunFollower;
import dev.apprentice.cli.report.RunSummary;
import dev.apprentice.cli.terminal.Screen;
import dev.apprentice.local.CommandException;
import dev.apprentice.local.log.Broker;
import dev.apprentice.local.system.Ports;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Runs the whole recipe once, on a system that is up. */
public final class Demo {

    private static final String NAME = "demo";
    private static final String EXACT_MATCH = "exact_match";
    private static final double PERCENT = 100;
    /** Descriptions of the bundled examples' categories. */
    private static final SortedMap<String, String> CATEGORIES = new TreeMap<>(Map.of(
            "instructed", "instructions asked for in other words", "never instructed", "no instruction asked for"));

    private final Ports ports;
    private final Screen screen;

    public Demo(Ports ports, Screen screen) {
        this.ports = ports;
        this.screen = screen;
    }

    /**
     * Trains the model, shows the training, then its results.
     *
     * @param start {@code random} for random weights; empty for the pretrained ones
     * @param training hyper-parameters by name
     * @return for each category of examples, the share of test answers that the tuned model gets exactly right
     * @throws CommandException if the run does not complete
     */
    public Map<String, Double> run(
            DemoFiles files, Optional<String> start, Map<String, Object> training, DemoSetting.Generation generation) {
        Dataset dataset = new DatasetClient(ports).put(NAME, files.data());
        screen.print("Learning from " + dataset.examples() + " examples in " + files.data() + ".");
        String run = new TrainerClient(ports)
                .start(files.run(Optional.empty(), dataset, start, training, generation))
                .run();
        FollowedRun followed = new RunFollower(
                        ports, new Broker(ports.bootstrapServers()), screen, UnaryOperator.identity())
                .follow(run);
        if (!followed.completed()) {
            throw new CommandException("The demo's run did not complete; see `apprentice logs trainer`.");
        }
        new RunSummary(ports, screen).print(followed.status(), followed.evaluations());
        return exactMatch(new JudgeClient(ports).report(run));
    }

    private Map<String, Double> exactMatch(RunReport report) {
        Map<String, Double> before = report.steps().get(0).metrics();
        Map<String, Double> after = report.steps().get(report.steps().size() - 1).metrics();
        Map<String, Double> shares = new TreeMap<>();
        screen.print("");
        CATEGORIES.forEach((category, words) -> {
            String figure = EXACT_MATCH + " [" + category + "]";
            shares.put(category, share(after, figure));
            screen.print(String.format(
                    Locale.ROOT,
                    "Exact match on facts that %s: %.1f %% before, %.1f %% after.",
                    words,
                    PERCENT * share(before, figure),
                    PERCENT * share(after, figure)));
        });
        return shares;
    }

    /** Returns a figure of a report. @throws CommandException if the report does not have it */
    static double share(Map<String, Double> metrics, String figure) {
        return Optional.ofNullable(metrics.get(figure))
                .orElseThrow(() -> new CommandException("The report has no figure '" + figure + "': a running service is of an"
                        + " earlier version, which does not pass on categories. The rest of the report is valid."));
    }
}
