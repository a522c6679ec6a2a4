/** Commands for a system on this machine: start, stop, check, repair, demonstrate. */
package dev.apprentice.cli.command.system;
