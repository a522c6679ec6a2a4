package dev.apprentice.model.torchscript;

import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;

/**
 * Calls a method of a program with arguments of any type and with gradients. DJL's public API has both, but not together.
 * {@link IValueUtils#runMethod} runs in inference mode, whose tensors can never be trained. {@link IValueUtils#forward} passes
 * only tensors, so the program would have to read a number back out of one. On a graphics card, that waits for all queued work.
 */
final class ModuleMethod {

    private static final MethodHandle RUN;
    private static final MethodHandle RESULT;

    static {
        try {
            MethodHandles.Lookup djl = MethodHandles.privateLookupIn(IValueUtils.class, MethodHandles.lookup());
            Class<?> library = djl.findClass("ai.djl.pytorch.jni.PyTorchLibrary");
            MethodType run = MethodType.methodType(
                    long.class, long.class, String.class, long[].class, boolean.class, boolean.class);
            Object instance = djl.findStaticGetter(library, "LIB", library).invoke();
            RUN = djl.findVirtual(library, "moduleRunMethod", run).bindTo(instance);
            RESULT = djl.findConstructor(IValue.class, MethodType.methodType(void.class, long.class));
        } catch (Throwable e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private ModuleMethod() {}

    /** Runs the method. The caller must close the result and the arguments. */
    static IValue run(PtSymbolBlock module, String method, List<IValue> arguments) {
        long[] handles = arguments.stream().mapToLong(IValue::getHandle).toArray();
        try {
            long result = (long) RUN.invokeExact((long) module.getHandle(), method, handles, true, false);
            return (IValue) RESULT.invokeExact(result);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("PyTorch's library threw what it does not declare", e);
        }
    }
}
