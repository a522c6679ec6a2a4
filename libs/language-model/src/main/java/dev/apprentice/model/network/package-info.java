/** A model as it runs: its weights on the device, the programs that compute with them, and whether they learn. */
package dev.apprentice.model.network;
