/** PyTorch through DJL: programs, memory of tensors, native libraries and threads. */
package dev.apprentice.model.torchscript;
