/** Sends examples one by one to where they are learned as they come. */
package dev.apprentice.cli.stream;
