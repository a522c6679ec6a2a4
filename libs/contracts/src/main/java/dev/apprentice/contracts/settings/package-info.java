/**
 * A run's settings, described once. The records of a run annotate their components with
 * {@link dev.apprentice.contracts.settings.Setting}. Checks of requests, options of the command line and the command that repeats a
 * run follow from it.
 */
package dev.apprentice.contracts.settings;
