/** The command line: a person asks, sends, follows, and reads what the services do. */
package dev.apprentice.cli;
