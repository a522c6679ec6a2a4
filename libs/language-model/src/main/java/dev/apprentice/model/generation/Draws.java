package dev.apprentice.model.generation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/** The arguments with which the program for graphics cards draws the rows' next tokens. */
final class Draws {

    private Draws() {}

    /**
     * Returns [figure, row, 1] in float64, the {@link Sampler#figures()} of each row. Takes a random number from each row that
     * draws.
     */
    static NDArray of(List<Continuation> rows, NDManager manager) {
        double[] all = new double[Sampler.FIGURES * rows.size()];
        for (int row = 0; row < rows.size(); row++) {
            double[] figures = rows.get(row).figures();
            for (int i = 0; i < figures.length; i++) {
                all[i * rows.size() + row] = figures[i];
            }
        }
        return manager.create(all, new Shape(Sampler.FIGURES, rows.size(), 1));
    }

    /** Returns [row, longest]: each row's ids, padded with its last id. Empty if no row has a repetition penalty. */
    static NDArray idsOf(List<Continuation> rows, NDManager manager) {
        if (rows.stream().noneMatch(Continuation::penalises)) {
            return manager.create(new long[0]);
        }
        int longest = rows.stream().mapToInt(Continuation::lastPosition).max().orElseThrow() + 1;
        long[] ids = new long[rows.size() * longest];
        for (int row = 0; row < rows.size(); row++) {
            Continuation one = rows.get(row);
            for (int place = 0; place < longest; place++) {
                ids[row * longest + place] = one.id(Math.min(place, one.lastPosition()));
            }
        }
        return manager.create(ids, new Shape(rows.size(), longest));
    }
}
