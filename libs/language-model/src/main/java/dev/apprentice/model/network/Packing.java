package dev.apprentice.model.network;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.apprentice.model.Precision;
import dev.apprentice.model.family.Architecture;
import dev.apprentice.model.torchscript.TorchScript;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Packs matrices into the layout that PyTorch's oneDNN multiplies by. Otherwise every multiplication by a few rows would pack its
 * matrix again, which takes at least as long as the multiplication itself.
 *
 * @param program the program that computes with packed matrices
 * @param withHead whether the head is packed too
 */
record Packing(TorchScript program, boolean withHead) {

    /** The greatest error allowed, relative to the largest element of a product: twice the error of rounding to bfloat16. */
    private static final double MOST_ERROR = 0.02;

    private static final System.Logger LOG = System.getLogger(Packing.class.getName());

    /**
     * Returns a packing that works here. Returns empty on a GPU, with a PyTorch without oneDNN, and on a processor that lacks the
     * instructions for bfloat16. Also returns empty if oneDNN multiplies wrongly by packed matrices of these shapes.
     */
    static Optional<Packing> find(Architecture architecture, Precision precision, NDManager manager) {
        if (manager.getDevice().isGpu()) {
            return Optional.empty();
        }
        try (TorchScript trial = Program.loadPacked(manager, architecture, precision, true)) {
            if (!blocksPackRightly(architecture, trial, manager)) {
                LOG.log(System.Logger.Level.INFO, "weights are not packed: on this processor PyTorch computes wrong products"
                        + " with packed weights");
                return Optional.empty();
            }
            Shape head = new Shape(architecture.weights().get(architecture.head()).dimensions());
            boolean withHead = packsRightly(head, false, trial, manager);
            return Optional.of(new Packing(Program.loadPacked(manager, architecture, precision, withHead), withHead));
        } catch (EngineException e) {
            LOG.log(System.Logger.Level.DEBUG, "weights are not packed, because PyTorch cannot do it here", e);
            return Optional.empty();
        }
    }

    /** Tells whether all matrices of the blocks pack correctly; tries each shape once. */
    private static boolean blocksPackRightly(Architecture architecture, TorchScript trial, NDManager manager) {
        Set<Shape> tried = new HashSet<>();
        return IntStream.range(0, architecture.weights().size())
                .filter(i -> isMatrix(architecture, i))
                .mapToObj(i -> new Shape(architecture.weights().get(i).dimensions()))
                .filter(tried::add)
                .allMatch(shape -> packsRightly(shape, architecture.inputByOutput(), trial, manager));
    }

    /** Tells whether products by a packed matrix of this shape are correct. */
    private static boolean packsRightly(Shape shape, boolean transposed, TorchScript trial, NDManager manager) {
        try (NDManager temporary = manager.newSubManager()) {
            return trial.method("packing_error")
                            .withAll(shape.getShape())
                            .with(transposed)
                            .run(temporary)
                            .get(0)
                            .getFloat()
                    < MOST_ERROR;
        }
    }

    /** Tells whether a weight is a matrix of a block; these are packed in any case, unlike the head. */
    static boolean isMatrix(Architecture architecture, int weight) {
        return architecture.isInBlock(weight) && architecture.weights().get(weight).dimensions().length == 2;
    }

    /** @param weight a matrix, or a bias, which is converted to the matrices' precision */
    NDArray pack(NDArray weight, boolean transposed, NDManager manager) {
        try (NDManager temporary = manager.newSubManager()) {
            NDList packed = program.method("pack").with(weight).with(transposed).run(temporary);
            packed.attach(manager);
            return packed.get(0);
        }
    }
}
