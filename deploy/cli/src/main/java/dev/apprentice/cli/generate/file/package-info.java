/** The examples that models wrote, and the files that they are read from and written to. */
package dev.apprentice.cli.generate.file;
