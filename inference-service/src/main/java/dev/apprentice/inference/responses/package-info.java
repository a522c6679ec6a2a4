/** Keeps answers, from which the textbook's file is made. */
package dev.apprentice.inference.responses;
