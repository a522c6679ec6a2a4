/** A run as it is asked for, and the rules that it must meet, whichever way it comes. */
package dev.apprentice.trainer.request;
