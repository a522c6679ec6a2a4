/** How fast this machine trains, generates and prepares: work, repetitions, and the table of their medians. */
package dev.apprentice.cli.benchmark;
