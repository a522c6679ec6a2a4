/** Records that no service could use: listed, looked at, sent again. */
package dev.apprentice.cli.letters;
