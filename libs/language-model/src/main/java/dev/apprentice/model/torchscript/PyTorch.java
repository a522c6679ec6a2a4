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
 * <p>System properties: {@code ai.djl.pytorch.num_threads} is the number of threads that a single operator may use; the default is
 * all cores. {@code OMP_NUM_THREADS} has no effect. Results are reproducible to the byte only with an equal number.
 * {@code PYTORCH_LIBRARY_PATH} is a folder with another libtorch.
 */
public final class PyTorch {

    private static final String THREADS_PROPERTY = "ai.djl.pytorch.num_threads";

    /** Whether the thread has been prepared; PyTorch keeps these settings for each thread. */
    private static final ThreadLocal<Boolean> PREPARED = ThreadLocal.withInitial(PyTorch::prepare);

    private PyTorch() {}

    /**
     * Gives the calling thread the settings that all threads compute with. PyTorch keeps settings for each thread, so an
     * unprepared thread would use PyTorch's defaults. The thread that started PyTorch would keep its settings from the start.
     */
    static void prepareThread() {
        PREPARED.get();
    }

    private static boolean prepare() {
        int threads = Thread.currentThread() instanceof SingleThreads.Single ? 1 : threads();
        // The first query in a thread applies the number that was last set in any thread; only after that does ours stay.
        JniUtils.getNumThreads();
        JniUtils.setNumThreads(threads);
        // The profiling executor compiles a program anew for every new shape, and gains nothing on these programs.
        JniUtils.setGraphExecutorOptimize(false);
        return true;
    }

    /**
     * Creates a manager for tensors on a device. Closing it frees what it owns.
     *
     * @throws ModelException if it is a GPU that PyTorch does not see
     */
    public static NDManager newManager(Device device) {
        if (device.kind() == Device.Kind.CPU) {
            return engine().newBaseManager(ai.djl.Device.cpu());
        }
        if (device.index() >= gpus()) {
            throw new ModelException("the device " + device + " does not exist: PyTorch sees "
                    + (gpus() == 0
                            ? "no GPU: " + GraphicsCards.whyNone(GraphicsCards.find(), GraphicsCards.flavor())
                            : gpus() == 1 ? "only gpu:0" : "only gpu:0 to gpu:" + (gpus() - 1))
                    + "; or use cpu");
        }
        return engine().newBaseManager(ai.djl.Device.gpu(device.index()));
    }

    /** Returns the number of graphics cards that PyTorch can use; 0 if it was built without CUDA. */
    public static int gpus() {
        return engine().getGpuCount();
    }

    /** Returns the number of threads that one operator may use. */
    public static int threads() {
        engine();
        return Started.THREADS;
    }

    /** Returns the version, such as {@code 2.7.1}. */
    public static String version() {
        return engine().getVersion();
    }

    /**
     * Lets graphics cards multiply float32 matrices in TF32, with 10 bits of mantissa instead of 23. Must be called before any
     * other use of PyTorch, which reads this setting once.
     */
    public static void allowTf32() {
        NativeEnvironment.set("TORCH_ALLOW_TF32_CUBLAS_OVERRIDE", "1");
    }

    /** Describes what results depend on to the last digit, besides the machine, such as {@code PyTorch 2.7.1 with 4 threads}. */
    public static String description() {
        return "PyTorch " + version() + " with " + threads() + (threads() == 1 ? " thread" : " threads");
    }

    /**
     * Returns the engine.
     *
     * @throws ModelException at each call if PyTorch cannot be loaded, with the reason and the way out
     */
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
            // so that gpu:1 is also 1 in nvidia-smi and the gauges; by default, CUDA numbers the fastest card 0
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
