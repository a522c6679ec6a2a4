/**
 * Answers with the models that training leaves behind: the exam of every checkpoint, and whoever asks.
 *
 * <p>Read it in this order: {@code exam} takes prompts and publishes responses, {@code model} holds the checkpoints in
 * memory and is the one thread that generates, {@code serving} chooses the checkpoint that answers people,
 * {@code responses} keeps what was answered, {@code api} is HTTP.
 */
package dev.apprentice.inference;
