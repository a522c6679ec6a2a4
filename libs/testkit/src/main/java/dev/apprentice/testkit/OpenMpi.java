package dev.apprentice.testkit;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Open MPI on this machine, where it is installed. */
public final class OpenMpi {

    /** Why tests that need it are skipped where it is missing. */
    public static final String MISSING =
            "Open MPI is not installed, so that training on several ranks is NOT tested here (Debian: openmpi-bin, libopenmpi-dev)";

    private static final String MPIRUN = "mpirun";

    private OpenMpi() {}

    public static boolean isThere() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, MPIRUN)));
    }

    /** Has a program run as so many ranks on this machine, more than it has cores if need be, reached by nothing outside it. */
    public static ProcessBuilder ranks(int count, ProcessBuilder program) {
        List<String> command = new ArrayList<>(List.of(MPIRUN, "-n", Integer.toString(count), "--oversubscribe", "--bind-to", "none"));
        command.addAll(program.command());
        ProcessBuilder all = program.command(command);
        all.environment().putAll(Map.of(
                "OMPI_ALLOW_RUN_AS_ROOT", "1",
                "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1",
                "OMPI_MCA_btl", "self,vader",
                "OMPI_MCA_btl_vader_single_copy_mechanism", "none",
                "OMPI_MCA_oob_tcp_if_include", "lo",
                "OMP_WAIT_POLICY", "PASSIVE"));
        return all;
    }
}
