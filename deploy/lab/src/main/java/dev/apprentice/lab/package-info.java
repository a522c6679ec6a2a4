/** Measurements and stress tests of a system, and the generator of the demo's data; for developers of Apprentice, not for its users. */
package dev.apprentice.lab;
