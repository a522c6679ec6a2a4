/** What models made, one example after another, and the files that it is read from and written to. */
package dev.apprentice.cli.generate.file;
