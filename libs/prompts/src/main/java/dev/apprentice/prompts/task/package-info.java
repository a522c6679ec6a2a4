/** Task templates: how a row of labelled data becomes an instruction with its answer. */
package dev.apprentice.prompts.task;
