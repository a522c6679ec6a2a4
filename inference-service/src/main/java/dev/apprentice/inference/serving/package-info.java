/** Chooses the checkpoint that answers users: a catalog of all announced ones, and the best that is in memory. */
package dev.apprentice.inference.serving;
