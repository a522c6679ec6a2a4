package dev.apprentice.cli.document;

import java.util.Optional;

/**
 * A paragraph of a document, with its place.
 *
 * @param text not blank
 * @param heading the headings above it, the outermost first: {@code Returns > Refunds}
 * @param page its page, from 1; empty if the document has no pages
 */
record Block(String text, Optional<String> heading, Optional<Integer> page) {}
