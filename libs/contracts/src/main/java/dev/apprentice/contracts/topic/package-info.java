/**
 * The topics, the groups that read them, and the wire format of events: JSON with CloudEvents 1.0 attributes in the Kafka headers
 * (binary content mode).
 */
package dev.apprentice.contracts.topic;
