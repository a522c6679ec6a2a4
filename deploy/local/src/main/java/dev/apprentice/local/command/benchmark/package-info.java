/** Commands that measure this machine. */
package dev.apprentice.local.command.benchmark;
