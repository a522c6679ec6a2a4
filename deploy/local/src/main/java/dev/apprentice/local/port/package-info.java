/** Ports of this machine: which are free, which a start has claimed, and which process listens on one. */
package dev.apprentice.local.port;
