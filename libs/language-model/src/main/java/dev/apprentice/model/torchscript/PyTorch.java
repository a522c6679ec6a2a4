package dev.apprentice.model.torchscript;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import dev.apprentice.model.Device;
import dev.apprentice.model.ModelException;
import dev.apprentice.model.card.GraphicsCards;

/**
 * PyTorch in this process, started at first use.
 *
 * <p>System properties: {@code ai.djl.pytorch.num_threads}, threads a single operator may use, all cores unless set;
 * {@code OMP_NUM_THREADS} does not count; results are the same bytes only with the same number. {@code PYTORCH_LIBRARY_PATH}, a folder
 * with another libtorch.
 */
public final class PyTorch {

    private static final String THREADS_PROPERTY = "ai.djl.pytorch.num_threads";

    /** PyTorch keeps these settings for each thread; this remembers which have them. */
    private static final ThreadLocal<Boolean> PREPARED = ThreadLocal.withInitial(PyTorch::prepare);

    private PyTorch() {}

    /**
     * Has the calling thread compute like any other: without it, a thread uses what PyTorch begins with, except the one that
     * happened to start PyTorch, which keeps the settings it had then.
     */
    static void prepareThread() {
        PREPARED.get();
    }

    private static boolean prepare() {
        int threads = Thread.currentThread() instanceof SingleThreads.Single ? 1 : threads();
        // Asked for the first time in a thread, PyTorch sets the number that was last set in any; only then is ours to stay.
        JniUtils.getNumThreads();
        JniUtils.setNumThreads(threads);
        // The profiling executor compiles a program anew for every new shape, and gains nothing on this one.
        JniUtils.setGraphExecutorOptimize(false);
        return true;
    }

    /**
     * A new manager for tensors on a device; what it owns is freed when it is closed.
     *
     * @throws ModelException if it is a GPU that PyTorch does not see
     */
    public static NDManager newManager(Device device) {
        if (device.kind() == Device.Kind.CPU) {
            return engine().newBaseManager(ai.djl.Device.cpu());
        }
        if (device.index() >= gpus()) {
            throw new ModelException("the device " + device + " is not there: PyTorch sees "
                    + (gpus() == 0
                            ? "no GPU: " + GraphicsCards.whyNone(GraphicsCards.find(), GraphicsCards.flavor())
                            : gpus() == 1 ? "only gpu:0" : "only gpu:0 to gpu:" + (gpus() - 1))
                    + "; or use cpu");
        }
        return engine().newBaseManager(ai.djl.Device.gpu(device.index()));
    }

    /** How many graphics cards PyTorch can use; 0 where it was built without CUDA. */
    public static int gpus() {
        return engine().getGpuCount();
    }

    /** Threads that one operator may use. */
    public static int threads() {
        engine();
        return Started.THREADS;
    }

    /** Which PyTorch it is, such as {@code 2.7.1}. */
    public static String version() {
        return engine().getVersion();
    }

    /**
     * Has matrices in float32 be multiplied in TF32 on graphics cards, with 10 bits of mantissa instead of 23. To be called before
     * anything else is asked of PyTorch, which looks at this once.
     */
    public static void allowTf32() {
        NativeEnvironment.set("TORCH_ALLOW_TF32_CUBLAS_OVERRIDE", "1");
    }

    /** What results depend on to the last place, besides the machine: such as {@code PyTorch 2.7.1 with 4 threads}. */
    public static String description() {
        return "PyTorch " + version() + " with " + threads() + (threads() == 1 ? " thread" : " threads");
    }

    /** @throws ModelException if it cannot be loaded, with the reason and the way out, each time that it is asked for */
    private static Engine engine() {
        if (Started.FAILURE != null) {
            throw new ModelException(Started.FAILURE.getMessage(), Started.FAILURE);
        }
        return Started.ENGINE;
    }

    private static final class Started {

        static final Engine ENGINE;
        static final int THREADS;
        static final ModelException FAILURE;

        static {
            Engine engine = null;
            ModelException failure = null;
            try {
                engine = start();
            } catch (EngineException | LinkageError e) {
                failure = new ModelException(LoadFailure.sentence(e), e);
            } catch (ModelException e) {
                failure = e;
            }
            ENGINE = engine;
            FAILURE = failure;
            THREADS = failure == null ? JniUtils.getNumThreads() : 0;
        }

        private static Engine start() {
            NativeMemory.tune();
            // gpu:1 is what nvidia-smi and the gauges call 1, too; by itself, CUDA counts from the fastest card on
            NativeEnvironment.setUnlessSet(GraphicsCards.ORDER, GraphicsCards.DRIVERS_ORDER);
            NativeLibraries.useBundledOnes();
            NativeLibraries.setUnlessSet(THREADS_PROPERTY, Integer.toString(Runtime.getRuntime().availableProcessors()));
            NativeLibraries.setUnlessSet("ai.djl.pytorch.graph_optimizer", "false");
            Engine engine = Engine.getEngine("PyTorch");
            LibtorchVersion.mismatch().ifPresent(what -> {
                throw new ModelException(what);
            });
            try (NDManager manager = engine.newBaseManager(ai.djl.Device.cpu())) {
                VectorFunctions.choose(manager);
            }
            return engine;
        }
    }
}
