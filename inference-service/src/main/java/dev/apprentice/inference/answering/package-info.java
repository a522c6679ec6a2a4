/** The exam of every checkpoint: prompts in, responses out; each prompt is answered before its offset is committed. */
package dev.apprentice.inference.answering;
