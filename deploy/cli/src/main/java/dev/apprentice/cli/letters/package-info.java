/** Lists, shows and resends records that no service could use. */
package dev.apprentice.cli.letters;
