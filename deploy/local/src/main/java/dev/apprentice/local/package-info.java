/** The broker and the four services as processes of one machine, and what commands about them share. */
package dev.apprentice.local;
