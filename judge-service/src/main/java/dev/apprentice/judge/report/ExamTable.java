package dev.apprentice.judge.report;

import dev.apprentice.contracts.event.Score;
import dev.apprentice.judge.metrics.ExamFigure;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * An exam's scores as a table of numbers: a row for each example, and adjacent columns for each figure.
 *
 * <pre>
 *              token_f1       judge:llama3
 * example e0   [0.5, 1,       80, 1]
 * example e1   [0.25, 1,      0, 0]        its judgement could not be read
 * </pre>
 *
 * @param figures the figures, in the order of their columns
 * @param rows one row for each example, as wide as all figures together
 */
record ExamTable(List<ExamFigure> figures, double[][] rows) {

    /** The order in which scores are added, since the bits of a floating-point sum depend on the order. */
    static final Comparator<Score> EXAM_ORDER =
            Comparator.comparingInt(Score::index).thenComparing(Score::example);

    /** Creates the table of these scores, in their order. */
    static ExamTable of(List<ExamFigure> figures, List<Score> scores) {
        int width = figures.stream().mapToInt(ExamFigure::width).sum();
        double[][] rows = new double[scores.size()][width];
        for (int example = 0; example < rows.length; example++) {
            int at = 0;
            for (ExamFigure figure : figures) {
                double[] row = rows[example];
                int to = at;
                figure.row().apply(scores.get(example)).ifPresent(own -> System.arraycopy(own, 0, row, to, own.length));
                at += figure.width();
            }
        }
        return new ExamTable(figures, rows);
    }

    int examples() {
        return rows.length;
    }

    /** Returns the sum of all rows. */
    double[] sums() {
        int[] once = new int[rows.length];
        Arrays.fill(once, 1);
        return sums(once);
    }

    /** Returns the sum of all rows, each multiplied by its entry in {@code times}. */
    double[] sums(int[] times) {
        double[] sums = new double[figures.stream().mapToInt(ExamFigure::width).sum()];
        for (int example = 0; example < rows.length; example++) {
            if (times[example] > 0) {
                add(rows[example], times[example], sums);
            }
        }
        return sums;
    }

    /** Returns each figure of rows that add up to these sums. */
    double[] values(double[] sums) {
        double[] values = new double[figures.size()];
        int at = 0;
        for (int figure = 0; figure < values.length; figure++) {
            int width = figures.get(figure).width();
            values[figure] = figures.get(figure).value().applyAsDouble(Arrays.copyOfRange(sums, at, at + width));
            at += width;
        }
        return values;
    }

    /** Adds a row to the sums, multiplied by {@code times}. */
    static void add(double[] row, double times, double[] sums) {
        for (int column = 0; column < sums.length; column++) {
            sums[column] += times * row[column];
        }
    }
}
