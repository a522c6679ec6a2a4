/** The safetensors format: files are not trusted when read, and written completely or not at all. */
package dev.apprentice.model.safetensors;
