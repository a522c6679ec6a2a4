package dev.apprentice.model.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.apprentice.model.torchscript.TorchScript;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Parameters as views of one flat tensor, and their operands as views of another.
 *
 * <pre>
 * flat      | matrix 0 | 0 | matrix 1 | 0 | ... | vector 0 | 0 | vector 1 | 0 |
 *           0                                   matrices                      size
 * </pre>
 *
 * Each parameter begins at a multiple of 128 elements. The head's matrix is padded with rows of zeros to a multiple of 64 rows.
 *
 * @param parameters in their original order
 * @param weights the flat tensor, float32
 * @param copies the flat tensor of the matrices' bfloat16 copies; empty when computing in float32
 * @param places where each parameter begins
 * @param matrices the number of elements of the matrices, padding included
 * @param head the index of the head among the parameters; empty if it is not trained
 * @param headRows the number of rows of the head's matrix, padding included; 0 without a head
 */
public record FlatParameters(
        Parameters parameters,
        NDArray weights,
        List<NDArray> copies,
        long[] places,
        long matrices,
        Optional<Integer> head,
        long headRows) {

    private static final long ALIGNMENT = 128;
    private static final long ROWS = 64;

    static FlatParameters of(Parameters former, Optional<Integer> head, TorchScript program, NDManager manager) {
        List<NDArray> tensors = former.tensors();
        long headRows = head.map(place -> paddedRows(tensors.get(place).getShape().get(0))).orElse(0L);
        long[] places = new long[tensors.size()];
        long matrices = lay(tensors, true, 0, places, head, headRows);
        long size = lay(tensors, false, matrices, places, head, headRows);
        NDArray weights = zeros(program, tensors.get(0), size, false, manager);
        List<NDArray> moved = views(program, weights, tensors, places, manager);
        for (int i = 0; i < tensors.size(); i++) {
            copy(program, moved.get(i), tensors.get(i), manager);
        }
        List<NDArray> copies = former.haveCopies()
                ? List.of(zeros(program, tensors.get(0), matrices, true, manager))
                : List.of();
        List<NDArray> operands = former.haveCopies()
                ? operands(program, former, moved, copies.get(0), places, manager)
                : moved;
        return new FlatParameters(
                new Parameters(former.names(), moved, operands), weights, copies, places, matrices, head, headRows);
    }

    /** Returns views of the copies for matrices. Vectors are computed with in float32, so their own views serve. */
    private static List<NDArray> operands(
            TorchScript program, Parameters former, List<NDArray> moved, NDArray copies, long[] places, NDManager manager) {
        List<NDArray> operands = new ArrayList<>();
        for (int i = 0; i < moved.size(); i++) {
            Shape shape = moved.get(i).getShape();
            NDArray operand = isMatrix(shape) ? view(program, copies, places[i], shape, manager) : moved.get(i);
            if (isMatrix(shape)) {
                copy(program, operand, former.operands().get(i), manager);
            }
            operands.add(operand);
        }
        return List.copyOf(operands);
    }

    private static long lay(
            List<NDArray> tensors, boolean matrices, long begin, long[] places, Optional<Integer> head, long headRows) {
        long place = begin;
        for (int i = 0; i < places.length; i++) {
            Shape shape = tensors.get(i).getShape();
            if (isMatrix(shape) == matrices) {
                places[i] = place;
                boolean isHead = head.isPresent() && head.get() == i;
                place = up(place + (isHead ? headRows * shape.get(1) : shape.size()), ALIGNMENT);
            }
        }
        return place;
    }

    private static boolean isMatrix(Shape shape) {
        return shape.dimension() > 1;
    }

    /** Returns the number of rows of a head, rounded up to a multiple of 64. */
    public static long paddedRows(long rows) {
        return up(rows, ROWS);
    }

    private static long up(long number, long multiple) {
        return (number + multiple - 1) / multiple * multiple;
    }

    /** Returns the number of elements of the flat tensor. */
    public long size() {
        return weights.size();
    }

    /** Returns views of a flat tensor that has this layout, one for each parameter. */
    public List<NDArray> views(NDArray flat, TorchScript program, NDManager manager) {
        return views(program, flat, parameters.tensors(), places, manager);
    }

    /** Returns the head's matrix, padding rows included, from a flat tensor that has this layout. */
    public Optional<NDArray> paddedHead(NDArray flat, TorchScript program, NDManager manager) {
        return head.map(place -> {
            long columns = parameters.tensors().get(place).getShape().get(1);
            return view(program, flat, places[place], new Shape(headRows, columns), manager);
        });
    }

    public static NDArray zeros(TorchScript program, NDArray like, long size, boolean narrow, NDManager manager) {
        return program.method("zeros").with(like).with(size).with(narrow).run(manager).get(0);
    }

    private static List<NDArray> views(
            TorchScript program, NDArray flat, List<NDArray> like, long[] places, NDManager manager) {
        List<NDArray> views = new ArrayList<>();
        for (int i = 0; i < places.length; i++) {
            views.add(view(program, flat, places[i], like.get(i).getShape(), manager));
        }
        return List.copyOf(views);
    }

    private static NDArray view(TorchScript program, NDArray flat, long place, Shape shape, NDManager manager) {
        return program.method("view")
                .with(flat)
                .with(place)
                .with(shape.size())
                .withAll(shape.getShape())
                .run(manager)
                .get(0);
    }

    private static void copy(TorchScript program, NDArray to, NDArray from, NDManager manager) {
        try (NDManager temporary = manager.newSubManager()) {
            program.method("copy").with(to).with(from).run(temporary);
        }
    }
}
