/** Instruction data written by models: the questions, the checks of the answers, and the files with the result. */
package dev.apprentice.cli.generate;
