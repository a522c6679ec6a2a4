package dev.apprentice.trainer;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What can be set about trainer-service. */
@ConfigMapping(prefix = "apprentice.trainer")
public interface TrainerSettings {

    /** Folder that keeps runs, their checkpoints and their outcomes; trainers that take over from one another share it. */
    @WithDefault("${user.home}/.apprentice/trainer")
    Path home();

    /**
     * Where checkpoints are kept for inference-service and for trainers on other machines: a folder, a {@code file:} URI, or
     * {@code s3://bucket/folder}, where each run has a folder of its own. In the runs' folders where it is not set. With s3, the
     * newest two of a run stay in its folder, too.
     */
    Optional<String> checkpoints();

    /**
     * This instance's lasting name, such as a StatefulSet's pod name. Restarted under the same name it has its runs back
     * at once; without one they wait for the session time-out.
     */
    Optional<String> instance();

    /** Where models are trained: {@code cpu}, {@code gpu} or, of several, {@code gpu:N}, counted from 0. */
    @WithDefault("cpu")
    String device();

    /**
     * Folders and {@code s3:} URIs that a run's model must lie in, links resolved, separated by commas; any where none is set. Models
     * on the hub and checkpoints of this trainer are allowed in any case.
     */
    Optional<List<String>> modelRoots();

    /** Whether graphics cards multiply float32 in TF32, which is several times as fast and less exact; bfloat16 is not touched. */
    @WithDefault("false")
    boolean tf32();

    /**
     * Whether checkpoints are written while the next steps run, from a copy of weights and optimizer state in the host's memory.
     * Unset, they are on a graphics card. Larger copies than half of the memory are never made.
     */
    Optional<Boolean> checkpointsWhileTraining();

    /**
     * Where mpirun has started several ranks: how long one may let rank 0 wait, in a step or while it loads a model. Then rank 0
     * ends the job, which its launcher starts again. A follower waits twice as long for rank 0, which says so where it has nothing
     * to do.
     */
    @WithDefault("30m")
    Duration rankTimeout();

    /** How long an instance may be silent before its runs are given to another. */
    @WithDefault("20s")
    Duration sessionTimeout();

    /** How long to wait before trying again what failed for a reason outside the run, such as a full disk. */
    @WithDefault("5s")
    Duration retryEvery();

    /** How long a run has the trainer to itself while another waits for it. */
    @WithDefault("5m")
    Duration turn();

    /** The longest that a stream is learned from without a checkpoint, where its run does not say when to take them. */
    @WithDefault("10m")
    Duration streamCheckpointAfter();

    /** Steps that follow one another faster than this are published together. */
    @WithDefault("250ms")
    Duration publishEvery();

    /** Tokens that the sample answer after an epoch may have. */
    @WithDefault("50")
    int sampleTokens();

    /** Progress events that are remembered of a run, to be replayed to who asks for its progress. */
    @WithDefault("1000")
    int progressHistory();

    /** Runs whose progress is remembered in full; of others, only the newest event is. */
    @WithDefault("50")
    int runsWithHistory();

    /** How often a quiet stream of progress says that it is still there. */
    @WithDefault("15s")
    Duration heartbeat();
}
