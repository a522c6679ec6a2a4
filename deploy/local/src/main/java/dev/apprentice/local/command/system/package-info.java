/** Commands for a system on this machine: start, end, look, mend, demonstrate. */
package dev.apprentice.local.command.system;
