/** Which checkpoint answers people: all that were announced, and the newest one that is in memory. */
package dev.apprentice.inference.serving;
