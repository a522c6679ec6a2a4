/** The processes of one trainer that mpirun has started: rank 0 leads, the others follow. */
package dev.apprentice.trainer.ranks;
