package dev.apprentice.cli.document;

import java.util.Optional;

/**
 * A paragraph of a document, with where it stands.
 *
 * @param text not blank
 * @param heading the headings that it stands below, the outermost first: {@code Returns > Refunds}
 * @param page its page, from 1, where the document has pages
 */
record Block(String text, Optional<String> heading, Optional<Integer> page) {}
