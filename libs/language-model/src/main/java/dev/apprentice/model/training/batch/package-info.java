/** The rows of a step as they go to the device: how many at once, packed without padding, beginnings in common once. */
package dev.apprentice.model.training.batch;
