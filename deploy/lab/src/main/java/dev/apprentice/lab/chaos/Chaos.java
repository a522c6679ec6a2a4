package dev.apprentice.lab.chaos;

import dev.apprentice.cli.client.DatasetClient;
import dev.apprentice.cli.client.JudgeClient;
import dev.apprentice.cli.client.ServiceException;
import dev.apprentice.cli.client.TrainerClient;
import dev.apprentice.cli.client.UnreachableException;
import dev.apprentice.cli.client.answer.Dataset;
import dev.apprentice.cli.client.answer.RunReport;
import dev.apprentice.cli.client.answer.RunStatus;
import dev.apprentice.cli.client.answer.StepReport;
import dev.apprentice.cli.demo.DemoFiles;
import dev.apprentice.cli.demo.DemoSetting;
import dev.apprentice.cli.terminal.Screen;
import dev.apprentice.contracts.event.Progress.Phase;
import dev.apprentice.local.CommandException;
import dev.apprentice.local.Pause;
import dev.apprentice.local.log.Broker;
import dev.apprentice.local.log.TopicReader;
import dev.apprentice.local.system.LocalSystem;
import dev.apprentice.local.system.Member;
import dev.apprentice.local.system.Ports;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Trains a small model undisturbed, then repeatedly while processes are killed, and compares the results.
 *
 * <p>A killed process is started again at once, but the broker only after a given time. The seed decides which members are killed
 * and the pauses between kills. What the run does at a kill depends on the machine, so it is not reproducible.
 */
public final class Chaos {

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final int CHECKPOINT_EVERY = 47;

    private final LocalSystem system;
    private final Screen screen;
    private final Random random;
    private final Duration brokerAway;
    private final Map<String, Object> training;
    private int killed;

    /**
     * Prepares the runs.
     *
     * @param epochs passes over the training split
     * @param brokerAway how long a killed broker stays away
     */
    public Chaos(LocalSystem system, Screen screen, long seed, int epochs, Duration brokerAway) {
        this.system = system;
        this.screen = screen;
        this.random = new Random(seed);
        this.brokerAway = brokerAway;
        this.training = new HashMap<>(DemoSetting.quick().training());
        training.put("epochs", epochs);
        training.put("checkpointEvery", CHECKPOINT_EVERY);
    }

    /**
     * Runs the test.
     *
     * @param kills how many processes to kill
     * @return how many figures of the disturbed runs differ from the undisturbed one's
     */
    public int run(int kills) throws IOException {
        Ports ports = system.ports();
        DemoFiles files = DemoFiles.unpack(system.folder().home());
        Dataset dataset = new DatasetClient(ports).put("chaos", files.data());
        RunTrace calm = train("calm", dataset, files, 0);
        screen.print("Undisturbed: " + calm.losses().size() + " losses, " + calm.tensors().size() + " files of tensors, "
                + calm.responses().size() + " responses.");
        screen.print(Kill.HEADER);
        int differences = 0;
        for (int number = 1; killed < kills; number++) {
            String run = "disturbed-" + number;
            int before = killed;
            Comparison comparison = Comparison.of(calm, train(run, dataset, files, kills));
            differences += comparison.total();
            screen.print(run + ": " + (killed - before) + " kills, differences: " + comparison.differences());
            comparison.first().forEach((what, which) -> screen.print("  " + what + ": " + which));
        }
        screen.print(killed + " kills, " + differences + " differences.");
        return differences;
    }

    private RunTrace train(String run, Dataset dataset, DemoFiles files, int kills) throws IOException {
        long began = System.nanoTime();
        long disturbed = began;
        new TrainerClient(system.ports())
                .start(files.run(Optional.of(run), dataset, Optional.empty(), training, DemoSetting.quick().generation()));
        while (!isOver(run)) {
            if (System.nanoTime() - disturbed > PATIENCE.toNanos()) {
                throw new CommandException("Run " + run + " did not end within " + PATIENCE.toMinutes()
                        + " undisturbed minutes; see the logs in " + system.folder().home() + ".");
            }
            if (killed < kills) {
                pause(Duration.ofMillis(random.nextInt(Math.toIntExact(LONGEST_PAUSE.toMillis()))));
                kill(run, Duration.ofNanos(System.nanoTime() - began));
                disturbed = System.nanoTime();
            } else {
                pause(LOOK_EVERY);
            }
        }
        return RunTrace.of(
                run,
                system.folder().data(Member.TRAINER_SERVICE).resolve("runs").resolve(run),
                new TopicReader(new Broker(system.ports().bootstrapServers())));
    }

    private void kill(String run, Duration after) throws IOException {
        Member victim = Member.values()[random.nextInt(Member.values().length)];
        String moment = moment(run);
        if (isOver(run)) {
            return; // too late: a kill would interrupt no work
        }
        system.kill(victim);
        killed++;
        screen.print(new Kill(killed, run, after, victim, moment).toString());
        if (victim == Member.BROKER) {
            pause(brokerAway);
        }
        system.upWhole(Optional.empty(), line -> {});
    }

    private String moment(String run) {
        try {
            RunStatus status = new TrainerClient(system.ports()).run(run);
            int step = status.progress().map(progress -> progress.step()).orElse(0);
            return status.phase().isFinal() ? "being examined" : status.phase().name().toLowerCase(Locale.ROOT) + ", step " + step;
        } catch (UnreachableException | ServiceException e) {
            return "not to be seen";
        }
    }

    /** Tells whether the run is trained to its end and every checkpoint's exam is graded. */
    private boolean isOver(String run) {
        try {
            RunStatus status = new TrainerClient(system.ports()).run(run);
            if (status.phase() == Phase.FAILED || status.phase() == Phase.CANCELLED) {
                throw new CommandException("Run " + run + " has ended as " + status.phase() + ": "
                        + status.progress().flatMap(progress -> progress.message()).orElse("no reason given"));
            }
            if (status.phase() != Phase.COMPLETED) {
                return false;
            }
            RunReport report = new JudgeClient(system.ports()).report(run);
            return status.steps().stream().allMatch(step -> report.at(step).map(StepReport::complete).orElse(false));
        } catch (UnreachableException | ServiceException e) {
            return false;
        }
    }

    private static void pause(Duration duration) {
        Pause.of(duration, "Chaos was interrupted.");
    }
}
