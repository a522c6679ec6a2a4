/** The log itself: what Kafka holds, read without any service. */
package dev.apprentice.local.log;
