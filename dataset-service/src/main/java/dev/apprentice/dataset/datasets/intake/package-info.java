/** Accepts examples one by one over HTTP, and publishes them on the instructions topic. */
package dev.apprentice.dataset.datasets.intake;
