package dev.apprentice.trainer.training;

import dev.apprentice.model.Device;
import dev.apprentice.trainer.checkpoint.CheckpointWriting;
import dev.apprentice.trainer.ranks.JobRanks;
import java.time.Duration;

/**
 * How this trainer works, on every run.
 *
 * @param ranks the processes that train together
 * @param device where models are computed
 * @param sampleTokens tokens that a sample answer may have
 * @param retryEvery how long to wait before asking a disk again that did not take a checkpoint
 * @param writing when checkpoints are written
 */
public record Practice(JobRanks ranks, Device device, int sampleTokens, Duration retryEvery, CheckpointWriting writing) {}
