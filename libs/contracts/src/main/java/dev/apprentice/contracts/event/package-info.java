/** The events of the services, one record type for each topic. Readers ignore unknown fields; new fields are always optional. */
package dev.apprentice.contracts.event;
