/** What NVIDIA's driver says of the machine's graphics cards. */
package dev.apprentice.model.card;
