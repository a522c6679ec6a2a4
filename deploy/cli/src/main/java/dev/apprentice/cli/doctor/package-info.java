/** Checks for what could keep Apprentice from working on this machine and with this Kafka; each finding has a way out. */
package dev.apprentice.cli.doctor;
