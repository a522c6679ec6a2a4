/** What commands share: options, and how their values are read. */
package dev.apprentice.cli.command.option;
