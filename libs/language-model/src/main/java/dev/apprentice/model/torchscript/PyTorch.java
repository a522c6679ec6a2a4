package dev.apprentice.model.torchscript;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;

/**
 * PyTorch in this process, started at first use.
 *
 * <p>System properties: {@code ai.djl.pytorch.num_threads}, threads a single operator may use, all cores unless set;
 * results are the same bytes only with the same number. {@code PYTORCH_LIBRARY_PATH}, a folder with another libtorch.
 */
public final class PyTorch {

    private static final String THREADS = "ai.djl.pytorch.num_threads";

    private PyTorch() {}

    /** A new manager; what it owns is freed when it is closed. */
    public static NDManager newManager() {
        return Started.ENGINE.newBaseManager();
    }

    /** Threads that one operator may use. */
    public static int threads() {
        return JniUtils.getNumThreads();
    }

    private static final class Started {

        static final Engine ENGINE = start();

        private static Engine start() {
            // The native library is on the class path; without these DJL would look for a newer one on the network,
            // and tell its makers about it.
            setUnlessSet("ai.djl.offline", "true");
            setUnlessSet("OPT_OUT_TRACKING", "true");
            setUnlessSet(THREADS, Integer.toString(Runtime.getRuntime().availableProcessors()));
            setUnlessSet("ai.djl.pytorch.graph_optimizer", "false");
            Engine engine = Engine.getEngine("PyTorch");
            // The profiling executor compiles a program anew for every new shape, and gains nothing on this one.
            JniUtils.setGraphExecutorOptimize(false);
            return engine;
        }

        private static void setUnlessSet(String property, String value) {
            if (System.getProperty(property) == null) {
                System.setProperty(property, value);
            }
        }
    }
}
