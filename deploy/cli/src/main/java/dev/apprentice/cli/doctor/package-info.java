/** What could keep Apprentice from working on this machine and with this Kafka, each finding with the way out. */
package dev.apprentice.cli.doctor;
