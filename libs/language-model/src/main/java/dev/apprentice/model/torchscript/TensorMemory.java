package dev.apprentice.model.torchscript;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;

/**
 * Gives other native libraries the address of a tensor, on a processor or a graphics card. DJL's public API gives buffers in place
 * only for tensors on a processor.
 */
public final class TensorMemory {

    private static final NDIndex FIRST = new NDIndex("0:1");

    private static final MethodHandle BUFFER;

    static {
        try {
            MethodHandles.Lookup djl = MethodHandles.privateLookupIn(JniUtils.class, MethodHandles.lookup());
            Class<?> library = djl.findClass("ai.djl.pytorch.jni.PyTorchLibrary");
            Object instance = djl.findStaticGetter(library, "LIB", library).invoke();
            BUFFER = djl.findVirtual(
                            library, "torchDirectByteBuffer", MethodType.methodType(ByteBuffer.class, long.class))
                    .bindTo(instance);
        } catch (Throwable e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private TensorMemory() {}

    /**
     * Returns the address of the first element; the others follow without gaps. It is valid while the tensor is open.
     *
     * @param flat has 1 dimension and at least 1 element. It may be of any size, since only its first element becomes a buffer; a
     *     buffer of all of it could have 2 GiB at most
     */
    public static Pointer address(NDArray flat) {
        try (NDArray first = flat.get(FIRST)) {
            return Native.getDirectBufferPointer((ByteBuffer) BUFFER.invokeExact((long) ((PtNDArray) first).getHandle()));
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("PyTorch's library threw what it does not declare", e);
        }
    }
}
