/** PyTorch through DJL: programs, tensors' memory, native libraries and threads. */
package dev.apprentice.model.torchscript;
