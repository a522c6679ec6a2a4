/** Ports of this machine: which are free, which a start has chosen, and who has one. */
package dev.apprentice.local.port;
