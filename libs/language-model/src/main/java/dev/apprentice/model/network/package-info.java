/** A model at run time: its weights on the device, the programs that compute with them, and what is trained. */
package dev.apprentice.model.network;
