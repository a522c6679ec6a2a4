package dev.apprentice.model.ranks;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** Numbers that rank 0 gets from every other rank, a message from each, so that it can say whose is missing. */
final class GatheredNumbers {

    private final Mpi.Loaded mpi;
    private final int count;
    private final Map<Integer, Memory> messages = new TreeMap<>();
    /** By rank; another thread may look who is among them. */
    private final Map<Integer, PointerByReference> missing = new ConcurrentSkipListMap<>();

    /**
     * Begins to receive.
     *
     * @param ranks how many there are, with rank 0
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

    /** Looks which messages have come meanwhile. */
    boolean areAllThere() {
        IntByReference done = new IntByReference();
        missing.values().removeIf(request -> {
            mpi.functions().MPI_Test(request, done, Pointer.NULL);
            return done.getValue() != 0;
        });
        return missing.isEmpty();
    }

    /** The ranks whose message has not come, in their order. */
    Collection<Integer> missing() {
        return missing.keySet();
    }

    /** Once all are there: the sums of these numbers and theirs, added up in the ranks' order. */
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
