/** The command line, and the broker and the four services as processes of one machine. */
package dev.apprentice.local;
