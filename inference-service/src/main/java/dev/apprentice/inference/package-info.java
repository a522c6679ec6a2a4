/**
 * Answers with the models that training leaves behind: the test prompts of every checkpoint, and what people ask.
 *
 * <p>Read it in this order: {@code answering} takes prompts and publishes responses, {@code models} holds the checkpoints in
 * memory and is the one thread that generates, {@code serving} chooses the checkpoint that answers people,
 * {@code responses} keeps what was answered, {@code api} is HTTP.
 */
package dev.apprentice.inference;
