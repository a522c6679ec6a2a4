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
 * Where a tensor lies, on a processor or on a graphics card, for other native libraries. DJL gives a buffer in place, but in
 * public only of what lies on a processor.
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
     * The address of its first element; the others follow without gaps. It holds as long as the tensor is open.
     *
     * @param flat 1 dimension and at least 1 element, of any size: a buffer of all of it could have 2 GiB at most
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
