/**
 * Answers with trained models: the test prompts of every checkpoint, and users' questions.
 *
 * <p>Read the packages in this order:
 *
 * <ul>
 *   <li>{@code answering} takes prompts and publishes responses
 *   <li>{@code models} holds checkpoints in memory, and has the one thread that generates
 *   <li>{@code serving} chooses the checkpoint that answers users
 *   <li>{@code responses} keeps answers for the HTTP API
 *   <li>{@code api} is the HTTP API
 * </ul>
 */
package dev.apprentice.inference;
