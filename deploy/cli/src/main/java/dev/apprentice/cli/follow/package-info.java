/** Shows a run while it happens: preparation, training, and the exam of every checkpoint. */
package dev.apprentice.cli.follow;
