/** Documents of a user's, read as text and cut into passages. */
package dev.apprentice.cli.document;
