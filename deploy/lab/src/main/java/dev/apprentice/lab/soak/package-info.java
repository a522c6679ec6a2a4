/** Streams a great many examples through a system of its own and samples the resources of its processes. */
package dev.apprentice.lab.soak;
