package dev.apprentice.model.ranks;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import dev.apprentice.model.ModelException;
import java.util.Map;

/** The part of MPI 3.1 that is used here, in Open MPI's binary interface (versions 1.7 to 5). */
interface Mpi extends Library {

    /** mpi.h: several threads may call MPI, one at a time. */
    int THREAD_SERIALIZED = 2;

    /** mpi.h: the result replaces the data that was sent. */
    Pointer IN_PLACE = new Pointer(1);

    /** The tag of the only kind of message that one rank sends to another. */
    int TAG = 1;

    int MPI_Init_thread(Pointer argc, Pointer argv, int required, IntByReference provided);

    int MPI_Allreduce(Pointer send, Pointer receive, int count, Pointer type, Pointer operation, Pointer communicator);

    int MPI_Isend(
            Pointer buffer, int count, Pointer type, int to, int tag, Pointer communicator, PointerByReference request);

    int MPI_Irecv(
            Pointer buffer, int count, Pointer type, int from, int tag, Pointer communicator, PointerByReference request);

    int MPI_Ibcast(Pointer buffer, int count, Pointer type, int root, Pointer communicator, PointerByReference request);

    int MPI_Test(PointerByReference request, IntByReference done, Pointer status);

    int MPI_Abort(Pointer communicator, int exitCode);

    int MPI_Finalize();

    /** The Open MPI library, with the addresses of what its header calls MPI_COMM_WORLD and so on. */
    record Loaded(Mpi functions, Pointer world, Pointer bytes, Pointer floats, Pointer doubles, Pointer sum) {

        private static final String NAME = "mpi";
        /** dlfcn.h: RTLD_NOW and RTLD_GLOBAL. Open MPI's plug-ins look for its symbols among those of the whole process. */
        private static final Map<String, Object> VISIBLE = Map.of(OPTION_OPEN_FLAGS, 0x102);

        static Loaded load() {
            try {
                NativeLibrary library = NativeLibrary.getInstance(NAME, VISIBLE);
                return new Loaded(
                        Native.load(NAME, Mpi.class, VISIBLE),
                        library.getGlobalVariableAddress("ompi_mpi_comm_world"),
                        library.getGlobalVariableAddress("ompi_mpi_byte"),
                        library.getGlobalVariableAddress("ompi_mpi_float"),
                        library.getGlobalVariableAddress("ompi_mpi_double"),
                        library.getGlobalVariableAddress("ompi_mpi_op_sum"));
            } catch (UnsatisfiedLinkError e) {
                throw new ModelException("this process was started by mpirun, but Open MPI's library cannot be loaded ("
                        + e.getMessage().lines().findFirst().orElse("") + "); install Open MPI (openmpi-bin on Debian), or start"
                        + " it without mpirun", e);
            }
        }
    }
}
