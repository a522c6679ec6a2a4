/** The GGUF format of llama.cpp: files are not trusted when read, and models are exported to it. */
package dev.apprentice.model.gguf;
