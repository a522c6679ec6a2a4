/**
 * The topics, the groups that read them, and the form of events on the wire: JSON with CloudEvents 1.0 attributes in the Kafka
 * headers (binary content mode).
 */
package dev.apprentice.contracts.topic;
