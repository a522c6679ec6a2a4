/** When a request to the hub is sent again, and how long is waited before. */
package dev.apprentice.model.hub.retry;
