package dev.apprentice.cli.report;

import dev.apprentice.cli.client.InferenceClient;
import dev.apprentice.cli.client.JudgeClient;
import dev.apprentice.cli.client.ServiceException;
import dev.apprentice.cli.client.answer.CheckpointLocation;
import dev.apprentice.cli.client.answer.RunReport;
import dev.apprentice.cli.client.answer.RunStatus;
import dev.apprentice.cli.client.answer.StepReport;
import dev.apprentice.cli.terminal.Screen;
import dev.apprentice.contracts.event.Checkpoint;
import dev.apprentice.contracts.event.Progress;
import dev.apprentice.contracts.event.Repeats;
import dev.apprentice.local.system.Ports;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Prints a run's results: loss curve, scores, answers side by side, and the model's location. */
public final class RunSummary {

    private static final int EXAMPLES = 4;

    private final InferenceClient inference;
    private final JudgeClient judge;
    private final Screen screen;

    public RunSummary(Ports ports, Screen screen) {
        this.inference = new InferenceClient(ports);
        this.judge = new JudgeClient(ports);
        this.screen = screen;
    }

    /**
     * Prints the results so far.
     *
     * @param history the run's progress
     */
    public void print(RunStatus run, List<Progress> history) {
        section("Loss of " + run.run());
        LossChart.draw(history, screen.width()).forEach(screen::print);
        printScores(run);
    }

    /** Prints the results without the loss curve. */
    public void printScores(RunStatus run) {
        section("Scores on the test split");
        Optional<RunReport> graded = report(run.run());
        graded.ifPresentOrElse(
                this::printScores,
                () -> screen.print(run.hasExam()
                        ? "No answer has been graded yet."
                        : "The run has no test split, so it has no scores."));
        if (!graded.map(report -> report.steps().stream().allMatch(StepReport::complete)).orElse(!run.hasExam())) {
            judge.missing(run.specification()).forEach(missing -> screen.print(missing.toString()));
        }
        run.newestCheckpoint().ifPresent(newest -> {
            answers(run.run(), newest);
            section("The model after step " + newest.step());
            screen.print(words(newest));
            run.bestCheckpoint().ifPresent(best -> printBest(best, newest));
        });
    }

    private void printScores(RunReport report) {
        ScoreTable.draw(report.steps()).forEach(screen::print);
        report.repeats().map(Repeats::inWords).filter(words -> !words.isEmpty()).ifPresent(words -> screen.print(words + "."));
        report.dataset().ifPresent(dataset -> screen.print("Learned from dataset " + dataset.inWords() + "."));
    }

    private void printBest(Checkpoint best, Checkpoint newest) {
        String which = best.validationLoss()
                .map(loss -> String.format(Locale.ROOT, "lowest validation loss, %.3f", loss))
                .orElse("lowest training loss; nothing is held out for validation");
        if (best.step() == newest.step()) {
            screen.print("It is also the best (" + which + ").");
        } else {
            section("The best model, after step " + best.step() + " (" + which + ")");
            screen.print(words(best));
        }
    }

    private static String words(Checkpoint checkpoint) {
        CheckpointLocation place = CheckpointLocation.of(checkpoint);
        return place.isThere() ? place.toString() : place + " (no longer exists)";
    }

    private void answers(String run, Checkpoint newest) {
        try {
            List<String> lines = SideBySide.draw(
                    inference.responses(run, Optional.of(0)),
                    inference.responses(run, Optional.of(newest.step())),
                    EXAMPLES,
                    screen.width());
            section("Some answers");
            lines.forEach(screen::print);
        } catch (ServiceException e) {
            screen.print(e.getMessage());
        }
    }

    /** Returns the grades of all checkpoints; empty while there are none. */
    private Optional<RunReport> report(String run) {
        return ServiceException.found(() -> judge.report(run));
    }

    private void section(String title) {
        screen.print("");
        screen.print(title);
        screen.print("-".repeat(title.length()));
    }
}
