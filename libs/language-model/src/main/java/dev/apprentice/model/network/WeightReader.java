package dev.apprentice.model.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.apprentice.model.ModelException;
import dev.apprentice.model.Precision;
import dev.apprentice.model.family.Architecture;
import dev.apprentice.model.folder.ModelFolder;
import dev.apprentice.model.folder.ModelWeights;
import dev.apprentice.model.lora.LoraAdapter;
import dev.apprentice.model.torchscript.HostMemory;
import dev.apprentice.model.torchscript.TorchScript;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads a model's weights for answering, one by one. Matrices are converted to the requested precision, and an adapter's change is
 * merged in. So loading takes little more memory than the weights need in the end.
 */
final class WeightReader implements AutoCloseable {

    /** The number of elements read in float32 before they are narrowed; more if a row is longer. */
    private static final long PIECE = 1 << 20;

    private final Architecture architecture;
    private final Path folder;
    private final ModelWeights files;
    private final Precision precision;
    private final Optional<LoraAdapter> adapter;
    private final TorchScript program;
    private final NDManager manager;
    private final NDManager host;
    private final NDArray piece;

    private WeightReader(
            ModelFolder folder, Precision precision, Optional<LoraAdapter> adapter, TorchScript program, NDManager manager) {
        this.architecture = folder.architecture();
        this.folder = folder.path();
        this.files = folder.weights();
        this.precision = precision;
        this.adapter = adapter;
        this.program = program;
        this.manager = manager;
        this.host = manager.newSubManager(ai.djl.Device.cpu());
        this.piece = host.create(new Shape(pieceElements(architecture)), DataType.FLOAT32);
    }

    /**
     * Returns the size of the buffer that all weights share. With a buffer for each, the C library could not reuse the gaps they
     * leave.
     */
    private static long pieceElements(Architecture architecture) {
        return architecture.weights().stream()
                .mapToLong(weight -> weight.elements() / weight.dimensions()[0])
                .reduce(PIECE, Math::max);
    }

    /** @param adapter closed with the reader */
    static WeightReader open(
            ModelFolder folder, Precision precision, Optional<LoraAdapter> adapter, Target target, NDManager manager) {
        TorchScript program = Program.load(manager, folder.architecture(), target, 0, adapter);
        try {
            return new WeightReader(folder, precision, adapter, program, manager);
        } catch (RuntimeException e) {
            program.close();
            throw e;
        }
    }

    /**
     * Returns a weight as a new tensor of the manager. Vectors are float32 in any precision: they are small, and norms need it.
     *
     * @param weight its index
     * @throws ModelException if the weight is missing or its shape differs from what config.json says
     */
    NDArray read(int weight) {
        long[] shape = architecture.weights().get(weight).dimensions();
        if (adapter.filter(there -> there.adapts(weight)).isPresent()) {
            return merged(weight, shape);
        }
        return isNarrow(shape)
                ? narrowed(shape, contents(weight), piece, program, manager)
                : HostMemory.newTensor(manager, shape, contents(weight));
    }

    private Consumer<ByteBuffer> contents(int weight) {
        return Weights.contents(files, architecture.weights().get(weight), architecture.prefix(), folder);
    }

    private boolean isNarrow(long[] shape) {
        return precision == Precision.BFLOAT16 && shape.length > 1;
    }

    /** Merges in float32 first: the adapter's change may be too small for bfloat16 to represent beside the weight. */
    private NDArray merged(int weight, long[] shape) {
        try (NDManager temporary = manager.newSubManager()) {
            NDArray other = temporary.create(new Shape(0));
            List<NDArray> all = new ArrayList<>(Collections.nCopies(architecture.weights().size(), other));
            all.set(weight, HostMemory.newTensor(temporary, shape, contents(weight)));
            all.addAll(adapter.orElseThrow().tensors());
            NDList merged = program.method("merged").with(all).with((long) weight).run(temporary);
            NDList result = isNarrow(shape) ? program.method("narrow").with(merged).run(temporary) : merged;
            result.attach(manager);
            return result.get(0);
        }
    }

    /**
     * Returns a matrix in bfloat16.
     *
     * @param contents fills buffers with float32 elements, each with whole rows
     * @param piece a flat tensor that buffers rows before they are narrowed; holds one row at least
     */
    static NDArray narrowed(long[] shape, Consumer<ByteBuffer> contents, NDArray piece, TorchScript program, NDManager manager) {
        try (NDManager temporary = manager.newSubManager()) {
            NDArray there = temporary.create(new Shape(0));
            NDList narrowed = program.method("narrow_empty").with(there).withAll(shape).run(temporary);
            long row = new Shape(shape).slice(1).size();
            long together = piece.size() / row;
            for (long first = 0; first < shape[0]; first += together) {
                long count = Math.min(together, shape[0] - first);
                try (NDArray part = piece.get(new NDIndex().addSliceDim(0, count * row))) {
                    HostMemory.overwrite(part, contents);
                    program.method("narrow_rows").with(narrowed.get(0)).with(first).with(part).with(count).run(temporary);
                }
            }
            narrowed.attach(manager);
            return narrowed.get(0);
        }
    }

    @Override
    public void close() {
        host.close();
        files.close();
        program.close();
        adapter.ifPresent(LoraAdapter::close);
    }
}
