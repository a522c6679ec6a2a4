package dev.apprentice.model.ranks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import dev.apprentice.model.torchscript.TensorMemory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The ranks of an Open MPI job: {@code mpirun -n 4 java ...}. If a rank dies, mpirun ends the job. MPI adds up tensors on
 * processors, NCCL those on graphics cards.
 */
public final class MpiRanks implements Ranks, AutoCloseable {

    private static final String SIZE = "OMPI_COMM_WORLD_SIZE";
    private static final String RANK = "OMPI_COMM_WORLD_RANK";
    private static final String LOCAL_RANK = "OMPI_COMM_WORLD_LOCAL_RANK";

    /** The most elements to add up in one call, because MPI counts in 32 bits. */
    private static final long MOST_ELEMENTS = 1 << 28;

    private final Mpi.Loaded mpi;
    private final int rank;
    private final int size;
    private final RankWatch watch;
    private final Messages messages;
    /** The ranks' machines; empty until all have joined. The watch's thread reads it, too. */
    private volatile List<String> hosts = List.of();
    private Optional<Nccl> nccl = Optional.empty();

    private MpiRanks(RankWatch watch) {
        this.watch = watch;
        rank = rank(System.getenv());
        size = size(System.getenv());
        mpi = Mpi.Loaded.load();
        awaiting(() -> mpi.functions().MPI_Init_thread(null, null, Mpi.THREAD_SERIALIZED, new IntByReference()));
        messages = new Messages(mpi, rank);
        hosts = IntStream.range(0, size).mapToObj(this::hostOf).toList();
    }

    private String hostOf(int other) {
        byte[] own = rank == other ? host().getBytes(StandardCharsets.UTF_8) : new byte[0];
        return new String(broadcast(own, other), StandardCharsets.UTF_8);
    }

    /** Tells whether mpirun has started this process together with others. */
    public static boolean areThere(Map<String, String> environment) {
        return size(environment) > 1;
    }

    private static int size(Map<String, String> environment) {
        return Integer.parseInt(environment.getOrDefault(SIZE, "1"));
    }

    /** Returns this process's rank in the job, from 0; 0 without mpirun. */
    public static int rank(Map<String, String> environment) {
        return Integer.parseInt(environment.getOrDefault(RANK, "0"));
    }

    /** Returns this process's rank among the job's processes on this machine, from 0. */
    public static int localRank(Map<String, String> environment) {
        return Integer.parseInt(environment.getOrDefault(LOCAL_RANK, "0"));
    }

    /**
     * Joins the job and waits until all ranks have done so. Can be called once in a process.
     *
     * @param watch detects ranks that hang, and those that do not join
     * @throws dev.apprentice.model.ModelException if Open MPI cannot be loaded
     */
    public static MpiRanks join(RankWatch watch) {
        return new MpiRanks(watch);
    }

    /** Joins the job without a limit on waits for other ranks. */
    static MpiRanks join() {
        return join(RankWatch.none());
    }

    @Override
    public int rank() {
        return rank;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "an unnamed machine";
        }
    }

    @Override
    public void sum(NDArray flat) {
        Pointer address = TensorMemory.address(flat);
        if (flat.getDevice().isGpu()) {
            Nccl joined = nccl();
            awaiting(() -> { // connections are made at the first sum, so it waits for the other ranks
                joined.sum(address, flat.size(), flat.getDataType());
                return flat;
            });
            return;
        }
        awaiting(() -> {
            addUp(flat, address);
            return flat;
        });
    }

    private void addUp(NDArray flat, Pointer address) {
        boolean isDouble = flat.getDataType() == DataType.FLOAT64;
        for (long first = 0; first < flat.size(); first += MOST_ELEMENTS) {
            int count = (int) Math.min(MOST_ELEMENTS, flat.size() - first);
            mpi.functions().MPI_Allreduce(
                    Mpi.IN_PLACE,
                    address.share(first * flat.getDataType().getNumOfBytes()),
                    count,
                    isDouble ? mpi.doubles() : mpi.floats(),
                    mpi.sum(),
                    mpi.world());
        }
    }

    private Nccl nccl() {
        if (nccl.isEmpty()) {
            byte[] id = broadcast(rank == 0 ? Nccl.newId() : new byte[0], 0);
            nccl = Optional.of(awaiting(() -> Nccl.join(id, rank, size)));
        }
        return nccl.get();
    }

    @Override
    public <T> T awaiting(Supplier<T> wait) {
        return rank == 0
                ? watch.waitingFor(() -> size == 2 ? named(1) : "one of ranks 1 to " + (size - 1), wait)
                : watch.waitingForRank0(() -> named(0), wait);
    }

    /** Returns a rank's name, such as {@code rank 1 of 2 (on a-machine)}, without the machine until all have joined. */
    private String named(int other) {
        List<String> known = hosts;
        return "rank " + other + " of " + size + (known.isEmpty() ? "" : " (on " + known.get(other) + ")");
    }

    @Override
    public double[] sum(double... numbers) {
        if (rank == 0) {
            return messages.broadcast(gathered(numbers), 0);
        }
        messages.sendToRank0(numbers);
        return watch.waitingForRank0(() -> named(0), () -> messages.broadcast(numbers, 0));
    }

    private double[] gathered(double[] own) {
        GatheredNumbers others = new GatheredNumbers(mpi, size, own.length);
        return watch.waitingFor(
                () -> others.missing().stream().map(this::named).collect(Collectors.joining(" and ")),
                () -> {
                    Messages.await(others::areAllThere);
                    return others.addedTo(own);
                });
    }

    @Override
    public byte[] broadcast(byte[] message, int from) {
        return awaiting(() -> messages.broadcast(message, from));
    }

    @Override
    public void abort() {
        mpi.functions().MPI_Abort(mpi.world(), 1);
    }

    /** Leaves the job in an orderly way; waits until all ranks do so. */
    @Override
    public void close() {
        watch.activity("the end of the job");
        awaiting(() -> {
            nccl.ifPresent(Nccl::close);
            return mpi.functions().MPI_Finalize();
        });
    }
}
