package dev.apprentice.model.card;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.ptr.IntByReference;
import java.util.Optional;

/** The part of CUDA that programs are linked to; a libtorch for CUDA brings it into the process. */
public final class CudaRuntime {

    private CudaRuntime() {}

    /** The part of cuda_runtime_api.h that is used here. 0 is success. */
    interface Functions extends Library {

        /** @param version 1000 times the major plus 10 times the minor version */
        int cudaRuntimeGetVersion(IntByReference version);
    }

    /**
     * Such as {@code 12.9}; empty where there is none, or it does not say.
     *
     * @param flavor see {@link GraphicsCards#flavor()}; the library's name has its major version
     */
    public static Optional<String> version(String flavor) {
        if (!flavor.matches("cu\\d{3}")) {
            return Optional.empty();
        }
        try { // by this name, it is the one that libtorch has loaded, wherever that lies
            return version(Native.load("libcudart.so." + flavor.substring(2, 4), Functions.class));
        } catch (UnsatisfiedLinkError e) { // it is part of libtorch then
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
