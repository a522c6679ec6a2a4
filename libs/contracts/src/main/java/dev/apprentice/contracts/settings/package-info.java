/**
 * A run's settings described once: what the records of a run say of their components with {@link
 * dev.apprentice.contracts.settings.Setting} is what the requests are checked by, what the command line offers as options, and
 * what the command that repeats a run is written with.
 */
package dev.apprentice.contracts.settings;
