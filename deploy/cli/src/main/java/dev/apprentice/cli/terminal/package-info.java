/** What a person sees move: lines and bars, with or without a terminal. */
package dev.apprentice.cli.terminal;
