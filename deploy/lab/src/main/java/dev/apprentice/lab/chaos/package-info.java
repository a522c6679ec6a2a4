/** Kills processes at random, and compares what comes out with what came out undisturbed. */
package dev.apprentice.lab.chaos;
