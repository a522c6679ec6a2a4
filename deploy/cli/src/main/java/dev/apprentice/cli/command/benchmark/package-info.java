/** Commands that measure this machine. */
package dev.apprentice.cli.command.benchmark;
