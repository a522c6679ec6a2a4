/** Kafka, once for all services: clients from one configuration, topics, dead letters, record limits, readiness. */
package dev.apprentice.service.kafka;
