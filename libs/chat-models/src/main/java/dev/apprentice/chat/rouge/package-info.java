/** How like two texts are by their words, as ROUGE counts them (Lin, 2004). */
package dev.apprentice.chat.rouge;
