/** Sends examples one by one to a dataset that runs learn as it grows. */
package dev.apprentice.cli.stream;
