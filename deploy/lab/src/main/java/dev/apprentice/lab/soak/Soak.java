package dev.apprentice.lab.soak;

import dev.apprentice.cli.client.InferenceClient;
import dev.apprentice.cli.client.JudgeClient;
import dev.apprentice.cli.client.RunRequest;
import dev.apprentice.cli.client.ServiceException;
import dev.apprentice.cli.client.TrainerClient;
import dev.apprentice.cli.client.answer.RunReport;
import dev.apprentice.cli.client.answer.RunStatus;
import dev.apprentice.cli.client.answer.StepReport;
import dev.apprentice.cli.terminal.Screen;
import dev.apprentice.contracts.event.Progress;
import dev.apprentice.contracts.run.Split;
import dev.apprentice.contracts.run.Split.Policy;
import dev.apprentice.local.CommandException;
import dev.apprentice.local.Pause;
import dev.apprentice.local.log.Broker;
import dev.apprentice.local.system.LocalSystem;
import dev.apprentice.local.system.Member;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Runs a stream whose examples come much faster than they are learned. Its checkpoints are examined, graded and served all the
 * while, and the resources of the processes are sampled.
 */
public final class Soak {

    private static final String RUN = "soak";
    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration LINGER = Duration.ofSeconds(2);
    private static final double TRAIN = 0.98;
    private static final double TEST = 0.01;
    private static final int CHECKPOINTS = 100;
    private static final int STEPS_AT_LEAST = 5;

    private final LocalSystem system;
    private final Screen screen;
    private final int examples;
    private final int batch;
    private final TrainerClient trainer;
    private final PublishedBatches batches;
    private final Watch watch;
    private final List<Moment> moments = new ArrayList<>();

    /**
     * Prepares the soak.
     *
     * @param system one that runs, and has no run yet
     * @param examples how many to stream
     * @param batch rows of a training batch
     */
    public Soak(LocalSystem system, Screen screen, int examples, int batch) {
        this.system = system;
        this.screen = screen;
        this.examples = examples;
        this.batch = batch;
        this.trainer = new TrainerClient(system.ports());
        this.batches = new PublishedBatches(new Broker(system.ports().bootstrapServers()), RUN);
        this.watch = new Watch(system);
    }

    /**
     * Runs the soak.
     *
     * @param within how far each service's resident memory may be from its plateau, as a share of it
     * @return whether all stayed within that, every checkpoint was examined and graded, and no question failed
     */
    public boolean run(double within) throws IOException {
        trainer.start(request(SoakModel.write(system.folder().home().resolve("model"))));
        long began = System.nanoTime();
        new SmallExamples(RUN, examples).sendTo(new Broker(system.ports().bootstrapServers()));
        Duration produced = since(began);
        await("first checkpoint", () -> !trainer.run(RUN).steps().isEmpty());
        Duration learned;
        try (Questioner questions = new Questioner(new InferenceClient(system.ports()))) {
            questions.begin();
            learned = learn(began);
            trainer.cancel(RUN);
            await("end of the run", () -> trainer.run(RUN).phase().isFinal());
            await("report on every checkpoint", () -> notGraded().isEmpty());
            conclude(produced, learned, questions);
            return verdict(within) && questions.failed() == 0;
        }
    }

    /** Takes samples until everything is learned; returns the time that took. */
    private Duration learn(long began) {
        int published = 0;
        int before = -1;
        int step = 0;
        while (step < published || published == 0 || published > before) {
            pause();
            step = step();
            moments.add(new Moment(since(began), share(step), watch.kafkaMiB(), watch.footprints()));
            tellOfTenths();
            if (heard() >= examples) { // from here on, only the linger time completes batches
                before = published;
                published = batches.training();
            }
        }
        return since(began);
    }

    private double share(int step) {
        return Math.min(1, step * (double) batch / (examples * TRAIN));
    }

    private int step() {
        RunStatus status = trainer.run(RUN);
        if (status.phase().isFinal()) {
            throw new CommandException("Run " + RUN + " has ended as " + status.phase() + ": "
                    + status.progress().flatMap(Progress::message).orElse("no reason given"));
        }
        return status.progress().map(Progress::step).orElse(0);
    }

