/** Reads responses from their topic, lets every judge of their run grade them, and publishes the scores. */
package dev.apprentice.judge.judges.grading;
