package dev.apprentice.cli.follow;

import dev.apprentice.cli.terminal.Bar;
import dev.apprentice.cli.terminal.Screen;
import dev.apprentice.contracts.event.Progress;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Shows a run's progress events: a bar for the batches, a bar for the steps, and a line for each other message. */
final class TrainingView implements AutoCloseable {

    private final Screen screen;
    private final UnaryOperator<String> wording;
    private Optional<Bar> preparing = Optional.empty();
    private Optional<Bar> training = Optional.empty();
    private String said = "";

    /** Creates a view. @param wording rewords a service's message for the user */
    TrainingView(Screen screen, UnaryOperator<String> wording) {
        this.screen = screen;
        this.wording = wording;
    }

    void show(Progress progress) {
        switch (progress.phase()) {
            case WAITING, CHECKPOINTING -> progress.message().ifPresent(this::say);
            case PREPARING -> prepare(progress);
            case PREPARED -> prepared(progress);
            case TRAINING -> train(progress);
            case EVALUATING -> screen.print(losses(progress));
            case SAMPLING -> progress.sample().ifPresent(sample -> screen.print(SampleText.of(sample, screen.width())));
            case COMPLETED, FAILED, CANCELLED -> {
                close();
                progress.message().ifPresent(message -> screen.print(progress.run() + ": " + wording.apply(message)));
            }
        }
    }

    private void prepare(Progress progress) {
        progress.pieces().total().ifPresent(total -> {
            if (preparing.isEmpty()) {
                preparing = Optional.of(new Bar(screen, "prepare batches", "batches", total));
            }
        });
        progress.pieces().done().ifPresent(done -> preparing.ifPresent(bar -> bar.update(done)));
    }

    /** Closes the bar. Small data may be prepared before the first event is seen, so there may be no bar. */
    private void prepared(Progress progress) {
        prepare(progress);
        preparing.ifPresent(Bar::close);
        preparing = Optional.empty();
        progress.message().ifPresent(this::say); // how the examples are split, what is too long, what are duplicates
    }

    private void train(Progress progress) {
        progress.steps().ifPresent(steps -> {
            if (training.isEmpty()) {
                training = Optional.of(new Bar(screen, "train", "steps", steps));
            }
        });
        training.ifPresent(bar -> bar.update(progress.step()));
    }

    private void say(String message) {
        if (!message.equals(said)) {
            said = message;
            screen.print(wording.apply(message));
        }
    }

    private static String losses(Progress progress) {
        boolean endless = progress.epochs() == 0;
        return String.format(
                "%sstep %5d  training loss %s  validation loss %s",
                endless ? "" : "epoch " + progress.epoch() + "/" + progress.epochs() + "  ",
                progress.step(),
                loss(progress.figures().trainLoss()),
                loss(progress.figures().validationLoss()));
    }

    private static String loss(Optional<Double> loss) {
        return loss.map(value -> String.format(Locale.ROOT, "%.3f", value)).orElse("-");
    }

    /** Leaves the bars as they are. */
    @Override
    public void close() {
        preparing.ifPresent(Bar::close);
        training.ifPresent(Bar::close);
        preparing = Optional.empty();
        training = Optional.empty();
    }
}
