/** Checkpoints in memory: found on disk, verified, loaded, lent out, let go; and the one thread that generates with them. */
package dev.apprentice.inference.models;
