/** What a person sees: lines, bars, charts and tables, with or without a terminal. */
package dev.apprentice.local.terminal;
