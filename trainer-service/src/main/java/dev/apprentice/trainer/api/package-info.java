/** HTTP API to start, list, watch, cancel and resume runs. */
package dev.apprentice.trainer.api;
