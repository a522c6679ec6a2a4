package dev.apprentice.trainer;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The settings of trainer-service. */
@ConfigMapping(prefix = "apprentice.trainer")
public interface TrainerSettings {

    /** The folder of runs, their checkpoints and their outcomes. Trainers that take over runs from each other share it. */
    @WithDefault("${user.home}/.apprentice/trainer")
    Path home();

    /**
     * Where checkpoints are kept for inference-service and for trainers on other machines: a folder, a {@code file:} URI, or
     * {@code s3://bucket/folder}. Each run has its own folder there. Unset, checkpoints are kept in the runs' folders. With s3, the
     * newest two of a run also stay in its folder.
     */
    Optional<String> checkpoints();

    /**
     * This instance's lasting name, such as a StatefulSet's pod name. Restarted under this name, the instance gets its runs back at
     * once; without a name they wait for the session timeout.
     */
    Optional<String> instance();

    /** The device that models are trained on: {@code cpu}, {@code gpu}, or {@code gpu:N} for one of several cards, counted from 0. */
    @WithDefault("cpu")
    String device();

    /**
     * The folders and {@code s3:} URIs that a run's model must lie in after links are resolved, separated by commas. Unset, it may
     * lie anywhere. Models on the hub and this trainer's checkpoints are always allowed.
     */
    Optional<List<String>> modelRoots();

    /**
     * Whether graphics cards multiply float32 matrices in TF32, which is several times as fast and less exact. It does not affect
     * bfloat16.
     */
    @WithDefault("false")
    boolean tf32();

    /**
     * Whether checkpoints are written while training goes on, from a copy of weights and optimizer state in the host's memory.
     * Unset, this is done on a graphics card alone. A copy larger than half of the memory is never made.
     */
    Optional<Boolean> checkpointsWhileTraining();

    /**
     * The longest that rank 0 waits for another rank started by mpirun, in a step or while it loads a model. Then rank 0 ends the
     * job, and its launcher starts it again. A follower waits twice as long for rank 0, which sends a sign of life while it is
     * idle.
     */
    @WithDefault("30m")
    Duration rankTimeout();

    /** How long an instance may be silent before its runs go to another instance. */
    @WithDefault("20s")
    Duration sessionTimeout();

    /** How long to wait before retrying what failed for a reason outside the run, such as a full disk. */
    @WithDefault("5s")
    Duration retryEvery();

    /** How long a run keeps the trainer while another run waits for it. */
    @WithDefault("5m")
    Duration turn();

    /** The longest time between two checkpoints of a stream run that sets none itself. */
    @WithDefault("10m")
    Duration streamCheckpointAfter();

    /** The shortest time between two publications; the progress of faster steps is published together. */
    @WithDefault("250ms")
    Duration publishEvery();

    /** The most tokens of the sample answer after an epoch. */
    @WithDefault("50")
    int sampleTokens();

    /** How many progress events of a run are kept, to be replayed to clients that request its progress. */
    @WithDefault("1000")
    int progressHistory();

    /** How many runs' progress is kept in full; of other runs only the newest event is kept. */
    @WithDefault("50")
    int runsWithHistory();

    /** How often a heartbeat is sent on a stream of progress without events. */
    @WithDefault("15s")
    Duration heartbeat();
}
