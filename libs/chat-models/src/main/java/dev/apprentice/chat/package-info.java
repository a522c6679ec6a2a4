/** Chat models on their servers: questions with retries, and errors in one sentence. Plain Java. */
package dev.apprentice.chat;
