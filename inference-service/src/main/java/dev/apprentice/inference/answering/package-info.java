/** The exam of every checkpoint. It reads prompts and publishes responses; each prompt is answered before its offset is committed. */
package dev.apprentice.inference.answering;
