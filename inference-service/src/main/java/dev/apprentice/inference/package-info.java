/**
 * Answers with trained models: the test prompts of every checkpoint, and users' questions.
 *
 * <p>Read it in this order: {@code answering} takes prompts and publishes responses, {@code models} holds checkpoints in memory
 * and has the one thread that generates, {@code serving} chooses the checkpoint that answers users, {@code responses} keeps
 * answers for the HTTP API, {@code api} is that HTTP API.
 */
package dev.apprentice.inference;
