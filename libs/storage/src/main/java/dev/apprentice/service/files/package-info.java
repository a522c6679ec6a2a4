/** Files that are complete or absent after a crash. */
package dev.apprentice.service.files;
