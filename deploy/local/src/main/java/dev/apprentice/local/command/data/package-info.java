/** Commands for data: datasets and task templates. */
package dev.apprentice.local.command.data;
