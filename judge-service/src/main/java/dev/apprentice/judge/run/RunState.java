package dev.apprentice.judge.run;

import dev.apprentice.contracts.event.Checkpoint;
import dev.apprentice.contracts.event.DatasetVersion;
import dev.apprentice.contracts.event.Progress;
import dev.apprentice.contracts.event.Progress.Phase;
import dev.apprentice.contracts.event.Repeats;
import dev.apprentice.contracts.event.Run;
import dev.apprentice.contracts.run.DataSource.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The state of one run, in bounded space. Guarded by the {@link Runs} that contain it. */
final class RunState {

    /** How many messages, and how many samples, are kept of a run. */
    private static final int KEPT = 50;

    private final String name;
    private final Curve training = new Curve(Curves.POINTS, Curves.TRAINING_COLUMNS);
    private final Curve evaluation = new Curve(Curves.POINTS, Curves.EVALUATION_COLUMNS);
    private final Pace pace = new Pace();
    private final SortedMap<Integer, Checkpoint> checkpoints = new TreeMap<>();
    private final Deque<Remark> remarks = new ArrayDeque<>();
    private final Deque<RunDetail.SampleAnswer> samples = new ArrayDeque<>();
    private Optional<Run> run = Optional.empty();
    private Optional<Progress> newest = Optional.empty();
    private Optional<Progress> conclusion = Optional.empty();
    private Optional<Progress> preparation = Optional.empty();
    private Optional<Double> trainLoss = Optional.empty();
    private Optional<Double> validationLoss = Optional.empty();
    private Optional<Double> learningRate = Optional.empty();
    private Optional<Double> tokensPerSecond = Optional.empty();
    private Optional<Integer> steps = Optional.empty();
    private Optional<String> dataDigest = Optional.empty();
    private Optional<Repeats> repeats = Optional.empty();
    private Optional<DatasetVersion> dataset = Optional.empty();

    RunState(String name) {
        this.name = name;
    }

    void wanted(Run run) {
        this.run = Optional.of(run);
    }

    void saved(Checkpoint checkpoint) {
        checkpoints.put(checkpoint.step(), checkpoint);
    }

    void went(Progress progress) {
        newest = Optional.of(progress);
        if (progress.resumed().isPresent()) {
            conclusion = Optional.empty();
        }
        if (conclusion.isEmpty() && progress.phase().isFinal()) {
            conclusion = newest;
        }
        if (progress.phase() == Phase.PREPARING || progress.phase() == Phase.PREPARED) {
            preparation = newest;
        }
        steps = progress.steps().or(() -> steps);
        Progress.Data data = progress.data();
        dataDigest = data.digest().or(() -> dataDigest);
        repeats = data.repeats().or(() -> repeats);
        dataset = data.dataset().or(() -> dataset);
        learningRate = progress.figures().learningRate().or(() -> learningRate);
        tokensPerSecond = progress.figures().tokensPerSecond().or(() -> tokensPerSecond);
        draw(progress);
        progress.sample().ifPresent(sample -> keep(samples, new RunDetail.SampleAnswer(
                progress.step(), progress.epoch(), sample.prompt(), sample.response())));
        progress.message()
                .filter(words -> remarks.isEmpty() || !remarks.peekLast().message().equals(words))
                .ifPresent(words -> keep(remarks, new Remark(progress.at(), progress.phase(), progress.step(), words)));
    }

    private void draw(Progress progress) {
        Progress.Figures figures = progress.figures();
        if (progress.phase() == Phase.TRAINING) {
            trainLoss = figures.trainLoss().or(() -> trainLoss);
            pace.add(progress.step(), progress.at());
            training.add(
                    progress.step(),
                    progress.tokensSeen(),
                    orNaN(figures.trainLoss()),
                    orNaN(figures.learningRate()),
                    orNaN(figures.gradientNorm()),
                    orNaN(figures.tokensPerSecond()),
                    orNaN(figures.tokenAccuracy()));
        } else if (progress.phase() == Phase.EVALUATING) {
            validationLoss = figures.validationLoss().or(() -> validationLoss);
            evaluation.add(
                    progress.step(),
                    progress.tokensSeen(),
                    orNaN(figures.trainLoss()),
                    orNaN(figures.validationLoss()));
        }
    }

    private static double orNaN(Optional<Double> value) {
        return value.orElse(Double.NaN);
    }

    private static <T> void keep(Deque<T> some, T more) {
        some.addLast(more);
        if (some.size() > KEPT) {
            some.removeFirst();
        }
    }

    boolean isCancelled() {
        return run.filter(wanted -> wanted.desired() == Run.DesiredState.CANCEL).isPresent();
    }

    boolean isStream() {
        return run.filter(wanted -> wanted.specification().data().source() == Source.STREAM).isPresent();
    }

    /**
     * Returns the steps of checkpoints that should get an exam. A stream's run has none, since it has questions only once some
     * have been held out.
     */
    Set<Integer> examined() {
        boolean asks = run.filter(wanted -> wanted.desired() == Run.DesiredState.RUN)
                .map(wanted -> wanted.specification().data())
                .filter(data -> data.source() == Source.DATASET && (data.test().isPresent() || data.split().test() > 0))
                .isPresent();
        return asks ? checkpoints.keySet() : Set.of();
    }

    Curves curves() {
        return Curves.of(training, evaluation);
    }

    RunDetail detail() {
        return new RunDetail(
                summary(),
                run,
                dataDigest,
                repeats,
                dataset,
                List.copyOf(checkpoints.values()),
                List.copyOf(remarks),
                List.copyOf(samples));
    }

    RunSummary summary() {
        Phase phase = conclusion.or(() -> newest).map(Progress::phase).orElse(Phase.WAITING);
        int step = newest.map(Progress::step).orElse(0);
        return new RunSummary(
                name,
                phase,
                run.map(Run::desired).orElse(Run.DesiredState.RUN),
                run.map(Run::begunAt),
                newest.map(Progress::at),
                step,
                steps,
                newest.map(Progress::epoch).orElse(0),
                newest.map(Progress::epochs).or(() -> run.map(known -> known.specification().training().epochs())),
                preparation.flatMap(progress -> progress.pieces().done()),
                preparation.flatMap(progress -> progress.pieces().total()),
                trainLoss,
                validationLoss,
                learningRate,
                newest.map(Progress::tokensSeen).orElse(0L),
                tokensPerSecond,
                phase.isFinal() ? Optional.empty() : secondsLeft(step),
                conclusion.or(() -> newest).flatMap(Progress::message),
                checkpoints.size(),
                RunSummary.Exams.NONE,
                Optional.empty(),
                List.of());
    }

    private Optional<Long> secondsLeft(int step) {
        return steps.flatMap(all -> pace.timeFor(all - step)).map(Duration::toSeconds);
    }

    /**
     * A message about the run.
     *
     * @param at when it was published
     * @param phase the run's phase
     * @param step optimizer steps done
     * @param message the text
     */
    record Remark(Instant at, Phase phase, int step, String message) {}
}
