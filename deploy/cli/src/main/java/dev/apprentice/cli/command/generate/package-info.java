/** The command that has models make instruction data. */
package dev.apprentice.cli.command.generate;
