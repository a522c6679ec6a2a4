/** Bodies that clients send: how many at once, how slowly, and of which type. */
package dev.apprentice.dataset.upload;
