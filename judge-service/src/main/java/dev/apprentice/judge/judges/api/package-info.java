/** The judges over HTTP: how they are doing, and asking them again. */
package dev.apprentice.judge.judges.api;
