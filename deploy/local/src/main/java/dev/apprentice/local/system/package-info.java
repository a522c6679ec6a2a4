/** Starts, watches and stops the five processes; their records are in one folder. */
package dev.apprentice.local.system;
