/** Apache Kafka on one machine, in a JVM: for tests and for the local system. */
package dev.apprentice.local.broker;
