package dev.apprentice.cli.follow;

import dev.apprentice.cli.client.InferenceClient;
import dev.apprentice.cli.client.JudgeClient;
import dev.apprentice.cli.client.ServiceException;
import dev.apprentice.cli.client.TrainerClient;
import dev.apprentice.cli.client.UnreachableException;
import dev.apprentice.cli.client.answer.RunStatus;
import dev.apprentice.cli.letters.LetterFeed;
import dev.apprentice.cli.report.LossHistory;
import dev.apprentice.cli.terminal.Screen;
import dev.apprentice.cli.terminal.Words;
import dev.apprentice.contracts.event.Checkpoint;
import dev.apprentice.contracts.event.Progress;
import dev.apprentice.contracts.event.Progress.Phase;
import dev.apprentice.local.CommandException;
import dev.apprentice.local.log.Broker;
import dev.apprentice.local.system.Ports;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Shows a run to its end: its training, and the exams of all its checkpoints. */
public final class RunFollower {

    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Duration EVENT_WITHIN = Duration.ofMillis(250);

    private final TrainerClient trainer;
    private final InferenceClient inference;
    private final JudgeClient judge;
    private final Supplier<LetterFeed> deadLetters;
    private final Screen screen;
    private final UnaryOperator<String> wording;
    private String complaint = "";
    private int failures;

    /** Creates a follower. @param wording rewords a service's message for the user */
    public RunFollower(Ports ports, Broker broker, Screen screen, UnaryOperator<String> wording) {
        this(ports, screen, () -> new LetterFeed(broker), wording);
    }

    RunFollower(Ports ports, Screen screen, Supplier<LetterFeed> deadLetters, UnaryOperator<String> wording) {
        this.trainer = new TrainerClient(ports);
        this.inference = new InferenceClient(ports);
        this.judge = new JudgeClient(ports);
        this.deadLetters = deadLetters;
        this.screen = screen;
        this.wording = wording;
    }

    /**
     * Returns when the run has failed, was cancelled, or is trained and all its exams are graded, except lost questions.
     *
     * @throws dev.apprentice.local.CommandException if there is no such run
     */
    public FollowedRun follow(String run) {
        RunStatus status = trainer.run(run);
        LossHistory history = new LossHistory();
        Optional<Instant> lastBefore = status.progress().map(Progress::at);
        boolean caughtUp = false;
        Instant nextLook = Instant.MIN;
        try (ProgressFeed feed = new ProgressFeed(trainer, run);
                TrainingView training = new TrainingView(screen, wording);
                ExamProgress exams = new ExamProgress(run, inference, judge, screen);
                LostAnswers lost = new LostAnswers(run, deadLetters.get(), screen)) {
            JudgeWatch judges = new JudgeWatch(judge, screen);
            Optional<Phase> end = Optional.empty();
            while (true) {
                Optional<Progress> news = feed.next(EVENT_WITHIN);
                news.ifPresent(training::show);
                news.ifPresent(history::add);
                end = end.or(() -> news.map(Progress::phase).filter(Phase::isFinal));
                feed.broken().ifPresent(this::complain);
                if (end.isPresent() && end.get() != Phase.COMPLETED) {
                    return new FollowedRun(status, end.get(), history.evaluations(), Optional.empty());
                }
                // past events come before anything else, so an ended run is shown in its order; clocks of two machines cannot tell them apart
                caughtUp |= end.isPresent() || news.isEmpty() || news.map(Progress::at).equals(lastBefore);
                if (caughtUp && Instant.now().isAfter(nextLook)) {
                    status = look(status, exams, lost, judges);
                    nextLook = Instant.now().plus(LOOK_EVERY);
                }
                if (end.isPresent() && examined(status, exams, lost)) {
                    return new FollowedRun(status, Phase.COMPLETED, history.evaluations(), missing(status, exams, lost));
                }
            }
        }
    }

    private RunStatus look(RunStatus before, ExamProgress exams, LostAnswers lost, JudgeWatch judges) {
        RunStatus status = before;
        try {
            status = trainer.run(before.run());
            exams.look(status.steps());
            if (status.steps().isEmpty() || !exams.over(status.steps(), Map.of())) { // a complete report needs no judge
                judges.look(status.specification());
            }
            lost.look(exams::complete);
            complaint = "";
            failures = 0;
        } catch (UnreachableException e) {
            failed(e);
        } catch (ServiceException e) {
            if (!e.comeAgain()) {
                throw e;
            }
            failed(e);
        }
        return status;
    }

    /** Counts a failure and prints it from the second one on: a service on a busy machine may miss one request. */
    private void failed(CommandException e) {
        failures++;
        if (failures > 1) {
            complain(e);
        }
    }

    private static boolean examined(RunStatus status, ExamProgress exams, LostAnswers lost) {
        boolean lastIsKnown = status.checkpoints().stream().anyMatch(Checkpoint::last);
        return !status.hasExam() || lastIsKnown && exams.over(status.steps(), lost.bySteps());
    }

    private static Optional<String> missing(RunStatus status, ExamProgress exams, LostAnswers lost) {
        return exams.over(status.steps(), Map.of()) ? Optional.empty() : lost.words();
    }

    /** Prints a problem once. */
    private void complain(RuntimeException e) {
        if (!complaint.equals(e.getMessage())) {
            complaint = e.getMessage();
            screen.print(Words.sentence(e.getMessage()) + " Retrying.");
        }
    }
}
