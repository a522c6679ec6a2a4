package dev.apprentice.model.card;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.ptr.IntByReference;
import java.util.Optional;

/** The CUDA runtime library, which programs are linked to. A libtorch for CUDA loads it into the process. */
public final class CudaRuntime {

    private CudaRuntime() {}

    /** The part of cuda_runtime_api.h that is used here. 0 is success. */
    interface Functions extends Library {

        /** @param version 1000 times the major plus 10 times the minor version */
        int cudaRuntimeGetVersion(IntByReference version);
    }

    /**
     * Returns a version such as {@code 12.9}; empty if there is no CUDA runtime or it does not state its version.
     *
     * @param flavor see {@link GraphicsCards#flavor()}; the library's name has its major version
     */
    public static Optional<String> version(String flavor) {
        if (!flavor.matches("cu\\d{3}")) {
            return Optional.empty();
        }
        try { // under this name, the library is the one that libtorch has loaded, wherever its file is
            return version(Native.load("libcudart.so." + flavor.substring(2, 4), Functions.class));
        } catch (UnsatisfiedLinkError e) { // then it is part of libtorch
            return Optional.empty();
        }
    }

    static Optional<String> version(Functions functions) {
        IntByReference version = new IntByReference();
        return functions.cudaRuntimeGetVersion(version) == 0
                ? Optional.of(GraphicsCards.cuda(version.getValue()))
                : Optional.empty();
    }
}
