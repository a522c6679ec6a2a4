package dev.apprentice.model.ranks;

import ai.djl.ndarray.types.DataType;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import com.sun.jna.ptr.PointerByReference;
import dev.apprentice.model.ModelException;

/**
 * NVIDIA's library NCCL, which adds up tensors on several graphics cards, one for each rank. It queues its work after PyTorch's,
 * on the default stream of the only card that the process sees.
 */
final class Nccl implements AutoCloseable {

    /** The library's name: finds the one in LD_LIBRARY_PATH, or the one that PyTorch has loaded. */
    private static final String LIBRARY = "libnccl.so.2";

    private final Functions functions;
    private final Pointer communicator;

    /** The part of nccl.h that is used here (version 2). */
    interface Functions extends Library {

        int SUCCESS = 0;
        int SUM = 0;
        int FLOAT32 = 7;
        int FLOAT64 = 8;

        int ncclGetUniqueId(UniqueId id);

        int ncclCommInitRank(PointerByReference communicator, int ranks, UniqueId.Value id, int rank);

        int ncclAllReduce(Pointer send, Pointer receive, Size count, int type, int operation, Pointer communicator, Pointer stream);

        int ncclCommDestroy(Pointer communicator);

        String ncclGetErrorString(int result);
    }

    /** C's {@code size_t}. */
    public static final class Size extends com.sun.jna.IntegerType {

        private static final long serialVersionUID = 1;

        public Size() {
            this(0);
        }

        Size(long value) {
            super(Native.SIZE_T_SIZE, value, true);
        }
    }

    /** The id by which the ranks find each other. */
    @Structure.FieldOrder("internal")
    public static class UniqueId extends Structure {

        static final int BYTES = 128;

        public byte[] internal = new byte[BYTES];

        /** An id that is passed by value. */
        public static final class Value extends UniqueId implements Structure.ByValue {}
    }

    private Nccl(Functions functions, Pointer communicator) {
        this.functions = functions;
        this.communicator = communicator;
    }

    private static Functions load() {
        try {
            return Native.load(LIBRARY, Functions.class);
        } catch (UnsatisfiedLinkError e) {
            throw new ModelException("several graphics cards need NVIDIA's NCCL (libnccl.so.2), which cannot be loaded: "
                    + e.getMessage().lines().findFirst().orElse("") + "; install it (libnccl2) or put its folder into"
                    + " LD_LIBRARY_PATH", e);
        }
    }

    /** Creates an id at rank 0, to be passed to the other ranks. */
    static byte[] newId() {
        return newId(load());
    }

    static byte[] newId(Functions functions) {
        UniqueId id = new UniqueId();
        require(functions, functions.ncclGetUniqueId(id));
        return id.internal;
    }

    /** Joins the ranks and waits until all have done so. */
    static Nccl join(byte[] id, int rank, int size) {
        return join(load(), id, rank, size);
    }

    static Nccl join(Functions functions, byte[] id, int rank, int size) {
        UniqueId.Value value = new UniqueId.Value();
        System.arraycopy(id, 0, value.internal, 0, UniqueId.BYTES);
        PointerByReference communicator = new PointerByReference();
        require(functions, functions.ncclCommInitRank(communicator, size, value, rank));
        return new Nccl(functions, communicator.getValue());
    }

    /** Queues a sum over all ranks, in place. Work that is queued later sees the result. */
    void sum(Pointer tensor, long elements, DataType type) {
        int ncclType = type == DataType.FLOAT64 ? Functions.FLOAT64 : Functions.FLOAT32;
        require(functions, functions.ncclAllReduce(
                tensor, tensor, new Size(elements), ncclType, Functions.SUM, communicator, Pointer.NULL));
    }

    private static void require(Functions functions, int result) {
        if (result != Functions.SUCCESS) {
            throw new ModelException("NCCL failed: " + functions.ncclGetErrorString(result)
                    + "; set NCCL_DEBUG=INFO to log the reason");
        }
    }

    @Override
    public void close() {
        functions.ncclCommDestroy(communicator);
    }
}
