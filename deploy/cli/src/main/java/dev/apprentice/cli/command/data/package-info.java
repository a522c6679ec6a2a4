/** Commands for data: datasets and task templates. */
package dev.apprentice.cli.command.data;
