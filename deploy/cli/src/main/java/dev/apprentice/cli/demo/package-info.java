/** The whole recipe on data, a tokenizer and a model that this project includes. */
package dev.apprentice.cli.demo;
