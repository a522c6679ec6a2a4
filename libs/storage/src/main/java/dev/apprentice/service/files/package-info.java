/** Files that survive a crash whole or not at all. */
package dev.apprentice.service.files;
