/** The path of the data from topic to topic, and how much of it waits at each. */
package dev.apprentice.judge.page.pipeline;
