/** What an exception says by its causes. */
package dev.apprentice.service.failure;
