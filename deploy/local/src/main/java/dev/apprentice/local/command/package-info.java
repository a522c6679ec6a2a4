/** One class a command of the command line. */
package dev.apprentice.local.command;
