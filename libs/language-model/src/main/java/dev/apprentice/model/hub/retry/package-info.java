/** When and how often a request to the hub is retried. */
package dev.apprentice.model.hub.retry;
