/** A run as it is asked for, and the rules that it must meet, by HTTP and by Kafka. */
package dev.apprentice.trainer.request;
