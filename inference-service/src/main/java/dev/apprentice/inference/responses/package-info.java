/** What was answered, kept for the textbook's file. */
package dev.apprentice.inference.responses;
