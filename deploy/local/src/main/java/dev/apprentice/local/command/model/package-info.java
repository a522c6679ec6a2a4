/** Commands for models: ask, merge, export. */
package dev.apprentice.local.command.model;
