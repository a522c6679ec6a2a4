/** Runs Kafka Streams within the service: settings, supervision, stores of limited size. */
package dev.apprentice.judge.streams;
