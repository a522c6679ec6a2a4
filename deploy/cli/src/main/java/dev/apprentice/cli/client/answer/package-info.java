/**
 * What services answer, as far as the command line reads it, so that it understands those of another version; and the words that it
 * has for a person.
 */
package dev.apprentice.cli.client.answer;
