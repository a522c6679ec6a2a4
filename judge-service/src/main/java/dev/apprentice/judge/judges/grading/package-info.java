/** Takes responses from their topic, has every judge of their run grade them, and publishes the scores. */
package dev.apprentice.judge.judges.grading;