    /** Returns how many examples dataset-service has processed. */
    private double heard() {
        return watch.meters(Member.DATASET_SERVICE).sum("apprentice_dataset_stream_examples_total", "").orElse(0);
    }

    private void tellOfTenths() {
        Moment newest = moments.get(moments.size() - 1);
        int tenth = (int) (newest.learned() * 10);
        if (moments.size() < 2 || tenth > (int) (moments.get(moments.size() - 2).learned() * 10)) {
            StringBuilder line = new StringBuilder(String.format(
                    Locale.ROOT, "%5d s %4.0f %%", newest.after().toSeconds(), 100 * newest.learned()));
            newest.footprints().forEach((member, footprint) ->
                    line.append(String.format(Locale.ROOT, "  %s %.0f", member, footprint.residentMiB())));
            screen.print(line + String.format(Locale.ROOT, "  MiB; Kafka %.0f MiB on disk", newest.kafkaMiB()));
        }
    }

    /** Returns the steps of checkpoints whose exam is not, or only partly, graded. */
    private List<Integer> notGraded() {
        List<Integer> steps = new ArrayList<>(trainer.run(RUN).steps());
        try {
            RunReport report = new JudgeClient(system.ports()).report(RUN);
            steps.removeIf(step -> report.at(step).map(StepReport::complete).orElse(false));
        } catch (ServiceException e) {
            screen.print(e.getMessage());
        }
        return steps;
    }

    private void conclude(Duration produced, Duration learned, Questioner questions) {
        RunStatus status = trainer.run(RUN);
        screen.print("");
        new MemoryTable(moments).lines().forEach(screen::print);
        screen.print("");
        screen.print(String.format(
                Locale.ROOT,
                "%,d examples: produced in %d s, learned in %d s (%.0f times as long), in %,d steps.",
                examples, produced.toSeconds(), learned.toSeconds(),
                learned.toMillis() / (double) produced.toMillis(), status.progress().map(Progress::step).orElse(0)));
        screen.print(status.steps().size() + " checkpoints, each examined and graded; " + questions + ".");
    }

    private boolean verdict(double within) {
        List<Member> unsteady = new MemoryTable(moments).unsteady(within);
        String limit = String.format(Locale.ROOT, "%.0f %% of its plateau", 100 * within);
        screen.print(unsteady.isEmpty()
                ? "Resident memory of every service stayed within " + limit + " after the first quarter."
                : "Resident memory left " + limit + " after the first quarter: " + unsteady + ".");
        return unsteady.isEmpty();
    }

    private RunRequest request(SoakModel model) {
        Map<String, Object> training = Map.of(
                "batchSize", batch,
                "learningRate", 0.001,
                "maskInstruction", true,
                "evaluateEvery", checkpointEvery(),
                "evaluationBatches", 1,
                "checkpointEvery", checkpointEvery(),
                "keepCheckpoints", Map.of("last", 2, "best", 1));
        return new RunRequest(
                Optional.of(RUN),
                new RunRequest.Model(model.folder().toString(), Optional.of("random")),
                RunRequest.Data.stream(RUN)
                        .with("promptStyle", Optional.of("phi3"))
                        .with("linger", Optional.of(LINGER))
                        .with("split", Optional.of(new Split(Policy.HASH, TRAIN, TEST))),
                training,
                Map.of("maxNewTokens", 8),
                Map.of("judge", "metric:token_f1"));
    }

    private int checkpointEvery() {
        return Math.max(STEPS_AT_LEAST, (int) (examples * TRAIN / batch / CHECKPOINTS));
    }

    private void await(String what, BooleanSupplier condition) {
        long began = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (since(began).compareTo(PATIENCE) > 0) {
                throw new CommandException("The " + what + " has not come within " + PATIENCE.toMinutes()
                        + " minutes (not graded: steps " + notGraded() + "); see the logs in " + system.folder().home() + ".");
            }
            pause();
        }
    }

    private static Duration since(long nanoTime) {
        return Duration.ofNanos(System.nanoTime() - nanoTime);
    }

    private static void pause() {
        Pause.of(LOOK_EVERY, "The soak was interrupted.");
    }
}
