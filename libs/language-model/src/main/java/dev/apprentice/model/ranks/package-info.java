/** Processes that train one model together. Training uses only {@link dev.apprentice.model.ranks.Ranks}. */
package dev.apprentice.model.ranks;
