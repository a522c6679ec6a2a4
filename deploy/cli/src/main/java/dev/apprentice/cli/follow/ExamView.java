package dev.apprentice.cli.follow;

import dev.apprentice.cli.client.answer.Answered;
import dev.apprentice.cli.client.answer.StepReport;
import dev.apprentice.cli.terminal.Bar;
import dev.apprentice.cli.terminal.Screen;
import java.util.Optional;

/** Shows one checkpoint's exam: a bar for the answers, a bar for the grades. */
final class ExamView implements AutoCloseable {

    private final Screen screen;
    private final String checkpoint;
    private Optional<Bar> answerBar = Optional.empty();
    private Optional<Bar> gradeBar = Optional.empty();
    private boolean answered;
    private boolean graded;
    private int questions;
    private int grades;

    ExamView(Screen screen, int step) {
        this.screen = screen;
        this.checkpoint = step == 0 ? "base" : "step " + step;
    }

    boolean answered() {
        return answered;
    }

    /** Tells whether every question is answered and graded, except lost ones. */
    boolean over(Optional<LostAnswers.Lost> lost) {
        return answered && graded || lost.map(this::graded).orElse(false);
    }

    private boolean graded(LostAnswers.Lost lost) {
        int asked = Math.max(questions, lost.questions());
        return asked > 0 && grades + lost.examples().size() >= asked;
    }

    void show(Answered exam) {
        questions = Math.max(questions, exam.questions());
        if (answered) {
            return;
        }
        if (answerBar.isEmpty()) {
            answerBar = Optional.of(new Bar(screen, "answer, " + checkpoint, "answers", exam.questions()));
        }
        answerBar.get().update(exam.examples().size());
        if (exam.complete()) {
            answered = true;
            answerBar.get().close();
        }
    }

    void show(StepReport report) {
        questions = Math.max(questions, report.questions());
        grades = report.graded();
        if (graded) {
            return;
        }
        if (gradeBar.isEmpty()) {
            gradeBar = Optional.of(new Bar(screen, "grade, " + checkpoint, "grades", report.questions()));
        }
        gradeBar.get().update(report.graded());
        if (report.complete()) {
            graded = true;
            gradeBar.get().close();
        }
    }

    /** Leaves the bars as they are. */
    @Override
    public void close() {
        if (!answered) {
            answerBar.ifPresent(Bar::close);
        }
        if (!graded) {
            gradeBar.ifPresent(Bar::close);
        }
    }
}
