/** What all services share of Kafka: clients from one configuration, topics, dead letters, record limits, health. */
package dev.apprentice.service.kafka;
