/** Model families: the meaning of a configuration, the weights it needs, and the TorchScript program that computes it. */
package dev.apprentice.model.family;
