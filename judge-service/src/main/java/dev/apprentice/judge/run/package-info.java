/** Runs as Kafka's topics describe them: their state, curves, checkpoints and exams. */
package dev.apprentice.judge.run;
