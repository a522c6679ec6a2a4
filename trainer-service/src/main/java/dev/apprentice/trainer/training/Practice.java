package dev.apprentice.trainer.training;

import dev.apprentice.model.Device;
import dev.apprentice.trainer.checkpoint.CheckpointWriting;
import dev.apprentice.trainer.ranks.JobRanks;
import java.time.Duration;

/**
 * This trainer's settings for every run.
 *
 * @param ranks the processes that train together
 * @param device the device on which models are computed
 * @param sampleTokens maximum number of tokens of a sample answer
 * @param retryEvery how long to wait before retrying to write a checkpoint
 * @param writing when checkpoints are written
 */
public record Practice(JobRanks ranks, Device device, int sampleTokens, Duration retryEvery, CheckpointWriting writing) {}
