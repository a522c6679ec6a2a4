/** Chat models on their servers: asked with patience, and what goes wrong said in one sentence. Plain Java. */
package dev.apprentice.chat;
