/** Compares two checkpoints, example by example. */
package dev.apprentice.judge.page.compare;
