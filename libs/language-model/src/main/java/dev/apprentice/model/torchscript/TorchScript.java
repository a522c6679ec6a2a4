package dev.apprentice.model.torchscript;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * A compiled TorchScript program. It has no state: all tensors are passed in. So programs with equal sources share one
 * compilation, which takes longer than everything else in loading a small model.
 */
public final class TorchScript implements AutoCloseable {

    private final CompiledScripts.Compiled compiled;
    private final PtSymbolBlock module;
    private boolean isClosed;

    /**
     * Compiles a source, unless it is in the cache.
     *
     * @param manager determines the device that the program runs on
     * @param className the module's class in the source
     * @param source TorchScript as PyTorch serialises it
     * @throws ai.djl.engine.EngineException showing the place in the source that does not compile
     */
    public TorchScript(NDManager manager, String className, String source) {
        this(manager, className, source, List.of());
    }

    /** Compiles a source with tensors, which it calls {@code CONSTANTS.c0}, {@code CONSTANTS.c1} and so on. */
    public TorchScript(NDManager manager, String className, String source, List<TensorConstant> constants) {
        compiled = CompiledScripts.of(manager.getDevice(), className, source, constants);
        module = compiled.module();
    }

    /** Prepares a call. */
    public Call method(String name) {
        return new Call(name);
    }

    @Override
    public void close() {
        if (!isClosed) {
            isClosed = true;
            compiled.release();
        }
    }

    /** A call with its arguments so far, in the order of the method's parameters. */
    public final class Call {

        private final String method;
        private final List<Supplier<IValue>> arguments = new ArrayList<>();

        private Call(String method) {
            this.method = method;
        }

        /** Passes a {@code Tensor}. */
        public Call with(NDArray tensor) {
            arguments.add(() -> IValue.from((PtNDArray) tensor));
            return this;
        }

        /** Passes a {@code List[Tensor]}. */
        public Call with(List<NDArray> tensors) {
            arguments.add(() -> IValue.listFrom(tensors.toArray(PtNDArray[]::new)));
            return this;
        }

        /** Passes an {@code int}. */
        public Call with(long number) {
            arguments.add(() -> IValue.from(number));
            return this;
        }

        /** Passes a {@code float}, which has the precision of Java's double. */
        public Call with(double number) {
            arguments.add(() -> IValue.from(number));
            return this;
        }

        /** Passes a {@code bool}. */
        public Call with(boolean flag) {
            arguments.add(() -> IValue.from(flag));
            return this;
        }

        /** Passes a {@code List[int]}. */
        public Call withAll(long... numbers) {
            arguments.add(() -> IValue.listFrom(numbers));
            return this;
        }

        /** Passes a {@code List[float]}. */
        public Call withAll(double... numbers) {
            arguments.add(() -> IValue.listFrom(numbers));
            return this;
        }

        /** Runs the call; its results belong to the manager. */
        public NDList run(NDManager manager) {
            return run(manager, false);
        }

        /** Runs the call with gradients recorded, for programs that call {@code torch.grad}. */
        public NDList runWithGradients(NDManager manager) {
            return run(manager, true);
        }

        private NDList run(NDManager manager, boolean gradients) {
            PyTorch.prepareThread();
            List<IValue> passed = arguments.stream().map(Supplier::get).toList();
            boolean before = JniUtils.isGradMode();
            JniUtils.setGradMode(gradients);
            try (IValue result = ModuleMethod.run(module, method, passed)) {
                return result.toNDList((PtNDManager) manager);
            } finally {
                JniUtils.setGradMode(before);
                passed.forEach(IValue::close);
            }
        }
    }
}
