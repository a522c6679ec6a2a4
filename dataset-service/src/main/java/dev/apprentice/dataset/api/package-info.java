/** The HTTP API for datasets, instructions and their withdrawal, and the limits on what clients send: size, rate and type. */
package dev.apprentice.dataset.api;
