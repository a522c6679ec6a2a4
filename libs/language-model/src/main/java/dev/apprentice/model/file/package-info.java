/** Files of tensors, read by memory mapping and written whole or not at all. */
package dev.apprentice.model.file;
