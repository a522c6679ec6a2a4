package dev.apprentice.testkit;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Runs programs with Open MPI, if this machine has it. */
public final class OpenMpi {

    /** The message with which tests that need Open MPI are skipped. */
    public static final String MISSING =
            "Open MPI is not installed, so that training on several ranks is NOT tested here (Debian: openmpi-bin, libopenmpi-dev)";

    private static final String MPIRUN = "mpirun";

    private OpenMpi() {}

    public static boolean isThere() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, MPIRUN)));
    }

    /** Changes a program to run as this many ranks on this machine, even if it has fewer cores; nothing outside it can connect. */
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
