package dev.apprentice.judge.report;

import dev.apprentice.contracts.event.Score;
import dev.apprentice.judge.metrics.ExamFigure;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * An exam's scores as a table of numbers: a row for each example, each figure's numbers beside the others'.
 *
 * <pre>
 *              token_f1       judge:llama3
 * example e0   [0.5, 1,       80, 1]
 * example e1   [0.25, 1,      0, 0]        its judgement could not be read
 * </pre>
 *
 * @param figures in this order
 * @param rows one for each example, as wide as all figures together
 */
record ExamTable(List<ExamFigure> figures, double[][] rows) {

    /** Sums of floating-point numbers depend on their order; the same order gives the same bits. */
    static final Comparator<Score> EXAM_ORDER =
            Comparator.comparingInt(Score::index).thenComparing(Score::example);

    /** The table of these scores, in their order. */
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

    /** All rows added up. */
    double[] sums() {
        int[] once = new int[rows.length];
        Arrays.fill(once, 1);
        return sums(once);
    }

    /** Each row as often as this says, added up. */
    double[] sums(int[] times) {
        double[] sums = new double[figures.stream().mapToInt(ExamFigure::width).sum()];
        for (int example = 0; example < rows.length; example++) {
            if (times[example] > 0) {
                add(rows[example], times[example], sums);
            }
        }
        return sums;
    }

    /** Each figure of rows that add up to these. */
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

    /** Adds a row so many times. */
    static void add(double[] row, double times, double[] sums) {
        for (int column = 0; column < sums.length; column++) {
            sums[column] += times * row[column];
        }
    }
}
