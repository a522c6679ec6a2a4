/** Requests for runs, and the rules that they must meet, by HTTP and by Kafka. */
package dev.apprentice.trainer.request;
