package dev.apprentice.model.ranks;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import java.lang.ref.Reference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Messages between ranks other than tensors: commands, reasons, a few numbers. */
final class Messages {

    /** The number of polls in a row before {@link #await} pauses between polls. */
    private static final int EAGER_TESTS = 200;
    private static final long FIRST_PAUSE_NANOS = 20_000;
    private static final long LONGEST_PAUSE_NANOS = 1_000_000;

    private final Mpi.Loaded mpi;
    private final int rank;

    /** @param rank this process's rank */
    Messages(Mpi.Loaded mpi, int rank) {
        this.mpi = mpi;
        this.rank = rank;
    }

    /** Sends the numbers that {@link GatheredNumbers} receives. */
    void sendToRank0(double[] numbers) {
        Memory memory = memory(numbers);
        PointerByReference request = new PointerByReference();
        mpi.functions().MPI_Isend(memory, numbers.length, mpi.doubles(), 0, Mpi.TAG, mpi.world(), request);
        await(request);
        Reference.reachabilityFence(memory);
    }

    /**
     * Returns one rank's numbers on every rank.
     *
     * @param numbers equally many on each rank; only those of the sender count
     * @param from the rank that sends
     */
    double[] broadcast(double[] numbers, int from) {
        Memory memory = memory(numbers);
        broadcast(memory, Math.toIntExact(memory.size()), from);
        return memory.getDoubleArray(0, numbers.length);
    }

    /** Returns one rank's message on every rank, see {@link Ranks#broadcast}. */
    byte[] broadcast(byte[] message, int from) {
        Memory length = new Memory(Integer.BYTES);
        length.setInt(0, message.length);
        broadcast(length, Integer.BYTES, from);
        int bytes = length.getInt(0);
        if (bytes == 0) {
            return new byte[0];
        }
        Memory content = new Memory(bytes);
        if (rank == from) {
            content.write(0, message, 0, bytes);
        }
        broadcast(content, bytes, from);
        return content.getByteArray(0, bytes);
    }

    private void broadcast(Memory memory, int bytes, int from) {
        PointerByReference request = new PointerByReference();
        mpi.functions().MPI_Ibcast(memory, bytes, mpi.bytes(), from, mpi.world(), request);
        await(request);
    }

    private static Memory memory(double[] numbers) {
        Memory memory = new Memory((long) numbers.length * Double.BYTES);
        memory.write(0, numbers, 0, numbers.length);
        return memory;
    }

    private void await(PointerByReference request) {
        IntByReference done = new IntByReference();
        await(() -> {
            mpi.functions().MPI_Test(request, done, Pointer.NULL);
            return done.getValue() != 0;
        });
    }

    /**
     * Polls until the operation is done, with a growing pause. Open MPI's own waiting polls without a pause, but the others may
     * take minutes: while rank 0 writes a checkpoint, or a stream has nothing to learn.
     */
    static void await(BooleanSupplier isDone) {
        long pause = FIRST_PAUSE_NANOS;
        for (int tests = 0; !isDone.getAsBoolean(); tests++) {
            if (tests >= EAGER_TESTS) {
                LockSupport.parkNanos(pause);
                pause = Math.min(LONGEST_PAUSE_NANOS, 2 * pause);
            }
        }
    }
}
