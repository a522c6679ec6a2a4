package dev.apprentice.model.ranks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import dev.apprentice.model.torchscript.TensorMemory;
import java.lang.ref.Reference;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The ranks of an Open MPI job: {@code mpirun -n 4 java ...}. A rank that dies ends the job, which is mpirun's doing. Tensors
 * on a processor are added up by MPI, those on graphics cards by NCCL.
 */
public final class MpiRanks implements Ranks, AutoCloseable {

    private static final String SIZE = "OMPI_COMM_WORLD_SIZE";
    private static final String RANK = "OMPI_COMM_WORLD_RANK";
    private static final String LOCAL_RANK = "OMPI_COMM_WORLD_LOCAL_RANK";

    /** Elements that are added up in one call: MPI counts in 32 bits. */
    private static final long MOST_ELEMENTS = 1 << 28;
    /** So often it is asked whether the others have come, before the processor is left to others in between. */
    private static final int EAGER_TESTS = 200;
    private static final long FIRST_PAUSE_NANOS = 20_000;
    private static final long LONGEST_PAUSE_NANOS = 1_000_000;

    private final Mpi.Loaded mpi;
    private final int rank;
    private final int size;
    private final RankWatch watch;
    private final List<String> hosts;
    private Optional<Nccl> nccl = Optional.empty();

    private MpiRanks(RankWatch watch) {
        this.watch = watch;
        mpi = Mpi.Loaded.load();
        mpi.functions().MPI_Init_thread(null, null, Mpi.THREAD_SERIALIZED, new IntByReference());
        IntByReference answer = new IntByReference();
        mpi.functions().MPI_Comm_rank(mpi.world(), answer);
        rank = answer.getValue();
        mpi.functions().MPI_Comm_size(mpi.world(), answer);
        size = answer.getValue();
        hosts = IntStream.range(0, size).mapToObj(this::hostOf).toList();
    }

    private String hostOf(int other) {
        byte[] own = rank == other ? host().getBytes(StandardCharsets.UTF_8) : new byte[0];
        return new String(exchanged(own, other), StandardCharsets.UTF_8);
    }

    /** Whether mpirun has started this process, with others. */
    public static boolean areThere(Map<String, String> environment) {
        return Integer.parseInt(environment.getOrDefault(SIZE, "1")) > 1;
    }

    /** Which of the job's processes this is, from 0; 0 without mpirun. */
    public static int rank(Map<String, String> environment) {
        return Integer.parseInt(environment.getOrDefault(RANK, "0"));
    }

    /** Which of the job's processes on this machine this is, from 0. */
    public static int localRank(Map<String, String> environment) {
        return Integer.parseInt(environment.getOrDefault(LOCAL_RANK, "0"));
    }

    /**
     * Takes this process's place among the job's. Can be done once in a process; waits until all have done so.
     *
     * @param watch notices who does not come; it hears of every wait but those for an order of rank 0, which may be long
     * @throws dev.apprentice.model.ModelException if there is no Open MPI
     */
    public static MpiRanks join(RankWatch watch) {
        return new MpiRanks(watch);
    }

    /** The same, waiting for ever. */
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
            return "a machine without a name";
        }
    }

    @Override
    public void sum(NDArray flat) {
        Pointer address = TensorMemory.address(flat);
        if (flat.getDevice().isGpu()) {
            nccl().sum(address, flat.size(), flat.getDataType());
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

    /** Such as {@code rank 1 of 2 (on a-machine)}. */
    private String named(int other) {
        return "rank " + other + " of " + size + " (on " + hosts.get(other) + ")";
    }

    @Override
    public double[] sum(double... numbers) {
        double[] sums = rank == 0 ? gathered(numbers) : numbers;
        if (rank != 0) {
            send(numbers);
        }
        Memory memory = memory(sums);
        Supplier<Memory> receive = () -> {
            broadcast(memory, Math.toIntExact(memory.size()), 0);
            return memory;
        };
        return (rank == 0 ? receive.get() : watch.waitingForRank0(() -> named(0), receive)).getDoubleArray(0, numbers.length);
    }

    private double[] gathered(double[] own) {
        Arrivals others = new Arrivals(mpi, size, own.length);
        return watch.waitingFor(
                () -> others.missing().stream().map(this::named).collect(Collectors.joining(" and ")),
                () -> {
                    await(others::areAllThere);
                    return others.addedTo(own);
                });
    }

    private void send(double[] numbers) {
        Memory memory = memory(numbers);
        PointerByReference request = new PointerByReference();
        mpi.functions().MPI_Isend(memory, numbers.length, mpi.doubles(), 0, Mpi.TAG, mpi.world(), request);
        await(request);
        Reference.reachabilityFence(memory);
    }

    private static Memory memory(double[] numbers) {
        Memory memory = new Memory((long) numbers.length * Double.BYTES);
        memory.write(0, numbers, 0, numbers.length);
        return memory;
    }

    /** An order of rank 0 may be long in coming; whatever else is said, all ranks wait for. */
    @Override
    public byte[] broadcast(byte[] message, int from) {
        return from == 0 ? exchanged(message, from) : awaiting(() -> exchanged(message, from));
    }

    private byte[] exchanged(byte[] message, int from) {
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

    private void await(PointerByReference request) {
        IntByReference done = new IntByReference();
        await(() -> {
            mpi.functions().MPI_Test(request, done, Pointer.NULL);
            return done.getValue() != 0;
        });
    }

    /**
     * Open MPI waits by asking without a pause. Others may not come for minutes: while rank 0 writes a checkpoint, or a
     * stream has nothing to learn.
     */
    private static void await(BooleanSupplier isDone) {
        long pause = FIRST_PAUSE_NANOS;
        for (int tests = 0; !isDone.getAsBoolean(); tests++) {
            if (tests >= EAGER_TESTS) {
                LockSupport.parkNanos(pause);
                pause = Math.min(LONGEST_PAUSE_NANOS, 2 * pause);
            }
        }
    }

    @Override
    public void abort() {
        mpi.functions().MPI_Abort(mpi.world(), 1);
    }

    /** Leaves the job in peace; waits until all ranks do. */
    @Override
    public void close() {
        nccl.ifPresent(Nccl::close);
        mpi.functions().MPI_Finalize();
    }
}
