/** Output for people: lines and bars, with or without a terminal. */
package dev.apprentice.cli.terminal;
