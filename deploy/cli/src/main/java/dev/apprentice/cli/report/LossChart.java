package dev.apprentice.cli.report;

import dev.apprentice.contracts.event.Progress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** Draws losses against steps with characters. */
public final class LossChart {

    private static final int HEIGHT = 12;
    private static final int MARGIN = 9;
    private static final int MOST_COLUMNS = 80;
    private static final char TRAIN = '.';
    private static final char VALIDATION = 'o';

    private final List<Progress> evaluations;
    private final int columns;
    private final int lastStep;
    private final double lowest;
    private final double highest;

    private LossChart(List<Progress> evaluations, int width) {
        this.evaluations = evaluations;
        this.columns = Math.min(MOST_COLUMNS, width - MARGIN);
        this.lastStep = evaluations.stream().mapToInt(Progress::step).max().orElse(0);
        this.lowest = losses().min().orElse(0);
        this.highest = losses().max().orElse(0);
    }

    /**
     * Returns the chart's lines.
     *
     * @param progress a run's progress; only evaluations are drawn
     * @param width characters a line can have
     */
    public static List<String> draw(List<Progress> progress, int width) {
        List<Progress> evaluations =
                progress.stream().filter(each -> each.phase() == Progress.Phase.EVALUATING).toList();
        return evaluations.isEmpty()
                ? List.of("No loss has been measured.")
                : new LossChart(evaluations, width).lines();
    }

    private DoubleStream losses() {
        return evaluations.stream()
                .flatMap(each -> Stream.of(each.figures().trainLoss(), each.figures().validationLoss()))
                .flatMap(Optional::stream)
                .mapToDouble(Double::doubleValue);
    }

    private List<String> lines() {
        char[][] canvas = new char[HEIGHT][columns];
        for (char[] row : canvas) {
            Arrays.fill(row, ' ');
        }
        plot(canvas, progress -> progress.figures().trainLoss(), TRAIN);
        plot(canvas, progress -> progress.figures().validationLoss(), VALIDATION);
        List<String> lines = new ArrayList<>();
        for (int row = 0; row < HEIGHT; row++) {
            lines.add((label(row) + " |" + new String(canvas[row])).stripTrailing());
        }
        lines.add(" ".repeat(MARGIN - 2) + "+" + "-".repeat(columns));
        String end = "step " + lastStep;
        lines.add(" ".repeat(MARGIN - 1) + "0" + " ".repeat(Math.max(1, columns - 1 - end.length())) + end);
        lines.add(" ".repeat(MARGIN - 1) + TRAIN + " training loss   " + VALIDATION + " validation loss");
        return lines;
    }

    private void plot(char[][] canvas, Function<Progress, Optional<Double>> loss, char mark) {
        for (Progress each : evaluations) {
            loss.apply(each).ifPresent(value -> canvas[row(value)][column(each.step())] = mark);
        }
    }

    private int column(int step) {
        return lastStep == 0 ? 0 : (int) Math.round((columns - 1.0) * step / lastStep);
    }

    private int row(double loss) {
        double span = highest - lowest;
        return span == 0 ? HEIGHT - 1 : (int) Math.round((HEIGHT - 1) * (highest - loss) / span);
    }

    /** Returns the loss of a row, for every third row and the last; blanks for the others. */
    private String label(int row) {
        if (row % 3 != 0 && row != HEIGHT - 1) {
            return " ".repeat(MARGIN - 3);
        }
        double loss = highest - (highest - lowest) * row / (HEIGHT - 1);
        return String.format(Locale.ROOT, "%" + (MARGIN - 3) + ".3f", loss);
    }
}
