/** Commands for a system on this machine: start, end, look, mend, demonstrate. */
package dev.apprentice.cli.command.system;
