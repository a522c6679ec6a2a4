/** Events about a run: its progress, its checkpoints, its figures. */
package dev.apprentice.trainer.progress;
