package dev.apprentice.cli.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.apprentice.cli.client.answer.CheckpointLocation;
import dev.apprentice.cli.client.answer.GradedRun;
import dev.apprentice.cli.client.answer.RunState;
import dev.apprentice.cli.client.answer.RunStatus;
import dev.apprentice.contracts.event.Checkpoint;
import dev.apprentice.contracts.event.Progress;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A run as a row of a table, for a person or as JSON.
 *
 * @param run its name
 * @param state a word of {@link RunState}
 * @param requestedAt when it was first requested
 * @param model its base model's location
 * @param step optimizer steps done
 * @param steps steps it will have; empty while unknown, and for a stream
 * @param trainLoss the last step's
 * @param validationLoss the last evaluation's
 * @param best the best score so far
 * @param checkpoints those announced, by step
 * @param message its newest message; the reason if it failed
 */
public record RunRow(
        String run,
        String state,
        Instant requestedAt,
        String model,
        int step,
        Optional<Integer> steps,
        Optional<Double> trainLoss,
        Optional<Double> validationLoss,
        Optional<GradedRun.Best> best,
        List<Saved> checkpoints,
        Optional<String> message) {

    /** The heads of the columns. */
    public static final List<String> HEAD =
            List.of("RUN", "STARTED", "MODEL", "STATE", "STEP", "LOSS", "BEST SCORE", "CHECKPOINTS");

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");
    private static final int MOST_STEPS = 4;
    private static final String NONE = "-";

    /** A checkpoint. @param there whether it still exists, as far as this machine can see */
    public record Saved(int step, String uri, boolean there) {

        static Saved of(Checkpoint checkpoint) {
            return new Saved(checkpoint.step(), checkpoint.uri(), CheckpointLocation.of(checkpoint).isThere());
        }
    }

    /** Returns the row of a run. @param grades what judge-service knows of it; empty if that is nothing */
    public static RunRow of(RunStatus run, Optional<GradedRun> grades) {
        Optional<Progress> progress = run.progress();
        return new RunRow(
                run.run(),
                RunState.of(run, grades).toString(),
                run.begunAt(),
                run.specification().model().location(),
                progress.map(Progress::step).orElse(0),
                progress.flatMap(Progress::steps),
                grades.flatMap(GradedRun::trainLoss).or(() -> progress.flatMap(one -> one.figures().trainLoss())),
                grades.flatMap(GradedRun::validationLoss).or(() -> progress.flatMap(one -> one.figures().validationLoss())),
                grades.flatMap(GradedRun::best),
                run.checkpoints().stream().map(Saved::of).toList(),
                progress.flatMap(Progress::message));
    }

    /** Returns the cells under {@link #HEAD}. */
    public List<String> cells() {
        return List.of(
                run,
                DATE.format(requestedAt.atZone(ZoneId.systemDefault())),
                shortModel(),
                state,
                steps.map(all -> step + "/" + all).orElse(step == 0 ? NONE : Integer.toString(step)),
                validationLoss.or(() -> trainLoss).map(loss -> String.format(Locale.ROOT, "%.3f", loss)).orElse(NONE),
                best.map(score -> "%s %s, step %d".formatted(
                        Figures.name(score.measure()), Figures.value(score.measure(), score.value()), score.step())).orElse(NONE),
                kept());
    }

    /** Returns what a person must know beyond the cells: why the run failed, or what it waits for. */
    @JsonIgnore
    public Optional<String> remark() {
        boolean telling = state.equals(RunState.FAILED.toString()) || state.equals(RunState.WAITING.toString());
        return message.filter(words -> telling);
    }

    /** Returns the model's name on the hub, or the last folder of its path. */
    private String shortModel() {
        String place = model.replaceFirst("^hf:", "").replaceFirst("@[0-9a-f]{40}$", "");
        return model.startsWith("hf:") ? place : place.substring(place.lastIndexOf('/') + 1);
    }

    /**
     * Returns the steps of the checkpoints that still exist. The trainer removes those beyond the number to keep, and people may
     * remove any.
     */
    private String kept() {
        List<String> there = checkpoints.stream().filter(Saved::there).map(saved -> Integer.toString(saved.step())).toList();
        if (checkpoints.isEmpty()) {
            return NONE;
        }
        return there.isEmpty() ? "removed" : shortened(there) + (there.size() < checkpoints.size() ? ", others removed" : "");
    }

    private static String shortened(List<String> steps) {
        int last = steps.size() - 1;
        return steps.size() <= MOST_STEPS
                ? String.join(", ", steps)
                : steps.get(0) + ", " + steps.get(1) + ", … " + steps.get(last) + " (" + steps.size() + " in all)";
    }
}
