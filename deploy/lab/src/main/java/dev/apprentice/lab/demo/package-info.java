/**
 * Makes the data that {@code ./apprentice demo} learns from: examples over a small closed world, and a tokenizer
 * trained on them. Everything comes from a fixed seed; the output is committed under {@code deploy/cli}'s {@code resources/demo}, and
 * {@code ./apprentice-lab demo-data} is run by hand when the world changes.
 */
package dev.apprentice.lab.demo;
