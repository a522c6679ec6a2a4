/** The safetensors format: files are checked as a stranger's, and written whole or not at all. */
package dev.apprentice.model.safetensors;
