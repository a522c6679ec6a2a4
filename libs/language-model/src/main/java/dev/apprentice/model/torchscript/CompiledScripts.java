package dev.apprentice.model.torchscript;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A cache of the programs requested last, so that each source is compiled once. An evicted program stays usable until all its
 * users have released it.
 */
final class CompiledScripts {

    /** The number of programs to keep. A model for training and one for answering have two each, an adapter has one more. */
    private static final int KEPT = 6;

    /** The programs by their source, least recently requested first; guarded by the class. */
    private static final Map<Key, Compiled> LAST = new LinkedHashMap<>(KEPT, 0.75f, true);

    private CompiledScripts() {}

    private record Key(Device device, String className, String source, List<TensorConstant> constants) {}

    /**
     * Returns the compiled program, compiling it if it is not in the cache. The caller must release it when it is no longer
     * needed.
     */
    static synchronized Compiled of(Device device, String className, String source, List<TensorConstant> constants) {
        Key key = new Key(device, className, source, List.copyOf(constants));
        Compiled compiled = LAST.get(key);
        if (compiled == null) {
            compiled = new Compiled(device, TorchScriptArchive.pack(className, source, constants));
            LAST.put(key, compiled);
            forgetTheEldest();
        }
        compiled.users++;
        return compiled;
    }

    private static void forgetTheEldest() {
        Iterator<Compiled> all = LAST.values().iterator();
        while (LAST.size() > KEPT) {
            Compiled eldest = all.next();
            all.remove();
            eldest.isKept = false;
            eldest.closeIfUnused();
        }
    }

    /** A compiled program. Thread-safe: several threads may run it at once. */
    static final class Compiled {

        private final NDManager manager;
        private final PtSymbolBlock module;
        private int users;
        private boolean isKept = true;

        private Compiled(Device device, byte[] archive) {
            manager = Engine.getEngine("PyTorch").newBaseManager(device);
            try {
                module = JniUtils.loadModule((PtNDManager) manager, new ByteArrayInputStream(archive), true, false);
            } catch (IOException e) {
                manager.close();
                throw new UncheckedIOException("a stream in memory failed", e);
            } catch (RuntimeException e) {
                manager.close();
                throw e;
            }
        }

        PtSymbolBlock module() {
            return module;
        }

        void release() {
            synchronized (CompiledScripts.class) {
                users--;
                closeIfUnused();
            }
        }

        private void closeIfUnused() {
            if (!isKept && users == 0) {
                module.close();
                manager.close();
            }
        }
    }
}
