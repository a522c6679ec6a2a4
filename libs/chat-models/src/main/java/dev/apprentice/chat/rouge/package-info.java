/** Similarity of two texts by their words, as ROUGE measures it (Lin, 2004). */
package dev.apprentice.chat.rouge;
