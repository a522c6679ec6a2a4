/** Events about a run, and metrics of its training. */
package dev.apprentice.trainer.progress;
