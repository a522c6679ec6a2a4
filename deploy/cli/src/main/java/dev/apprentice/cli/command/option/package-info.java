/** Options that commands share, and how their values are read. */
package dev.apprentice.cli.command.option;
