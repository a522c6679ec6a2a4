package dev.apprentice.trainer.training;

import dev.apprentice.model.Device;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How this trainer works, whichever run it works on.
 *
 * @param device where models are computed
 * @param sampleTokens tokens that a sample answer may have
 * @param retryEvery how long to wait before asking a disk again that did not take a checkpoint
 * @param streamCheckpointAfter the longest that a stream which does not say is learned from without a checkpoint
 * @param nanoTime a clock that never jumps
 */
record Practice(
        Device device, int sampleTokens, Duration retryEvery, Duration streamCheckpointAfter, LongSupplier nanoTime) {}
