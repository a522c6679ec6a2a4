/** Runs over HTTP: started, listed, watched, cancelled. */
package dev.apprentice.trainer.api;
