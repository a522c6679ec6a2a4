/** Reads a user's documents as text and cuts them into passages. */
package dev.apprentice.cli.document;
