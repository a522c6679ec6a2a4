/** The rubrics: the questions that judges are asked, as files, and how their answers are read. */
package dev.apprentice.judge.judges.rubric;
