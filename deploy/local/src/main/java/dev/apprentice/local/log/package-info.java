/** Reads Kafka's topics without any service. */
package dev.apprentice.local.log;
