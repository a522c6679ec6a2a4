/**
 * Generates what {@code ./apprentice demo} learns from: an invented village, statements about it for the base model, instructions
 * about a part of it, and a tokenizer trained on both. Everything is derived from a fixed seed. The output is committed under
 * {@code deploy/cli}'s {@code resources/demo}; {@code ./apprentice-lab demo-data} and {@code base-model} are run by hand when the
 * world changes.
 */
package dev.apprentice.lab.demo;
