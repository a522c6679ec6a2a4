/** Checkpoints in memory, which are fetched, verified, loaded, lent out and evicted; and the one thread that generates with them. */
package dev.apprentice.inference.models;
