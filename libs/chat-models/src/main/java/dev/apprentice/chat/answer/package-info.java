/** Reads models' answers, and rejects every answer that is ambiguous. */
package dev.apprentice.chat.answer;
