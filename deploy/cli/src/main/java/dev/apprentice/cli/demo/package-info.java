/** The whole recipe on data, a tokenizer and a model that this project brings along. */
package dev.apprentice.cli.demo;
