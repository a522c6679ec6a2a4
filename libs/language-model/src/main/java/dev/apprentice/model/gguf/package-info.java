/** The GGUF format of llama.cpp: files are read as a stranger's, and models are written in it. */
package dev.apprentice.model.gguf;
