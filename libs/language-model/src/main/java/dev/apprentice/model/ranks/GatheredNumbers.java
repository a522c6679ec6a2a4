package dev.apprentice.model.ranks;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** Collects numbers at rank 0, in one message from each other rank, so that rank 0 can tell whose message is missing. */
final class GatheredNumbers {

    private final Mpi.Loaded mpi;
    private final int count;
    private final Map<Integer, Memory> messages = new TreeMap<>();
    /** The pending receptions by rank. Another thread may read the ranks. */
    private final Map<Integer, PointerByReference> missing = new ConcurrentSkipListMap<>();

    /**
     * Begins to receive.
     *
     * @param ranks the number of ranks, rank 0 included
     * @param count numbers in each message, at least 1
     */
    GatheredNumbers(Mpi.Loaded mpi, int ranks, int count) {
        this.mpi = mpi;
        this.count = count;
        for (int rank = 1; rank < ranks; rank++) {
            Memory message = new Memory((long) count * Double.BYTES);
            PointerByReference request = new PointerByReference();
            mpi.functions().MPI_Irecv(message, count, mpi.doubles(), rank, Mpi.TAG, mpi.world(), request);
            messages.put(rank, message);
            missing.put(rank, request);
        }
    }

    /** Checks for new messages and tells whether all have arrived. */
    boolean areAllThere() {
        IntByReference done = new IntByReference();
        missing.values().removeIf(request -> {
            mpi.functions().MPI_Test(request, done, Pointer.NULL);
            return done.getValue() != 0;
        });
        return missing.isEmpty();
    }

    /** Returns the ranks whose message has not arrived, in order. */
    Collection<Integer> missing() {
        return missing.keySet();
    }

    /** Returns the sums of these numbers and the received ones, added in the ranks' order. Call it once all have arrived. */
    double[] addedTo(double[] own) {
        double[] sums = own.clone();
        messages.values().forEach(message -> {
            double[] numbers = message.getDoubleArray(0, count);
            for (int i = 0; i < count; i++) {
                sums[i] += numbers[i];
            }
        });
        return sums;
    }
}
