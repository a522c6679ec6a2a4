/** Accepts runs from the runs topic and prepares them in turns. */
package dev.apprentice.dataset.preparation;
