package dev.apprentice.cli.follow;

import dev.apprentice.cli.client.InferenceClient;
import dev.apprentice.cli.client.JudgeClient;
import dev.apprentice.cli.client.ServiceException;
import dev.apprentice.cli.client.answer.StepReport;
import dev.apprentice.cli.client.answer.WaitingExam;
import dev.apprentice.cli.terminal.Screen;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Shows the exams of a run's checkpoints, by asking inference-service and judge-service. */
final class ExamProgress implements AutoCloseable {

    private final String run;
    private final InferenceClient inference;
    private final JudgeClient judge;
    private final Screen screen;
    private final SortedMap<Integer, ExamView> exams = new TreeMap<>();
    private final Set<String> waiting = new HashSet<>();

    ExamProgress(String run, InferenceClient inference, JudgeClient judge, Screen screen) {
        this.run = run;
        this.inference = inference;
        this.judge = judge;
        this.screen = screen;
    }

    /** Asks for the progress of these checkpoints' exams and shows it. */
    void look(Set<Integer> steps) {
        for (int step : steps) {
            ExamView exam = exams.computeIfAbsent(step, each -> new ExamView(screen, each));
            if (!exam.answered()) {
                ServiceException.found(() -> inference.responses(run, Optional.of(step))).ifPresent(exam::show);
            }
        }
        if (!over(steps, Map.of())) {
            ServiceException.found(() -> inference.waiting(run)).ifPresent(exams -> exams.forEach(this::say));
            ServiceException.found(() -> judge.report(run)).ifPresent(report -> report.steps().forEach(this::show));
        }
    }

    /** Prints why a checkpoint's exam waits, once for each reason. */
    private void say(WaitingExam exam) {
        String words = exam.prompts() + " questions to step " + exam.step() + " wait: " + exam.reason();
        if (waiting.add(exam.step() + " " + exam.reason())) {
            screen.print(words);
        }
    }

    private void show(StepReport report) {
        Optional.ofNullable(exams.get(report.step())).ifPresent(exam -> exam.show(report));
    }

    /** Tells whether every question of this checkpoint's exam is answered and graded. */
    boolean complete(int step) {
        return over(Set.of(step), Map.of());
    }

    /** Tells whether every question of these checkpoints' exams is answered and graded, except lost ones. */
    boolean over(Set<Integer> steps, Map<Integer, LostAnswers.Lost> lost) {
        return steps.stream().allMatch(step -> exams.containsKey(step)
                && exams.get(step).over(Optional.ofNullable(lost.get(step))));
    }


    /** Leaves all bars as they are. */
    @Override
    public void close() {
        exams.values().forEach(ExamView::close);
    }
}
