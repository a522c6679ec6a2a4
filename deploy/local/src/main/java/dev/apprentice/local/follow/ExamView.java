package dev.apprentice.local.follow;

import dev.apprentice.local.client.Answered;
import dev.apprentice.local.client.StepReport;
import dev.apprentice.local.terminal.Bar;
import dev.apprentice.local.terminal.Screen;
import java.util.Optional;

/** Shows one checkpoint's exam: a bar for the answers, a bar for the grades. */
final class ExamView implements AutoCloseable {

    private final Screen screen;
    private final String checkpoint;
    private Optional<Bar> answers = Optional.empty();
    private Optional<Bar> grades = Optional.empty();
    private boolean answered;
    private boolean graded;

    ExamView(Screen screen, int step) {
        this.screen = screen;
        this.checkpoint = step == 0 ? "base" : "step " + step;
    }

    boolean answered() {
        return answered;
    }

    boolean graded() {
        return graded;
    }

    void show(Answered exam) {
        if (answered) {
            return;
        }
        if (answers.isEmpty()) {
            answers = Optional.of(new Bar(screen, "answer, " + checkpoint, "answers", exam.questions()));
        }
        answers.get().update(exam.examples().size());
        if (exam.complete()) {
            answered = true;
            answers.get().close();
        }
    }

    void show(StepReport report) {
        if (graded) {
            return;
        }
        if (grades.isEmpty()) {
            grades = Optional.of(new Bar(screen, "grade, " + checkpoint, "grades", report.questions()));
        }
        grades.get().update(report.graded());
        if (report.complete()) {
            graded = true;
            grades.get().close();
        }
    }

    /** Leaves the bars as they are. */
    @Override
    public void close() {
        if (!answered) {
            answers.ifPresent(Bar::close);
        }
        if (!graded) {
            grades.ifPresent(Bar::close);
        }
    }
}
