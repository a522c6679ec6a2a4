/** The machine's graphics cards, as NVIDIA's driver reports them. */
package dev.apprentice.model.card;
