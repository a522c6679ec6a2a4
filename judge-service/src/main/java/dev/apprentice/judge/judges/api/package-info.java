/** Judges over HTTP: how they are doing, and asking them anew. */
package dev.apprentice.judge.judges.api;
