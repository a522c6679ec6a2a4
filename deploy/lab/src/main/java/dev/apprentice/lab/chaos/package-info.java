/** Kills processes at random and compares the results with those of an undisturbed run. */
package dev.apprentice.lab.chaos;
