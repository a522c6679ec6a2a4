/** Files of tensors, read by memory mapping or in parts, and written completely or not at all. */
package dev.apprentice.model.file;
