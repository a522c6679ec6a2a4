/** Takes examples in one by one, over HTTP, and hands them on to the instructions topic. */
package dev.apprentice.dataset.datasets.intake;
