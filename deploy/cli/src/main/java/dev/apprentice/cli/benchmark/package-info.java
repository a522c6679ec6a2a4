/** Measures how fast this machine trains, generates and prepares data: workloads, repetitions, and the table of their medians. */
package dev.apprentice.cli.benchmark;
