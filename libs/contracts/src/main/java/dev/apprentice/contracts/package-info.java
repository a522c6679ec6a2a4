/**
 * The published language of the house: one record per topic, the topics themselves, and their JSON form on the wire.
 *
 * <p>Events are JSON records with CloudEvents 1.0 attributes in the Kafka headers (binary content mode). Readers ignore
 * fields they do not know; writers only ever add optional fields.
 */
package dev.apprentice.contracts;
