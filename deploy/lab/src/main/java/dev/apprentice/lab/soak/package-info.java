/** Streams very many examples through a system of its own, and watches what its processes hold on to meanwhile. */
package dev.apprentice.lab.soak;
