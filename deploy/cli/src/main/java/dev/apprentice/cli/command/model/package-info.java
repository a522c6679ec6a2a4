/** Commands for models: ask, merge, export. */
package dev.apprentice.cli.command.model;
