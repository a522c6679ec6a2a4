/** The rows of a step as they go to the device: grouped into passes, packed without padding, shared beginnings stored once. */
package dev.apprentice.model.training.batch;
