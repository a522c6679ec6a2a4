/** How Kafka Streams is run within the service: settings, supervision, modest stores. */
package dev.apprentice.judge.streams;
