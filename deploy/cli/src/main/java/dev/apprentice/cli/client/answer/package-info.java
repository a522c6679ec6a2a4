/**
 * Answers of services, with only the fields that the command line reads, so it understands services of other versions. Each also
 * describes itself to a person.
 */
package dev.apprentice.cli.client.answer;
