/** What was answered, kept for whoever asks for the textbook's file. */
package dev.apprentice.inference.responses;
