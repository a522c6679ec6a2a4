package dev.apprentice.model.torchscript;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** A TorchScript program, compiled. It has no state of its own: all tensors are passed in. */
public final class TorchScript implements AutoCloseable {

    private final PtSymbolBlock module;

    /**
     * @param manager says on which device it runs
     * @param className the module's class in the source
     * @param source TorchScript as PyTorch serialises it
     * @throws ai.djl.engine.EngineException showing the place in the source that does not compile
     */
    public TorchScript(NDManager manager, String className, String source) {
        byte[] archive = TorchScriptArchive.pack(className, source);
        try {
            module = JniUtils.loadModule((PtNDManager) manager, new ByteArrayInputStream(archive), true, false);
        } catch (IOException e) {
            throw new UncheckedIOException("a stream in memory failed", e);
        }
    }

    /** Prepares a call. */
    public Call method(String name) {
        return new Call(name);
    }

    @Override
    public void close() {
        module.close();
    }

    /** A call with its arguments so far, in the order of the method's parameters. */
    public final class Call {

        private final String method;
        private final NDList arguments = new NDList();
        private int lists;

        private Call(String method) {
            this.method = method;
        }

        public Call with(NDArray tensor) {
            tensor.setName(null);
            arguments.add(tensor);
            return this;
        }

        /** Passes a {@code List[Tensor]}, which must not be empty. */
        public Call with(List<NDArray> tensors) {
            if (tensors.isEmpty()) {
                throw new IllegalArgumentException(method + " was given an empty list, whose type PyTorch cannot tell");
            }
            // DJL makes one list of all neighbouring arrays with the same name.
            String name = "list" + lists++ + "[]";
            for (NDArray tensor : tensors) {
                tensor.setName(name);
                arguments.add(tensor);
            }
            return this;
        }

        /** Runs it; what it returns belongs to this manager. */
        public NDList run(NDManager manager) {
            return run(manager, false);
        }

        /** Runs it with gradients recorded, for programs that call {@code torch.grad}. */
        public NDList runWithGradients(NDManager manager) {
            return run(manager, true);
        }

        private NDList run(NDManager manager, boolean gradients) {
            PyTorch.prepareThread();
            // DJL takes the method's name from an array called so, and gives results to the first array's manager.
            NDArray marker = manager.create(0f);
            marker.setName("module_method:" + method);
            arguments.add(0, marker);
            boolean before = JniUtils.isGradMode();
            JniUtils.setGradMode(gradients);
            try {
                return IValueUtils.forward(module, arguments, true);
            } finally {
                JniUtils.setGradMode(before);
                marker.close();
            }
        }
    }
}
