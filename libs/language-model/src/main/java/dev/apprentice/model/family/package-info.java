/** Model families: what a configuration means, which weights it needs, and the TorchScript program that computes it. */
package dev.apprentice.model.family;
